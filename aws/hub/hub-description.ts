import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { Floors } from '../../core/floors/floors.ts';
import { toAwsFailure, toNamedError } from '../answers/aws-error.ts';

/** A parameter's name as SSM takes it: with its slash, without `aws` or `ssm` in front. */
export const HubName = z
  .string()
  .regex(
    /^(\/(?!aws|ssm)[A-Za-z0-9_.-]{1,100}){1,15}$/,
    'accepted: the name of an SSM parameter, such as "/orgsweep/hub"',
  );

/** An ARN of one service, whatever the partition. */
function arnOf(service: string, resource: string) {
  return z
    .string()
    .regex(
      new RegExp(`^arn:[\\w-]+:${service}:[a-z0-9-]*:\\d{12}:${resource}$`),
      `accepted: an ARN of ${service}`,
    );
}

/**
 * What a deployed hub tells those who use it, as JSON in one SSM parameter. Of a newer hub the keys
 * that this version doesn't know are left out.
 */
export const HubDescription = z.object({
  version: z.literal(1),
  stateMachineArn: arnOf('states', 'stateMachine:[\\w-]{1,80}'),
  bucket: z.string().min(3).max(63),
  topicArn: arnOf('sns', '[\\w-]{1,256}'),
  decideApprovalFunctionArn: arnOf('lambda', 'function:[\\w-]{1,64}(:[\\w$-]+)?'),
  /** Starts, watches, reads the bucket and restores: the only one the restore role trusts. */
  operatorRoleArn: arnOf('iam', 'role/[\\w+=,.@/-]+'),
  restoreRoleName: z.string().min(1),
  externalId: z.string().min(2).optional(),
  /** So that `orgsweep start` can refuse what Prepare would; of a newer hub they may be others. */
  floors: Floors.strip().optional().catch(undefined),
});
export type HubDescription = z.infer<typeof HubDescription>;

const PARTS = [
  'stateMachineArn',
  'topicArn',
  'decideApprovalFunctionArn',
  'operatorRoleArn',
] as const satisfies readonly (keyof HubDescription)[];

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/**
 * A hub is all in one account and Region, where its parameter is. With a part of another's, what
 * somebody signs for one hub would be handed to the other.
 */
function ofPlace({ accountId, region }: Place) {
  return HubDescription.superRefine((hub, context) => {
    for (const key of PARTS) {
      const [, , , partRegion = '', partAccountId] = hub[key].split(':');
      // IAM's ARNs name no Region.
      if (partAccountId === accountId && ['', region].includes(partRegion)) continue;
      const message = `accepted: an ARN of account ${accountId}, ${region}`;
      context.addIssue({ code: 'custom', path: [key], input: hub[key], message });
    }
  });
}

/**
 * Reads how a deployed hub is reached, in the caller's account and Region.
 *
 * @throws {InvalidInput} where there is no such parameter, or it isn't a hub's
 */
export async function readHubDescription(
  ssm: SSMClient,
  name: string,
  where: Place,
): Promise<HubDescription> {
  const value = await readParameter(ssm, name);
  if (value === undefined) {
    throw new InvalidInput(
      `--hub: there is no SSM parameter ${name} in account ${where.accountId}, ${where.region} – ` +
        'accepted: credentials and Region of the hub (AWS_PROFILE, AWS_REGION), or --hub=NAME with ' +
        'its parameter; docs/operating.md says how a hub is deployed',
    );
  }
  return parseInput(ofPlace(where), parseJson(value), `SSM parameter ${name}`);
}

async function readParameter(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value ?? '';
  } catch (error) {
    if (toAwsFailure(error).code === 'ParameterNotFound') return undefined;
    throw toNamedError(error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
