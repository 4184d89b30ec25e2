import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { ClientOptions } from './aws-clients.ts';
import { toNamedError } from './aws-error.ts';
import type { CallerIdentity } from './spoke-session.ts';

type Credentials = NonNullable<ClientOptions['credentials']>;

/** Role chaining allows an hour at most; the SDK asks again before it is over. */
const DURATION_SECONDS = 3600;

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
): Promise<Credentials | undefined> {
  if (isSessionOf(caller.arn, roleArn)) return undefined;
  const assume = async () => assumeRole(sts, caller, roleArn);
  let first: Awaited<ReturnType<typeof assume>> | undefined = await assume();
  return async () => {
    const credentials = first ?? (await assume());
    first = undefined;
    return credentials;
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
