import { z } from 'zod';
import { parseInput } from '../core/input/bad-input.ts';
import { InvalidInput } from '../core/model/errors.ts';
import { DEFAULT_HUB_NAME, hubOption } from '../core/input/hub-name.ts';
import { Floors } from '../core/floors/floors.ts';
import { AccountId } from '../core/model/ids.ts';
import { TagRule } from '../core/input/input.ts';

const Arn = z.string().regex(/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/, 'accepted: an ARN');
const KeyArn = z
  .string()
  .regex(/^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'accepted: the ARN of a KMS key');
const RoleName = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, 'accepted: the name of an IAM role, without its path');

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'accepted: JSON' });
    return z.NEVER;
  }
}

/** What is wrong with the deployment, not with what an execution was asked to do. */
class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

/** Every variable that some deployed function takes: text outside, typed inside. */
const variables = z.object({
  /** The deployment's prefix, as Powertools wants it: on every log line, metric and trace. */
  POWERTOOLS_SERVICE_NAME: z.string().min(1),
  BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'accepted: the name of a bucket'),
  PARTITION: z.string().regex(/^aws(-[a-z]+)*$/, 'accepted: a partition such as "aws"'),
  HUB_ACCOUNT_ID: AccountId,
  TOPIC_ARN: Arn,
  /** Of the topic that a chat channel shows. */
  CHAT_TOPIC_ARN: Arn,
  STATE_MACHINE_ARN: Arn,
  /** Gives each execution what it seals its files with. */
  SEAL_KEY_ARN: KeyArn,
  /** The SSM parameter by which people find this hub. */
  HUB_NAME: z.string().regex(/^(\/[A-Za-z0-9_.-]+)+$/, 'accepted: the name of an SSM parameter'),
  DISCOVERY_ROLE_NAME: RoleName,
  DELETION_ROLE_NAME: RoleName,
  /** Left out: AssumeRole is asked without one. */
  EXTERNAL_ID: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'accepted: an external id as STS takes it')
    .optional(),
  DELETION_ENABLED: z.enum(['true', 'false']).transform((text) => text === 'true'),
  /** As `formatProtectTags` writes them. */
  PROTECT_TAGS: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(TagRule)),
  /** The floors of the deployment, as JSON. */
  FLOORS: z.string().transform(fromJson).pipe(Floors),
  /** The kinds that may be removed at all, with commas between. */
  DELETION_KINDS: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1)).min(1)),
  REMOVALS_PER_SECOND: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,3})?$/, 'accepted: a number such as "2"')
    .transform(Number)
    .pipe(z.number().positive('accepted: a number above 0')),
});

const STORE = { POWERTOOLS_SERVICE_NAME: true, BUCKET: true } as const;
/** Of functions that write or read what steps hand to each other. */
const SEALED = { ...STORE, SEAL_KEY_ARN: true } as const;
const SPOKE = {
  ...SEALED,
  PARTITION: true,
  HUB_ACCOUNT_ID: true,
  DISCOVERY_ROLE_NAME: true,
  EXTERNAL_ID: true,
} as const;

/** The environment of each deployed function: what it needs and no more. */
export const ENV = {
  Prepare: variables.pick({
    ...SEALED,
    PARTITION: true,
    DELETION_ENABLED: true,
    PROTECT_TAGS: true,
    FLOORS: true,
    DELETION_KINDS: true,
    STATE_MACHINE_ARN: true,
  }),
  ListRegions: variables.pick(SPOKE),
  DiscoverTarget: variables.pick(SPOKE),
  RecordFailedTarget: variables.pick(SEALED),
  Plan: variables.pick({ ...SEALED, FLOORS: true, DELETION_KINDS: true }),
  RequestApproval: variables.pick({ ...STORE, TOPIC_ARN: true, HUB_NAME: true }),
  DecideApproval: variables.pick({ ...SEALED, HUB_ACCOUNT_ID: true, STATE_MACHINE_ARN: true }),
  RemovePlanned: variables.pick({
    ...SPOKE,
    DELETION_ENABLED: true,
    DELETION_ROLE_NAME: true,
    FLOORS: true,
    DELETION_KINDS: true,
    REMOVALS_PER_SECOND: true,
  }),
  Summarize: variables.pick({ ...SEALED, HUB_NAME: true }),
  StartGovernanceRun: variables.pick({
    POWERTOOLS_SERVICE_NAME: true,
    STATE_MACHINE_ARN: true,
    TOPIC_ARN: true,
  }),
  ForwardToChat: variables.pick({ ...STORE, CHAT_TOPIC_ARN: true }),
} as const;

/**
 * A function's environment, once it has started. Lambda's own variables are let through unread.
 *
 * @throws {InvalidEnvironment} naming the variable, its value and what is accepted
 */
export function parseEnv<S extends z.ZodObject>(
  schema: S,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  try {
    return parseInput(schema, environment, 'environment');
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidEnvironment(error.message, { cause: error.cause });
  }
}

/**
 * The deployment's protect tags as `PROTECT_TAGS` carries them.
 *
 * @throws RangeError for a tag with a comma: read back it would be two others, and protect nothing
 */
export function formatProtectTags(tags: readonly TagRule[]): string {
  const misread = tags.find((tag) => tag.includes(','));
  if (misread !== undefined) {
    throw new RangeError(`protect tag ${JSON.stringify(misread)} – accepted: one without a comma`);
  }
  return tags.join(',');
}

/** What people have to add to `orgsweep approve`: nothing for a hub of the default name. */
export function approvalOptionsFor(hubName: string): string {
  return hubName === DEFAULT_HUB_NAME ? '' : hubOption(hubName);
}
