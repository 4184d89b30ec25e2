import { z } from 'zod';
import { KIND_LIMITS, OwnLimits, OwnPolicies } from './of-kind.ts';
import { type OwnByKind, ownLimits, ownPolicies, ownPolicyChanges } from './own-keys.ts';
import { type UndoList, withNewNames } from './renamed.ts';
import { AccountId, ExecutionId, OrganizationalUnitId, Region } from '../model/ids.ts';

export const days = z
  .int()
  .min(0, 'accepted: 0 or more days')
  .max(36_500, 'accepted: at most 36500 days');
const count = z.int().min(0, 'accepted: 0 or more');
const percent = z.number().min(0).max(100, 'accepted: 0 to 100');

/**
 * `key` (any value) or `key=value`; a `*` at the end, and only there, stands for whatever follows.
 * `*` alone isn't a rule: it would read as "everything", and what has no tag wouldn't be protected.
 */
export const TagRule = z
  .string()
  .regex(
    /^[^=*]{1,128}(=[^*]{0,256})?\*?$/s,
    'accepted: "key" or "key=value", with "*" at the end for any that begins so',
  )
  .meta({ title: '`key` or `key=value`' });
export type TagRule = z.infer<typeof TagRule>;

/** A gap in coverage that is known and wanted; a target matches all of the lists that are given. */
export const AcceptedGap = z
  .strictObject({
    accounts: z.array(AccountId).min(1).optional(),
    organizationalUnits: z.array(OrganizationalUnitId).min(1).optional(),
    regions: z.array(Region).min(1).optional(),
    reason: z.string().min(1).max(200).describe('Why it is wanted; the summary says it.'),
    mayRefer: z
      .boolean()
      .optional()
      .describe(
        '`false`: nothing there uses what other accounts have, so nobody has to look there for that.',
      ),
  })
  .refine((gap) => gap.accounts ?? gap.organizationalUnits ?? gap.regions, {
    message: 'accepted: at least one of accounts, organizationalUnits, regions',
  });
export type AcceptedGap = z.infer<typeof AcceptedGap>;

const scopeKeys = {
  accounts: z
    .array(AccountId)
    .default([])
    .describe('Account ids, together with the OUs; none of both: the whole organization.'),
  organizationalUnits: z
    .array(OrganizationalUnitId)
    .default([])
    .describe('OUs, with all that is below them.'),
  excludeAccounts: z.array(AccountId).default([]).describe('Taken out again.'),
  regions: z.array(Region).default([]).describe('None: every Region an account has enabled.'),
  excludeRegions: z.array(Region).default([]).describe('Taken out again.'),
  accepted: z
    .array(AcceptedGap)
    .default([])
    .describe(
      'Gaps in coverage that are known and wanted: they are tried, and make nothing partial.',
    ),
  retryOf: ExecutionId.optional().describe(
    'The execution to try again: exactly the accounts and Regions that it did not see completely.',
  ),
};

export const Scope = z
  .strictObject(scopeKeys)
  .refine(
    ({ retryOf, accounts, organizationalUnits, regions }) =>
      retryOf === undefined || accounts.length + organizationalUnits.length + regions.length === 0,
    {
      path: ['retryOf'],
      message: 'accepted: only without accounts, organizationalUnits and regions',
    },
  );
export type Scope = z.infer<typeof Scope>;

// Without defaults: a floor says nothing about the limits it doesn't name.
export const limitKeys = {
  maxRemovalsPerTarget: count.describe(
    'Deletions in one account and Region. The youngest beyond it are held back.',
  ),
  maxRemovalsPerAccount: count.describe(
    'Deletions in one account. The youngest beyond it are held back.',
  ),
  maxRemovals: count.describe('Deletions in all. Beyond it the whole plan is refused.'),
  maxStalePercent: percent.describe(
    'Unused resources of one account and Region. Beyond it all of them are held back.',
  ),
  maxStalePercentPerAccount: percent.describe(
    'Unused resources of one account. Beyond it all of them are held back.',
  ),
  maxStalePercentOverall: percent.describe(
    'Unused resources of all that is not held back by its own limits. Beyond it the whole plan is refused.',
  ),
  maxPlanAgeDays: z
    .int()
    .min(1, 'accepted: 1 to 90')
    .max(90, 'accepted: 1 to 90')
    .describe('An older plan is not carried out: what it was made on may be true no more.'),
  minReferencePercent: percent.describe(
    'How much of its usual volumes and AMIs an account and Region must show, or be held back. 0 switches it off.',
  ),
};

/** All of them hold before the first removal anywhere. Percentages count from 20 resources on. */
export const Limits = limits(OwnLimits);
export type Limits = z.infer<typeof Limits>;
export type LimitKey = keyof typeof limitKeys;

function limits(kinds: typeof OwnLimits) {
  return z.strictObject({
    maxRemovalsPerTarget: limitKeys.maxRemovalsPerTarget.default(500),
    maxRemovalsPerAccount: limitKeys.maxRemovalsPerAccount.default(1000),
    maxRemovals: limitKeys.maxRemovals.default(5000),
    maxStalePercent: limitKeys.maxStalePercent.default(80),
    maxStalePercentPerAccount: limitKeys.maxStalePercentPerAccount.default(80),
    maxStalePercentOverall: limitKeys.maxStalePercentOverall.default(80),
    maxPlanAgeDays: limitKeys.maxPlanAgeDays.default(7),
    minReferencePercent: limitKeys.minReferencePercent.default(50),
    kinds,
  });
}

/** Of all others, the smaller one is the stricter. */
export const LARGER_IS_STRICTER: ReadonlySet<LimitKey> = new Set(['minReferencePercent']);

/** Whether it lets more go. */
export function isLooserLimit(name: LimitKey, value: number, than: number): boolean {
  return LARGER_IS_STRICTER.has(name) ? value < than : value > than;
}

/** The limits as they hold for one kind: what is said of the kind only makes them stricter. */
export function limitsOfKind(limits: Limits, kind: string): Limits {
  const own = limits.kinds?.[kind] ?? {};
  const stricter = KIND_LIMITS.flatMap((name) => {
    const value = own[name];
    return value === undefined || isLooserLimit(name, value, limits[name]) ? [] : [[name, value]];
  });
  return { ...limits, ...(Object.fromEntries(stricter) as Partial<Limits>) };
}

export const Mode = z.enum(['report', 'delete']);
export type Mode = z.infer<typeof Mode>;

export const Approval = z.enum(['none', 'required']);
export type Approval = z.infer<typeof Approval>;

const names: z.ZodType<string[]> = z.array(z.string());

// Without defaults: an override says nothing about the keys it doesn't name.
const policyKeys = {
  minAgeDays: days.describe('Younger resources are kept.'),
  graceDays: days.describe(
    'Deleted only when an earlier run saw it unused so long ago, and it stayed so. 0: at first sight.',
  ),
  protectTags: z
    .array(TagRule)
    .describe(
      'Tags that protect, besides those of the deployment. `*` at the end: whatever follows. Capitals, blanks and separators do not count.',
    ),
  allowLastCopy: z
    .boolean()
    .describe(
      'Whether the last snapshot of a volume may be deleted. What an AMI left behind is no copy of a volume here, unless `keepLastLeftover` of snapshots is true.',
    ),
  requireUndo: z
    .boolean()
    .describe(
      'Where the Recycle Bin is the way back, delete only what an available rule will retain for a while. `requireRecycleBin` is its older name.',
    ),
  allowRecreation: names.describe(
    'Steps that may be taken though what they remove can only be made anew, each as `KIND:STEP`.',
  ),
  allowIrreversible: names.describe(
    'Steps that may be taken though nothing undoes them for sure, each as `KIND:STEP`.',
  ),
  skipReferences: names,
  neverRemove: z.boolean().describe('Report what is unused, and delete nothing of it.'),
  kinds: OwnPolicies,
};

/** What a kind needs to know to decide, and the plan to hold back. Ages and grace in days. */
export const Policy = policy({});
export type Policy = z.infer<typeof Policy>;

/** What is narrower in an input, which may name only what there is. */
type Lists = Partial<Pick<typeof policyKeys, 'skipReferences' | UndoList>> & {
  readonly kinds?: typeof OwnPolicies;
};

function policy(lists: Lists) {
  const keys = { ...policyKeys, ...lists };
  const known = z.strictObject({
    minAgeDays: keys.minAgeDays.default(30),
    graceDays: keys.graceDays.default(14),
    protectTags: keys.protectTags.default([]),
    allowLastCopy: keys.allowLastCopy.default(false),
    requireUndo: keys.requireUndo.default(true),
    allowRecreation: keys.allowRecreation.default([]),
    allowIrreversible: keys.allowIrreversible.default([]),
    skipReferences: keys.skipReferences.default([]),
    neverRemove: keys.neverRemove.default(false),
    kinds: keys.kinds,
  });
  return z.preprocess(withNewNames, known);
}

/** As a plan has it, which is read to the letter: its digest is of what the version wrote that made it. */
export const WrittenPolicy = z.strictObject({
  ...policyKeys,
  requireUndo: policyKeys.requireUndo.optional(),
  requireRecycleBin: z.boolean().optional(),
  allowRecreation: policyKeys.allowRecreation.optional(),
  allowIrreversible: policyKeys.allowIrreversible.optional(),
});

/** A policy for some accounts, laid over the default one; `policyFor` says in which order. */
export const PolicyOverride = policyOverride({});
export type PolicyOverride = z.infer<typeof PolicyOverride>;

function policyOverride(lists: Lists) {
  const change = z
    .strictObject({ ...policyKeys, ...lists })
    .partial()
    .refine((given) => Object.keys(given).length > 0, {
      message: `accepted: at least one of ${Object.keys(policyKeys).join(', ')}`,
    });
  return z
    .strictObject({
      accounts: z.array(AccountId).min(1).optional(),
      organizationalUnits: z.array(OrganizationalUnitId).min(1).optional(),
      policy: z.preprocess(withNewNames, change),
    })
    .refine((override) => override.accounts ?? override.organizationalUnits, {
      message: 'accepted: at least one of accounts, organizationalUnits',
    });
}

/** What an execution input may name. */
export interface InputNames {
  /** In `kinds`. */
  readonly kinds: readonly string[];
  /** In `remove`; left out: all of `kinds`. */
  readonly removable?: readonly string[];
  /** In `policy.skipReferences`; left out: nothing. */
  readonly skippable?: readonly string[];
  /** In the policy's lists of steps, each as `KIND:STEP`; left out: nothing. */
  readonly steps?: Readonly<Record<UndoList, readonly string[]>>;
  /** What each of `kinds` has of its own in the policy and in the limits. */
  readonly own?: OwnByKind;
}

/**
 * The execution input: what one execution is asked to do. `{}` is valid and means: report, whole
 * organization. Unknown keys are refused.
 */
export function executionInput(names: InputNames) {
  const keys = inputKeys(names);
  const defaults: Record<string, unknown> = keys.parse({});
  return (
    keys
      // It goes by what the other execution was asked for: a second policy would be ignored.
      .superRefine(({ mode: _mode, resume, ...rest }, context) => {
        if (resume === undefined) return;
        for (const [key, value] of Object.entries(rest)) {
          if (JSON.stringify(value) === JSON.stringify(defaults[key])) continue;
          context.addIssue({
            code: 'custom',
            path: [key],
            message: 'accepted: nothing beside resume and mode; it goes by what that run was asked',
          });
        }
      })
      .refine((input) => input.plan === undefined || input.mode === 'delete', {
        path: ['plan'],
        message: 'accepted: only together with "mode": "delete"',
      })
      // Taken from a report, it would look as if the later execution of that plan had to wait, too.
      .refine((input) => input.approval === 'none' || input.mode === 'delete', {
        path: ['approval'],
        message:
          'accepted: "none", or "required" together with "mode": "delete"; a report removes nothing',
      })
  );
}
export type ExecutionInput = z.infer<ReturnType<typeof executionInput>>;

/** What delete mode removed before there was a second kind: an old input and an old file mean that. */
export const REMOVED_BY_DEFAULT: readonly string[] = ['ebs-snapshot'];

const NO_STEPS = { allowRecreation: [], allowIrreversible: [] };

function inputKeys({
  kinds,
  removable = kinds,
  skippable = [],
  steps = NO_STEPS,
  own: given = {},
}: InputNames) {
  const own = Object.fromEntries(kinds.map((kind) => [kind, given[kind]]));
  const lists = {
    skipReferences: z
      .array(z.enum(skippable))
      .describe('Places that could refer to a resource and are not to be looked at, by name.'),
    allowRecreation: stepList('allowRecreation', steps, 'can only be made anew'),
    allowIrreversible: stepList('allowIrreversible', steps, 'cannot be undone'),
  };
  return z.strictObject({
    mode: Mode.default('report').describe('"delete" also has to be enabled where orgsweep runs.'),
    scope: Scope.prefault({}),
    kinds: z
      .array(z.enum(kinds))
      .min(1)
      .default([...kinds])
      .describe('The kinds of resource to look at.'),
    remove: z
      .array(removableKind(kinds, removable))
      .default(REMOVED_BY_DEFAULT.filter((kind) => removable.includes(kind)))
      .describe(
        'Of these kinds `delete` may remove something; none: of no kind. Left out beside `plan`: of the kinds of that plan.',
      ),
    policy: policy({ ...lists, kinds: ownPolicies(own, policyKeys) }).prefault({}),
    policyOverrides: z
      .array(policyOverride({ ...lists, kinds: ownPolicyChanges(own, policyKeys) }))
      .default([])
      .describe(
        'Other policies for OUs and accounts, laid over the default one, most specific last.',
      ),
    limits: limits(ownLimits(own, limitKeys)).prefault({}),
    approval: Approval.default('none').describe(
      'Whether a person has to approve the plan before anything of it is removed; only with `delete`.',
    ),
    plan: ExecutionId.optional().describe(
      'The execution whose plan is to be applied: only what it lists can be removed.',
    ),
    resume: ExecutionId.optional().describe(
      'The execution to resume where its Plan or Summarize failed, under its own id; only together with `mode`.',
    ),
  });
}

/** A kind that is only looked at is told from a name that nobody knows. */
function removableKind(kinds: readonly string[], removable: readonly string[]) {
  return z.enum(removable, {
    error: ({ input }) => {
      if (typeof input !== 'string' || !kinds.includes(input)) return undefined;
      const accepted = removable.map((kind) => JSON.stringify(kind)).join(', ');
      return `orgsweep only reports "${input}" and removes none of it; accepted: ${accepted}`;
    },
  });
}

function stepList(
  list: UndoList,
  steps: Readonly<Record<UndoList, readonly string[]>>,
  is: string,
) {
  const accepted = steps[list].map((name) => JSON.stringify(name)).join(', ');
  const error = `accepted: ${accepted || `no entry, as no kind has a step that ${is}`}`;
  const step = z.enum(steps[list], { error }).meta({ title: 'nothing yet' });
  return z.array(step).describe(policyKeys[list].description ?? '');
}
