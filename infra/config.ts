import { z } from 'zod';
import { parseInput } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { floors, raiseToFloors } from '../core/floors.ts';
import { AccountId, Region } from '../core/ids.ts';
import { TagRule } from '../core/input.ts';
import { refuseRepeatedKeys } from '../core/json-text.ts';
import { DEPLOYED, type DeployedName } from '../functions/deployed.ts';
import { ExecutionInput, SKIPPABLE_REFERENCES } from '../kinds/registry.ts';

/** The key of the CDK context that holds the configuration; also the root of its error messages. */
export const CONTEXT_KEY = 'orgsweep';

const text = (pattern: RegExp, accepted: string, title: string) =>
  z.string().regex(pattern, `accepted: ${accepted}`).meta({ title });

const roleName = text(/^[\w+=,.@-]{1,64}$/, 'a role name, without its path', 'role name');

const FUNCTION_NAMES = Object.keys(DEPLOYED) as [DeployedName, ...DeployedName[]];

/** Values CloudWatch Logs takes as a log group's retention. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653,
] as const;

const principals = z.array(
  text(
    /^arn:[a-z-]+:iam::\d{12}:(role|user)\/[\w+=,.@/*?-]+$/,
    'the ARN of a role or user of the hub account, with * and ? for any characters',
    'ARN pattern',
  ),
);

const organizationalUnits = z
  .array(
    text(
      /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
      'the id of the root or of an organizational unit, such as "r-ab12" or "ou-ab12-cdef3456"',
      'id of the root or an OU',
    ),
  )
  .default([]);

const Governance = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether an execution starts by itself.'),
  schedule: text(
    /^(cron\(\d{1,2} \d{1,2} \S+ \S+ \S+ \S+\)|rate\([1-9]\d* days?\))$/,
    'an EventBridge Scheduler expression for at most once a day, such as "cron(0 6 ? * MON *)"',
    'schedule expression',
  )
    .default('cron(0 6 ? * MON *)')
    .describe('When it starts; at most once a day, which its execution is named after.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'accepted: an IANA time zone such as "Europe/Berlin"')
    .meta({ title: 'IANA time zone' })
    .default('UTC')
    .describe('The time zone of `schedule`; daylight saving time is followed.'),
  flexibleWindowMinutes: z
    .int()
    .min(0, 'accepted: 0 to 1440')
    .max(1440, 'accepted: 0 to 1440')
    .default(30)
    .describe('How much later it may start; 0: at once.'),
  alarmAfterDays: z
    .int()
    .min(1, 'accepted: 1 or more days')
    .default(8)
    .describe('An alarm when none has succeeded for so long.'),
  input: z
    .record(z.string(), z.unknown())
    .meta({ title: '[execution input](execution-input.md)' })
    .default({})
    .describe('What the governance run is asked to do.'),
});

const Slack = z.strictObject({
  workspaceId: text(
    /^T[0-9A-Z]{1,255}$/,
    'a Slack workspace id such as "T0123ABCD"',
    'id',
  ).describe('The workspace, connected once by hand in the console of Amazon Q in chat.'),
  channelId: text(/^[A-Za-z0-9]{1,255}$/, 'a Slack channel id such as "C0123ABCD"', 'id').describe(
    'The channel that shows every message.',
  ),
});

const GUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const guid = (what: string) =>
  text(GUID, `${what} such as "12345678-90ab-cdef-1234-567890abcdef"`, 'GUID');

const Teams = z.strictObject({
  tenantId: guid('the GUID of a Microsoft Entra tenant').describe(
    'The tenant, connected once by hand in the console of Amazon Q in chat.',
  ),
  teamId: guid('the GUID of a team in Microsoft Teams').describe(
    'The team: `groupId` in the link to the channel.',
  ),
  channelId: text(
    // As CloudFormation takes it.
    /^[\w=+/.,-]+%3[aA][\w=+/.,-]+%40[\w=+/.,-]+$/,
    'the id of a Teams channel as in the link to it, such as "19%3Aab12cd34%40thread.tacv2"',
    'id',
  ).describe('The channel that shows every message, as it stands in the link to it.'),
});

/**
 * What a deployment decides, all of it optional. Named in the CDK context under `orgsweep`, and the
 * properties of the public constructs.
 */
export const OrgsweepConfig = z.strictObject({
  prefix: text(
    /^[a-z][a-z0-9-]{0,19}$/,
    '1 to 20 lower-case letters, digits and "-", a letter first',
    'name',
  )
    .default('orgsweep')
    .describe('Begins the names of all that is deployed in the hub account.'),
  governance: Governance.prefault({}),
  deletion: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Whether an execution may ask for `"mode": "delete"` at all.'),
      removalsPerSecond: z
        .number()
        .positive('accepted: more than 0, at most 5')
        .max(5, 'accepted: more than 0, at most 5')
        .default(2)
        .describe('At most so many removals a second in one account and Region.'),
      floors: floors(z.enum(SKIPPABLE_REFERENCES))
        .prefault({})
        .describe('What no execution gets below.'),
      organizationalUnits: organizationalUnits.describe(
        'Whose accounts get the deletion role and the Recycle Bin rule, those to come too; none: no account.',
      ),
    })
    .prefault({}),
  recycleBin: z
    .strictObject({
      retentionDays: z
        .int()
        .min(1, 'accepted: 1 to 365 days')
        .max(365, 'accepted: 1 to 365 days')
        .default(30)
        .describe(
          'How long what was removed can be restored; it costs as much as before meanwhile.',
        ),
      regions: z
        .array(Region)
        .default([])
        .describe('Where the rule is rolled out; elsewhere nothing is removed for lack of one.'),
    })
    .prefault({}),
  hubAccountId: AccountId.optional().describe(
    'The hub account, for the roles elsewhere; else a parameter of their stacks.',
  ),
  organizationId: text(/^o-[a-z0-9]{10,32}$/, 'an organization id such as "o-a1b2c3d4e5"', 'id')
    .optional()
    .describe('The organization, for the roles elsewhere; else a parameter of their stacks.'),
  organizationalUnits: organizationalUnits.describe(
    'Whose accounts are looked at, those to come too: the root, or OUs; else a parameter.',
  ),
  stackSets: z
    .strictObject({
      callAs: z
        .enum(['SELF', 'DELEGATED_ADMIN'])
        .default('SELF')
        .describe(
          'Deployed in the management account, or in a delegated administrator of StackSets.',
        ),
    })
    .prefault({}),
  protectTags: z
    .array(TagRule.refine((tag) => !tag.includes(','), 'accepted: a tag without a comma'))
    .default([])
    .describe('Tags that protect in every execution; an input can only add to them.'),
  notifications: z
    .strictObject({
      emails: z
        .array(z.email('accepted: an e-mail address').meta({ title: 'e-mail address' }))
        .default([])
        .describe('Who gets every message; each address has to confirm once.'),
      slack: Slack.optional(),
      teams: Teams.optional(),
    })
    .prefault({}),
  people: z
    .strictObject({
      operators: principals
        .default([])
        .describe(
          "Who may assume the operator role; none: whoever the hub account's IAM policies let.",
        ),
      approvers: principals
        .default([])
        .describe(
          "Who may assume the approver role; none: whoever the hub account's IAM policies let.",
        ),
    })
    .prefault({}),
  roleNames: z
    .strictObject({
      discovery: roleName
        .default('orgsweep-discovery')
        .describe('The role in each account that reads.'),
      deletion: roleName.default('orgsweep-deletion').describe('The role there that removes.'),
      restore: roleName.default('orgsweep-restore').describe('The role there that restores.'),
    })
    .prefault({}),
  externalId: text(
    /^[\w+=,.@:/-]{2,1224}$/,
    '2 to 1224 letters, digits and +=,.@:/-',
    'external id',
  )
    .optional()
    .describe('Asked for by the roles in the spoke accounts.'),
  reservedConcurrency: z
    .partialRecord(z.enum(FUNCTION_NAMES), z.int().min(1, 'accepted: 1 or more'))
    .meta({ title: 'object: a whole number by function name' })
    .default({})
    .describe('How many of a function may run at a time; none: what the account has left.'),
  dashboard: z.boolean().default(true).describe('Whether there is a CloudWatch dashboard.'),
  retention: z
    .strictObject({
      executionDays: z
        .int()
        .min(60, 'accepted: 60 or more days')
        .default(400)
        .describe('How long the files of an execution are kept. The history never expires.'),
      logDays: z.literal(LOG_DAYS).default(90).describe('How long logs are kept.'),
    })
    .prefault({}),
});
export type OrgsweepConfig = z.infer<typeof OrgsweepConfig>;
export type OrgsweepConfigInput = z.input<typeof OrgsweepConfig>;

/**
 * The configuration as it stands in the CDK context: an object in cdk.json or cdk.context.json,
 * JSON text after `-c orgsweep=`, or nothing.
 *
 * @throws {InvalidInput} naming each key, its value and what is accepted
 */
export function readConfig(context: unknown): OrgsweepConfig {
  const config = parseInput(OrgsweepConfig, fromText(context) ?? {}, CONTEXT_KEY);
  const input = parseInput(
    ExecutionInput,
    config.governance.input,
    `${CONTEXT_KEY}.governance.input`,
  );
  if (input.mode === 'delete' && !config.deletion.enabled) {
    throw new InvalidInput(
      `${CONTEXT_KEY}.governance.input.mode: "delete" – accepted: "report", as long as ${CONTEXT_KEY}.deletion.enabled isn't true`,
    );
  }
  raiseToFloors(
    input,
    config.governance.input,
    config.deletion.floors,
    `${CONTEXT_KEY}.governance.input`,
  );
  return config;
}

function fromText(context: unknown): unknown {
  if (typeof context !== 'string') return context;
  refuseRepeatedKeys(context, CONTEXT_KEY);
  try {
    return JSON.parse(context);
  } catch (cause) {
    throw new InvalidInput(
      `${CONTEXT_KEY}: isn't JSON (${(cause as Error).message}) – accepted: an object with ${Object.keys(OrgsweepConfig.shape).join(', ')}`,
      { cause },
    );
  }
}

function isTimeZone(name: string): boolean {
  // Intl also takes offsets such as "+01:00", which EventBridge Scheduler doesn't.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
