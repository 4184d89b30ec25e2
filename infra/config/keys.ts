import { z } from 'zod';
import { floors } from '../../core/floors/floors.ts';
import { AccountId, Region } from '../../core/model/ids.ts';
import { TagRule } from '../../core/input/input.ts';
import { DEPLOYED, type DeployedName } from '../../functions/deployed.ts';
import { SKIPPABLE_SOURCES } from '../../kinds/registry.ts';
import { DeletionKinds } from './deletion-kinds.ts';
import { DEFAULT_PREFIX } from './hub-names.ts';
import { organizationalUnits, principals, roleName, text } from './fields.ts';
import { Governance } from './governance.ts';
import { Slack, Teams } from './notifications.ts';
import { Store } from './store.ts';

const FUNCTION_NAMES = Object.keys(DEPLOYED) as [DeployedName, ...DeployedName[]];

/** Values CloudWatch Logs takes as a log group's retention. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653,
] as const;

/**
 * What a deployment decides, all of it optional. Named in the CDK context under `orgsweep`, and the
 * properties of the public constructs.
 */
export const ConfigKeys = z.strictObject({
  prefix: text(
    // The hub "x-chat" would have the topic that the hub "x" has for its chat channel, and "x-targets"
    // one of its alarms.
    /^(?!.*-(chat|targets)$)[a-z][a-z0-9-]{0,19}$/,
    '1 to 20 lower-case letters, digits and "-", a letter first, not "-chat" or "-targets" last',
    'name',
  )
    .default(DEFAULT_PREFIX)
    .describe(
      'Begins the names of all that is deployed: another one is another hub, beside the first.',
    ),
  governance: Governance.prefault({}),
  deletion: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Whether an execution may ask for `"mode": "delete"` at all.'),
      kinds: DeletionKinds.describe(
        'What the deletion role may remove and the restore role bring back; one taken out is not restored.',
      ),
      removalsPerSecond: z
        .number()
        .positive('accepted: more than 0, at most 5')
        .max(5, 'accepted: more than 0, at most 5')
        .default(2)
        .describe('At most so many removals a second in one account and Region.'),
      floors: floors(z.enum(SKIPPABLE_SOURCES))
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
    'The only account the hub is deployed in. The roles elsewhere trust it; else a parameter of their stacks.',
  ),
  region: Region.optional().describe(
    'The only Region that hub, StackSets and roles are deployed in; else the one of your credentials.',
  ),
  managementAccountId: AccountId.optional().describe(
    'The only account the roles are deployed in by hand, and the StackSets where `callAs` is `SELF`.',
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
      accountId: AccountId.optional().describe(
        'The only account the StackSets are deployed in; by default `managementAccountId` where `callAs` is `SELF`.',
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
        .optional()
        .describe('The role in each account that reads; by default `PREFIX-discovery`.'),
      deletion: roleName
        .optional()
        .describe('The role there that removes; by default `PREFIX-deletion`.'),
      restore: roleName
        .optional()
        .describe('The role there that restores; by default `PREFIX-restore`.'),
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
  store: Store.prefault({}),
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
