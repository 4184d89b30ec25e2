import { z } from 'zod';
import type { OwnFloor, UnderNoFloor } from './own-floors.ts';

/** Of a kind's own, so many days at least. */
interface OwnDays {
  readonly minAgeDays?: number | undefined;
  readonly graceDays?: number | undefined;
}

/** What a kind has of its own in a policy and in limits. */
export interface OwnOfKind {
  /** Keys of its own, each with a default. */
  readonly keys?: Readonly<Record<string, z.ZodType>>;
  /** Of each of these keys, what a deployment can forbid. */
  readonly floors?: Readonly<Record<string, OwnFloor | UnderNoFloor>>;
  readonly defaults?: OwnDays;
  readonly limits?: Partial<Record<KindLimit, number>>;
}

/** The limits that count each kind by itself. */
export const KIND_LIMITS = [
  'maxRemovalsPerTarget',
  'maxRemovalsPerAccount',
  'maxStalePercent',
  'maxStalePercentPerAccount',
  'minReferencePercent',
] as const;
export type KindLimit = (typeof KIND_LIMITS)[number];

/** By kind, as files have it. What its own keys may be, only the kind itself knows. */
export const OwnPolicies = z
  .record(
    z.string(),
    z.looseObject({ minAgeDays: z.int().optional(), graceDays: z.int().optional() }),
  )
  .optional();
export type OwnPolicies = z.infer<typeof OwnPolicies>;
export const OwnLimits = z
  .record(z.string(), z.partialRecord(z.enum(KIND_LIMITS), z.number()))
  .optional();
export type OwnLimits = z.infer<typeof OwnLimits>;

interface WithOwn {
  readonly minAgeDays: number;
  readonly graceDays: number;
  readonly kinds?: OwnPolicies;
}

/**
 * The policy as it holds for one kind. What is said of the kind only makes it stricter: the larger age
 * and the larger grace hold, so that what is said of all kinds, or by a floor, holds for each.
 */
export function policyOfKind<P extends WithOwn>(
  policy: P,
  kind: string,
): P & { readonly own: Readonly<Record<string, unknown>> } {
  const { minAgeDays = 0, graceDays: _graceDays, ...own } = policy.kinds?.[kind] ?? {};
  return {
    ...policy,
    minAgeDays: Math.max(policy.minAgeDays, minAgeDays),
    graceDays: graceDaysOf(policy, kind),
    own,
  };
}

/** The grace that holds for one kind. */
export function graceDaysOf(policy: Pick<WithOwn, 'graceDays' | 'kinds'>, kind: string): number {
  return Math.max(policy.graceDays, policy.kinds?.[kind]?.graceDays ?? 0);
}

/**
 * For how many days something has to stay unused before it may go: its grace. Where AWS tells no age,
 * nothing else would hold the least age, so that counts from the first look that found it unused.
 */
export function unusedDaysOf(
  policy: WithOwn,
  { kind, ageDays }: { readonly kind: string; readonly ageDays: number | null },
): number {
  const { minAgeDays, graceDays } = policyOfKind(policy, kind);
  return ageDays === null ? Math.max(graceDays, minAgeDays) : graceDays;
}

/** The kinds whose own keys are others in the one policy than in the other. */
export function kindsOfOtherKeys(a: { kinds?: OwnPolicies }, b: { kinds?: OwnPolicies }): string[] {
  const names = [...new Set([...Object.keys(a.kinds ?? {}), ...Object.keys(b.kinds ?? {})])];
  return names.filter((kind) => keysText(a.kinds?.[kind]) !== keysText(b.kinds?.[kind]));
}

function keysText({
  minAgeDays: _age,
  graceDays: _grace,
  ...own
}: Readonly<Record<string, unknown>> = {}) {
  return JSON.stringify(Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of each kind the larger age and grace. Its own keys are those of the first. */
export function stricterOwn(a: OwnPolicies, b: OwnPolicies): OwnPolicies {
  if (a === undefined && b === undefined) return undefined;
  const names = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return Object.fromEntries(
    names.map((kind) => {
      const [one, other] = [a?.[kind] ?? {}, b?.[kind] ?? {}];
      const days = (['minAgeDays', 'graceDays'] as const).flatMap((key) => {
        const said = [one[key], other[key]].filter((value) => value !== undefined);
        return said.length === 0 ? [] : [[key, Math.max(...said)] as const];
      });
      return [kind, { ...other, ...one, ...Object.fromEntries(days) }];
    }),
  );
}

/** A change to some keys of some kinds, laid over those below it. */
export function layOwnOver(below: OwnPolicies, change: OwnPolicies): OwnPolicies {
  if (change === undefined) return below;
  const kinds = Object.entries(change).map(([kind, own]) => {
    const given = Object.entries(own).filter(([, value]) => value !== undefined);
    return [kind, { ...below?.[kind], ...Object.fromEntries(given) }];
  });
  return { ...below, ...(Object.fromEntries(kinds) as OwnPolicies) };
}
