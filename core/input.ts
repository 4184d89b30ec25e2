import { z } from 'zod';
import { AccountId, ExecutionId, OrganizationalUnitId, Region } from './ids.ts';

const days = z.int().min(0, 'accepted: 0 or more days').max(36_500, 'accepted: at most 36500 days');
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
  );
export type TagRule = z.infer<typeof TagRule>;

/** A gap in coverage that is known and wanted; a target matches all of the lists that are given. */
export const AcceptedGap = z
  .strictObject({
    accounts: z.array(AccountId).min(1).optional(),
    organizationalUnits: z.array(OrganizationalUnitId).min(1).optional(),
    regions: z.array(Region).min(1).optional(),
    reason: z.string().min(1).max(200),
  })
  .refine((gap) => gap.accounts ?? gap.organizationalUnits ?? gap.regions, {
    message: 'accepted: at least one of accounts, organizationalUnits, regions',
  });
export type AcceptedGap = z.infer<typeof AcceptedGap>;

export const Scope = z.strictObject({
  accounts: z.array(AccountId).default([]),
  organizationalUnits: z.array(OrganizationalUnitId).default([]),
  excludeAccounts: z.array(AccountId).default([]),
  regions: z.array(Region).default([]),
  excludeRegions: z.array(Region).default([]),
  accepted: z.array(AcceptedGap).default([]),
});
export type Scope = z.infer<typeof Scope>;

/** All of them hold before the first removal anywhere. Percentages count from 20 resources on. */
export const Limits = z.strictObject({
  maxRemovalsPerTarget: count.default(500),
  maxRemovalsPerAccount: count.default(1000),
  maxRemovals: count.default(5000),
  /** Of one target; the next two of one account, and of everything that was seen. */
  maxStalePercent: percent.default(80),
  maxStalePercentPerAccount: percent.default(80),
  maxStalePercentOverall: percent.default(80),
  /** How much of its usual volumes and AMIs a target must show; 0 switches the floor off. */
  minReferencePercent: percent.default(50),
});
export type Limits = z.infer<typeof Limits>;

// Without defaults: an override says nothing about the keys it doesn't name.
const policyKeys = {
  minAgeDays: days,
  graceDays: days,
  protectTags: z.array(TagRule),
  allowLastCopy: z.boolean(),
  requireRecycleBin: z.boolean(),
  skipReferences: z.array(z.string()),
  neverRemove: z.boolean(),
};

/** What a kind needs to know to decide, and the plan to hold back. Ages and grace in days. */
export const Policy = z.strictObject({
  minAgeDays: policyKeys.minAgeDays.default(30),
  graceDays: policyKeys.graceDays.default(14),
  protectTags: policyKeys.protectTags.default([]),
  allowLastCopy: policyKeys.allowLastCopy.default(false),
  requireRecycleBin: policyKeys.requireRecycleBin.default(true),
  skipReferences: policyKeys.skipReferences.default([]),
  /** What is stale is reported, and never removed. */
  neverRemove: policyKeys.neverRemove.default(false),
});
export type Policy = z.infer<typeof Policy>;

/** A policy for some accounts, laid over the default one; `policyFor` says in which order. */
export const PolicyOverride = policyOverride(policyKeys.skipReferences);
export type PolicyOverride = z.infer<typeof PolicyOverride>;

function policyOverride(skipReferences: z.ZodType<string[]>) {
  const change = z.strictObject({ ...policyKeys, skipReferences }).partial();
  return z
    .strictObject({
      accounts: z.array(AccountId).min(1).optional(),
      organizationalUnits: z.array(OrganizationalUnitId).min(1).optional(),
      policy: change.refine((policy) => Object.keys(policy).length > 0, {
        message: `accepted: at least one of ${Object.keys(policyKeys).join(', ')}`,
      }),
    })
    .refine((override) => override.accounts ?? override.organizationalUnits, {
      message: 'accepted: at least one of accounts, organizationalUnits',
    });
}

/**
 * The execution input: what one execution is asked to do. `{}` is valid and means: report, whole
 * organization. Unknown keys are refused.
 *
 * @param kinds the names a `kinds` entry may have
 * @param skippable the reference sources that `policy.skipReferences` may name
 */
export function executionInput(kinds: readonly string[], skippable: readonly string[]) {
  const skipReferences = z.array(z.enum(skippable));
  return z
    .strictObject({
      mode: z.enum(['report', 'delete']).default('report'),
      scope: Scope.prefault({}),
      kinds: z
        .array(z.enum(kinds))
        .min(1)
        .default([...kinds]),
      policy: Policy.extend({ skipReferences: skipReferences.default([]) }).prefault({}),
      policyOverrides: z.array(policyOverride(skipReferences)).default([]),
      limits: Limits.prefault({}),
      // A person's approval needs the deployed machine's task token; until then it is refused by name.
      approval: z
        .enum(['none'], 'accepted: "none" (approval comes with the deployed machine)')
        .default('none'),
      plan: ExecutionId.optional(),
    })
    .refine((input) => input.plan === undefined || input.mode === 'delete', {
      path: ['plan'],
      message: 'accepted: only together with "mode": "delete"',
    });
}
export type ExecutionInput = z.infer<ReturnType<typeof executionInput>>;
