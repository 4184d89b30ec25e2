import { z } from 'zod';
import type { OwnLimits, OwnPolicies } from './of-kind.ts';
import { KIND_LIMITS, type KindLimit, type OwnOfKind } from './of-kind.ts';

/** What each kind has of its own; a kind that has nothing may be missing. */
export type OwnByKind = Readonly<Record<string, OwnOfKind | undefined>>;

type DayKeys = Readonly<Record<'minAgeDays' | 'graceDays', z.ZodInt>>;

/** What an input may say of each of these kinds in a policy. */
export function ownPolicies(own: OwnByKind, keys: DayKeys): typeof OwnPolicies {
  return perKind<typeof OwnPolicies>(
    Object.entries(own).map(([kind, of]) => ({ kind, shape: policyShape(of, keys) })),
  );
}

/** The same in an override, which has no defaults: it says nothing of what it doesn't name. */
export function ownPolicyChanges(own: OwnByKind, keys: DayKeys): typeof OwnPolicies {
  const shapes = Object.entries(own).map(([kind, of]) => {
    const shape = Object.entries(policyShape(of, keys)).map(([name, key]) => [name, bare(key)]);
    return { kind, shape: Object.fromEntries(shape) as Shape };
  });
  return perKind<typeof OwnPolicies>(shapes);
}

/** What an input may say of each of these kinds in its limits. */
export function ownLimits(
  own: OwnByKind,
  keys: Readonly<Record<KindLimit, z.ZodType<number>>>,
): typeof OwnLimits {
  return perKind<typeof OwnLimits>(
    Object.entries(own).map(([kind, of]) => ({
      kind,
      shape: Object.fromEntries(
        KIND_LIMITS.map((name) => [name, orDefault(keys[name], of?.limits?.[name])]),
      ),
    })),
  );
}

type Shape = Readonly<Record<string, z.ZodType>>;

function policyShape({ defaults = {}, keys: own = {} }: OwnOfKind = {}, keys: DayKeys): Shape {
  return {
    minAgeDays: orDefault(keys.minAgeDays, defaults.minAgeDays),
    graceDays: orDefault(keys.graceDays, defaults.graceDays),
    ...own,
  };
}

/** It is there at all only where it was given, or where a kind has a default. */
function perKind<T>(kinds: readonly { readonly kind: string; readonly shape: Shape }[]) {
  const brings = ({ shape }: { shape: Shape }) =>
    Object.values(shape).some((key) => key instanceof z.ZodDefault);
  const entries = kinds.map(({ kind, shape }) => {
    const keys = z.strictObject(shape);
    return [kind, brings({ shape }) ? keys.prefault({}) : keys.optional()] as const;
  });
  const all = z.strictObject(Object.fromEntries(entries));
  return (kinds.some(brings) ? all.prefault({}) : all.optional()) as unknown as T;
}

function orDefault<V>(key: z.ZodType<V>, value: V | undefined): z.ZodType {
  return value === undefined ? key.optional() : key.default(value as never);
}

function bare(key: z.ZodType): z.ZodType {
  return (key instanceof z.ZodDefault ? (key.unwrap() as z.ZodType) : key).optional();
}
