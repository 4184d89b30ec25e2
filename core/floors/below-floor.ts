import { z } from 'zod';
import { fault } from '../input/bad-input.ts';
import {
  type ExecutionInput,
  LARGER_IS_STRICTER,
  type LimitKey,
  limitKeys,
  Limits,
  Policy,
} from '../input/input.ts';
import type { OwnFloors } from '../input/own-floors.ts';
import { withNewNames } from '../input/renamed.ts';
import { InvalidInput } from '../model/errors.ts';
import { approvalAtLeast, limitsAtLeast, policyAtLeast } from './at-least.ts';
import type { Floors } from './floors.ts';
import { ownKeysBelow } from './own-keys-at-least.ts';

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
  requireUndo: 'requireUndo',
  allowRecreation: 'requireUndo',
  allowIrreversible: 'requireUndo',
  skipReferences: 'skippableSources',
} as const satisfies Partial<Record<keyof Policy, keyof Floors>>;

/**
 * The floors that would refuse an input which says this; none: it may say so.
 *
 * @param floors null: nobody set any
 * @param own what the kinds say of their own keys
 */
export function floorsBelow(
  { policy = {}, limits = {} }: Part,
  floors: Floors | null,
  own: OwnFloors,
): (keyof Floors)[] {
  if (floors === null) return [];
  const keys = policyBelow(policy, floors).map(({ key }) => FLOOR_OF[key]);
  const ofKinds = namedBelow(policy.kinds, floors, own).map(({ floor }) => floor);
  const ofLimits = limitsBelow(limits, floors).map(({ key }) => key);
  return [...new Set([...keys, ...ofKinds, ...ofLimits])];
}

/** The keys of an input, as it names them, that are something else now. */
export function changedKeys(before: Said, after: Said): string[] {
  return [
    ...(before.approval === after.approval ? [] : ['approval']),
    ...keysOf(FLOOR_OF)
      .filter((key) => differ(before.policy[key], after.policy[key]))
      .map((key) => `policy.${key}`),
    ...changedOwnKeys(before.policy.kinds, after.policy.kinds),
    ...keysOf(limitKeys)
      .filter((key) => before.limits[key] !== after.limits[key])
      .map((key) => `limits.${key}`),
  ];
}

function changedOwnKeys(before: NamedKinds = {}, after: NamedKinds = {}): string[] {
  return Object.entries(after).flatMap(([kind, own]) =>
    Object.keys(own)
      .filter((key) => differ(before[kind]?.[key], own[key]))
      .map((key) => `policy.kinds.${kind}.${key}`),
  );
}

interface Said {
  readonly approval: string;
  readonly policy: Policy;
  readonly limits: Limits;
}

type Given = Pick<ExecutionInput, 'mode' | 'approval' | 'policy' | 'policyOverrides' | 'limits'>;

/** What bounds an input. */
interface Bounds {
  readonly floors: Floors;
  /** What the kinds say of their own keys. */
  readonly own: OwnFloors;
  /** What the input is called in messages. */
  readonly root?: string;
}

/**
 * The input with what it left to its defaults raised to the floors.
 *
 * @param asked as it was given, before defaults were filled in
 * @throws {InvalidInput} naming each value that is below a floor, and the floor
 */
export function raiseToFloors<I extends Given>(input: I, asked: unknown, bounds: Bounds): I {
  const { floors: floor, own } = bounds;
  const faults = [...faultsBelow(input, asked, bounds)];
  if (faults.length > 0) throw new InvalidInput(faults.join('; '));
  return {
    ...input,
    approval: approvalAtLeast(input, floor),
    policy: policyAtLeast(input.policy, floor, own),
    limits: limitsAtLeast(input.limits, floor),
  };
}

/** What names keys at all; the values are those of the parsed input. */
const Asked = z.looseObject({
  approval: z.unknown().optional(),
  policy: z.preprocess(
    (given) => withNewNames(given),
    z.record(z.string(), z.unknown()).default({}),
  ),
  limits: z.record(z.string(), z.unknown()).default({}),
});

function* faultsBelow(
  input: Given,
  asked: unknown,
  { floors: floor, own, root = 'input' }: Bounds,
): Generator<string> {
  const named = Asked.parse(asked ?? {});
  const isApproved = input.approval === approvalAtLeast(input, floor);
  if (named.approval !== undefined && !isApproved) {
    yield fault(`${root}.approval`, input.approval, `"required" ${because('approval')}`);
  }
  yield* faultsOfPolicy(pick(input.policy, named.policy), floor, `${root}.policy`);
  for (const [index, { policy }] of input.policyOverrides.entries()) {
    const path = `${root}.policyOverrides[${index}].policy`;
    yield* faultsOfPolicy(policy, floor, path);
    yield* faultsOfKinds(policy.kinds, { floor, own }, `${path}.kinds`);
  }
  yield* faultsOfLimits(pick(input.limits, named.limits), floor, `${root}.limits`);
  const kinds = NamedKinds.parse(named.policy['kinds']);
  yield* faultsOfKinds(kinds, { floor, own }, `${root}.policy.kinds`);
  for (const [kind, ofKind] of Object.entries(NamedKinds.parse(named.limits['kinds'])))
    yield* faultsOfLimits(ofKind, floor, `${root}.limits.kinds.${kind}`);
}

/** What an input says of single kinds. It has been parsed before. */
const NamedKinds = z.record(z.string(), z.record(z.string(), z.unknown())).default({});
type NamedKinds = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function* faultsOfKinds(
  kinds: NamedKinds = {},
  { floor, own }: { readonly floor: Floors; readonly own: OwnFloors },
  path: string,
): Generator<string> {
  for (const [kind, said] of Object.entries(kinds))
    yield* faultsOfPolicy(daysIn(said), floor, `${path}.${kind}`);
  for (const { kind, key, value, least, floor: name } of namedBelow(kinds, floor, own))
    yield fault(`${path}.${kind}.${key}`, value, `${acceptedOf(least)} ${because(name)}`);
}

/** What a policy has for all kinds, too. */
function daysIn({ minAgeDays, graceDays }: Readonly<Record<string, unknown>>): PolicySaid {
  return { minAgeDays, graceDays } as PolicySaid;
}

function* faultsOfLimits(said: Partial<Limits>, floor: Floors, path: string): Generator<string> {
  for (const { key, value, least } of limitsBelow(said, floor)) {
    const accepted = LARGER_IS_STRICTER.has(key) ? `${least} or more` : `at most ${least}`;
    yield fault(`${path}.${key}`, value, `${accepted} ${because(key)}`);
  }
}

function* faultsOfPolicy(policy: PolicySaid, floor: Floors, path: string): Generator<string> {
  for (const { key, value, least } of policyBelow(policy, floor)) {
    const why = because(FLOOR_OF[key]);
    if (!Array.isArray(value)) {
      yield fault(`${path}.${key}`, value, `${acceptedOf(least)} ${why}`);
      continue;
    }
    // Of the steps without a way back there is no choice: a floor allows all of them, or none.
    const allowed = key === 'skipReferences' ? floor.skippableSources : [];
    const list = allowed.map((name) => `"${name}"`).join(', ') || 'none';
    for (const [index, name] of value.entries()) {
      if (!allowed.includes(name)) yield fault(`${path}.${key}[${index}]`, name, `${list} ${why}`);
    }
  }
}

/** What an input left to its default is raised in silence. */
function namedBelow(...[kinds, floors, own]: Parameters<typeof ownKeysBelow>) {
  return ownKeysBelow(kinds, floors, own).filter(({ value }) => value !== undefined);
}

function acceptedOf(least: unknown): string {
  return typeof least === 'number' ? `${least} or more` : JSON.stringify(least);
}

function pick<T extends object>(all: T, named: Readonly<Record<string, unknown>>): Partial<T> {
  const entries = Object.entries(all).filter(([key]) => key in named);
  return Object.fromEntries(entries) as Partial<T>;
}

/** Where who deploys may change it. */
function because(key: keyof Floors): string {
  return `(deletion.floors.${key} of this deployment)`;
}

/** One value below a floor, and the least that the floor lets it be. */
interface Below<K extends PropertyKey, V> {
  readonly key: K;
  readonly value: V;
  readonly least: V;
}

type PolicyKey = keyof typeof FLOOR_OF;
type PolicySaid = { readonly [K in keyof Policy]?: Policy[K] | undefined };

function policyBelow(said: PolicySaid, floors: Floors): Below<PolicyKey, Policy[PolicyKey]>[] {
  const policy = Policy.parse(said);
  // Those of the kinds' own keys are told with their kind.
  const raised = policyAtLeast(policy, floors, {});
  return keysOf(FLOOR_OF)
    .filter((key) => said[key] !== undefined && differ(policy[key], raised[key]))
    .map((key) => ({ key, value: policy[key], least: raised[key] }));
}

function limitsBelow(said: Partial<Limits>, floors: Floors): Below<LimitKey, number>[] {
  const limits = Limits.parse(said);
  const lowered = limitsAtLeast(limits, floors);
  return keysOf(limitKeys)
    .filter((key) => said[key] !== undefined && limits[key] !== lowered[key])
    .map((key) => ({ key, value: limits[key], least: lowered[key] }));
}

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function keysOf<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[];
}
