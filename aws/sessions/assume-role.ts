import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type STSClient,
} from '@aws-sdk/client-sts';
import { toToldError } from '../answers/aws-error.ts';

/** Role chaining allows an hour at most. */
const DURATION_SECONDS = 3600;

export interface AssumedRole {
  /** Of the session's own ARN; undefined where STS doesn't name one. */
  readonly accountId: string | undefined;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
    readonly expiration: Date;
  };
}

/**
 * Opens a session of a role, for an hour.
 *
 * @throws {RoleUnavailable | Throttled} and whatever else STS answers, also without credentials
 */
export async function assumeRole(
  sts: STSClient,
  input: Omit<AssumeRoleCommandInput, 'DurationSeconds'>,
): Promise<AssumedRole> {
  const { AssumedRoleUser, Credentials } = await send(sts, input);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Error(`sts:AssumeRole of ${String(input.RoleArn)} answered without credentials`);
  }
  return {
    accountId: AssumedRoleUser?.Arn?.split(':')[4],
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    },
  };
}

async function send(sts: STSClient, input: Omit<AssumeRoleCommandInput, 'DurationSeconds'>) {
  try {
    return await sts.send(new AssumeRoleCommand({ ...input, DurationSeconds: DURATION_SECONDS }));
  } catch (error) {
    throw toToldError(error);
  }
}
