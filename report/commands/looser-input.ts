import {
  isLooserLimit,
  type LimitKey,
  limitKeys,
  Limits,
  Policy,
  type PolicyOverride,
} from '../../core/input/input.ts';
import type { Summary } from '../../core/summary/summary.ts';

const DEFAULT_POLICY = Policy.parse({});
const DEFAULT_LIMITS = Limits.parse({});

/**
 * What an execution was asked for that is looser than the defaults, as an execution input has it;
 * empty: nothing. Who applies its plan has to say it again, or a part of the plan is held back.
 */
export function looserInput({
  policy,
  policyOverrides,
  limits,
}: Pick<Summary['input'], 'policy' | 'policyOverrides' | 'limits'>): Record<string, unknown> {
  const overrides = policyOverrides
    .map((override) => ({ ...override, policy: looserPolicy(override.policy) }))
    .filter((override) => Object.keys(override.policy).length > 0);
  return withoutEmpty({
    policy: looserPolicy(policy),
    policyOverrides: overrides,
    limits: looserLimits(limits),
  });
}

type PolicyPart = Partial<PolicyOverride['policy']>;

function looserPolicy(policy: PolicyPart): PolicyPart {
  const { minAgeDays, graceDays, allowLastCopy, requireUndo } = policy;
  return {
    ...(minAgeDays !== undefined && minAgeDays < DEFAULT_POLICY.minAgeDays && { minAgeDays }),
    ...(graceDays !== undefined && graceDays < DEFAULT_POLICY.graceDays && { graceDays }),
    ...(allowLastCopy === true && { allowLastCopy }),
    ...(requireUndo === false && { requireUndo }),
    ...namesIn(policy, 'allowRecreation'),
    ...namesIn(policy, 'allowIrreversible'),
    ...namesIn(policy, 'skipReferences'),
    // What a kind's own defaults are, nobody knows here.
    ...(policy.kinds && { kinds: policy.kinds }),
  };
}

function namesIn(
  policy: PolicyPart,
  list: 'allowRecreation' | 'allowIrreversible' | 'skipReferences',
): PolicyPart {
  return policy[list]?.length ? { [list]: policy[list] } : {};
}

function looserLimits(limits: Limits): Partial<Limits> {
  const names = Object.keys(limitKeys) as LimitKey[];
  const looser = names.filter((name) => isLooserLimit(name, limits[name], DEFAULT_LIMITS[name]));
  return Object.fromEntries(looser.map((name) => [name, limits[name]]));
}

function withoutEmpty(parts: Record<string, object>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => Object.keys(value).length > 0),
  );
}
