import { Limits, Policy, Scope } from '../../core/input/input.ts';
import type { Summary } from '../../core/summary/summary.ts';

const DEFAULTS = {
  scope: Scope.parse({}),
  policy: Policy.parse({}),
  limits: Limits.parse({}),
  policyOverrides: [],
};

/**
 * Where an execution looked and by what it decided, as an input has it; empty: all by default. Who has
 * read its report wants the next one to do what that told.
 */
export function sameInput(
  input: Pick<Summary['input'], 'scope' | 'policy' | 'policyOverrides' | 'limits'>,
): Record<string, unknown> {
  const { policyOverrides } = input;
  const parts = (['scope', 'policy', 'limits'] as const).flatMap((name) => {
    const different = differing(input[name], DEFAULTS[name]);
    return Object.keys(different).length === 0 ? [] : [[name, different] as const];
  });
  return {
    ...Object.fromEntries(parts),
    ...(policyOverrides.length > 0 && { policyOverrides }),
  };
}

function differing(given: object, by: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(given).filter(
    ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(by[key]),
  );
  return Object.fromEntries(entries);
}
