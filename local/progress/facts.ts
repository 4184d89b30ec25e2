import type { Phase } from './phases.ts';
import type { Work } from './rate.ts';

/** How far an execution is, as far as whoever follows it knows. */
export interface Facts {
  readonly accounts: Work | undefined;
  readonly targets: Targets;
  /** What was found in the targets that are done. */
  readonly stale: number;
  /** Accounts and targets that were not seen completely. */
  readonly incomplete: number;
  /** What the plan came to, where that is known. */
  readonly plan: { readonly removals: number; readonly held: number } | undefined;
  /** Until when somebody can approve the plan; undefined: nobody was asked, or it isn't known. */
  readonly waitsUntil: string | undefined;
  /** Planned removals whose end is known, whatever it was; and how many of them were removed. */
  readonly removals: Work | undefined;
  readonly removed: number;
  /** Those of which a step was taken that isn't the last, such as a copy. */
  readonly stepped: number;
  /** Removals that failed, and targets whose removals broke off. */
  readonly unremoved: number;
}

interface Targets {
  readonly done: number;
  /** Of the accounts whose Regions are listed; undefined: nobody counts them. */
  readonly all: number | undefined;
  /** What `all` comes to when every account is listed, as far as those that are tell. */
  readonly expected: number | undefined;
  /** false: there are more that are done, which were not read yet; so for what was found in them. */
  readonly areAllRead: boolean;
}

export const NOTHING_KNOWN: Facts = {
  accounts: undefined,
  targets: { done: 0, all: undefined, expected: undefined, areAllRead: true },
  stale: 0,
  incomplete: 0,
  plan: undefined,
  waitsUntil: undefined,
  removals: undefined,
  removed: 0,
  stepped: 0,
  unremoved: 0,
};

/** What the time left in a phase goes by, and how its rate is told. */
export interface Measured extends Work {
  readonly unit: 'targets' | 'accounts' | 'removals';
}

export function measuredIn(phase: Phase, facts: Facts): Measured | undefined {
  const { accounts, targets, removals } = facts;
  if (phase === 'remove') return removals && { ...removals, unit: 'removals' };
  if (phase !== 'look') return undefined;
  if (targets.expected !== undefined)
    return { done: targets.done, all: targets.expected, unit: 'targets' };
  return accounts && { ...accounts, unit: 'accounts' };
}
