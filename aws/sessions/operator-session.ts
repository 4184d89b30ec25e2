import type { STSClient } from '@aws-sdk/client-sts';
import { assumeRole } from './assume-role.ts';
import type { ClientOptions } from './aws-clients.ts';
import type { CallerIdentity } from './spoke-session.ts';

type Credentials = NonNullable<ClientOptions['credentials']>;

/** The SDK asks again when five minutes are left. */
const MIN_REMAINING_MS = 10 * 60_000;

/**
 * Credentials of the hub's operator role, under a session name that tells who assumed it. Undefined
 * for a caller who has that role already.
 *
 * @throws {RoleUnavailable} where the caller may not assume it; and whatever else STS answers
 */
export async function operatorCredentials(
  sts: STSClient,
  caller: CallerIdentity,
  roleArn: string,
  now: () => Date,
): Promise<Credentials | undefined> {
  if (isSessionOf(caller.arn, roleArn)) return undefined;
  let session = await openSession(sts, caller, roleArn);
  // One for all clients: each of them asks on its own.
  return async () => {
    const left = session.expiration.getTime() - now().getTime();
    if (left < MIN_REMAINING_MS) session = await openSession(sts, caller, roleArn);
    return session;
  };
}

/** Whether this ARN is of a session of the role: it has the role's name, but not its path. */
export function isSessionOf(arn: string, roleArn: string): boolean {
  const [, , , , accountId, session = ''] = arn.split(':');
  const [, , , , roleAccountId, role = ''] = roleArn.split(':');
  return (
    accountId === roleAccountId &&
    session.startsWith(`assumed-role/${role.split('/').at(-1) ?? ''}/`)
  );
}

async function openSession(sts: STSClient, { arn }: CallerIdentity, roleArn: string) {
  const name = (arn.split('/').at(-1) ?? '').replace(/[^\w+=,.@-]/g, '-');
  const { credentials } = await assumeRole(sts, {
    RoleArn: roleArn,
    RoleSessionName: `orgsweep-${name}`.slice(0, 64),
  });
  return credentials;
}
