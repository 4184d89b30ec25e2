import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { ClientOptions } from './aws-clients.ts';
import { toNamedError } from './aws-error.ts';
import type { CallerIdentity } from './spoke-session.ts';

type Credentials = NonNullable<ClientOptions['credentials']>;

/** Role chaining allows an hour at most. */
const DURATION_SECONDS = 3600;
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
  let session = await assumeRole(sts, caller, roleArn);
  // One for all clients: each of them asks on its own.
  return async () => {
    const left = session.expiration.getTime() - now().getTime();
    if (left < MIN_REMAINING_MS) session = await assumeRole(sts, caller, roleArn);
    return session;
  };
}

/** The ARN of a session has the role's name, but not its path. */
function isSessionOf(arn: string, roleArn: string): boolean {
  const [, , , , accountId, session = ''] = arn.split(':');
  const [, , , , roleAccountId, role = ''] = roleArn.split(':');
  return (
    accountId === roleAccountId &&
    session.startsWith(`assumed-role/${role.split('/').at(-1) ?? ''}/`)
  );
}

async function assumeRole(sts: STSClient, { arn }: CallerIdentity, roleArn: string) {
  const name = (arn.split('/').at(-1) ?? '').replace(/[^\w+=,.@-]/g, '-');
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: `orgsweep-${name}`.slice(0, 64),
        DurationSeconds: DURATION_SECONDS,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw new Error(`sts:AssumeRole of ${roleArn} answered without credentials`);
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  } catch (error) {
    throw toNamedError(error);
  }
}
