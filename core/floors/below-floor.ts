import { type Floors, limitsAtLeast, policyAtLeast } from './floors.ts';
import { Limits, Policy } from '../input/input.ts';

/** What an input may say, as far as floors have anything to say about it. */
export interface Part {
  readonly policy?: Partial<Policy>;
  readonly limits?: Partial<Limits>;
}

/** By the key of the policy. */
export const FLOOR_OF = {
  minAgeDays: 'minAgeDays',
  graceDays: 'graceDays',
  allowLastCopy: 'keepLastCopy',
  requireRecycleBin: 'requireUndo',
  skipReferences: 'skippableSources',
} as const satisfies Partial<Record<keyof Policy, keyof Floors>>;

/**
 * The floors that would refuse an input which says this; none: it may say so.
 *
 * @param floors null: nobody set any
 */
export function floorsBelow({ policy, limits }: Part, floors: Floors | null): (keyof Floors)[] {
  if (floors === null) return [];
  const asked = { ...Policy.parse({}), ...policy };
  const raised = policyAtLeast(asked, floors);
  const most = { ...Limits.parse({}), ...limits };
  const lowered = limitsAtLeast(most, floors);
  return [
    ...keysOf(FLOOR_OF)
      .filter((key) => policy?.[key] !== undefined && differ(asked[key], raised[key]))
      .map((key) => FLOOR_OF[key]),
    ...keysOf(most).filter((key) => limits?.[key] !== undefined && most[key] !== lowered[key]),
  ];
}

/** The keys of an input, as it names them, that are something else now. */
export function changedKeys(before: Said, after: Said): string[] {
  return [
    ...(before.approval === after.approval ? [] : ['approval']),
    ...keysOf(FLOOR_OF)
      .filter((key) => differ(before.policy[key], after.policy[key]))
      .map((key) => `policy.${key}`),
    ...keysOf(before.limits)
      .filter((key) => before.limits[key] !== after.limits[key])
      .map((key) => `limits.${key}`),
  ];
}

interface Said {
  readonly approval: string;
  readonly policy: Policy;
  readonly limits: Limits;
}

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function keysOf<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[];
}
