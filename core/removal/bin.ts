import { type RecycleBinRule, NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import type { Ending } from './tries.ts';

/** What the Recycle Bin has of one resource. ISO timestamps, by AWS's clock. */
export interface BinEntry {
  readonly enteredAt: string;
  readonly restorableUntil: string;
}

/** How far the clocks of AWS and of the machine that wrote the intent may be apart. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

/**
 * Whether it went into the bin after this intent was written; else somebody else removed it. What has
 * no intent of ours is not ours.
 */
export function hasEnteredSince({ enteredAt }: BinEntry, intentAt: string | undefined): boolean {
  if (intentAt === undefined) return false;
  return Date.parse(enteredAt) >= Date.parse(intentAt) - CLOCK_SKEW_MILLISECONDS;
}

/** By a rule's identifier, whether all that was removed under it appeared in the bin. */
export type RulesSeen = ReadonlyMap<string, boolean>;

/**
 * Whether a removal that should be in the bin wasn't seen there. Nothing more goes in that target
 * then, in this invocation and in those that come after it.
 */
export function isStopped(ended: Iterable<Pick<Ending, 'reasons'>>): boolean {
  for (const { reasons } of ended) if (reasons.includes(NOT_SEEN_IN_BIN)) return true;
  return false;
}

/**
 * Of a batch what may go now: the first removal under each rule goes alone, the others wait until it
 * is seen in the bin.
 */
export function nextUnderWatch<T extends { rule: RecycleBinRule | null; isOfSet: boolean }>(
  kept: readonly T[],
  seen: RulesSeen,
): readonly T[] {
  const unseen = kept.filter(({ rule }) => rule !== null && !seen.has(rule.identifier));
  // Waiting for the bin is no good time for a set that has lost its first member.
  const first = unseen.find(({ isOfSet }) => !isOfSet) ?? unseen[0];
  return first === undefined ? kept : [first];
}

/** The rules seen to work, or not, after what AWS accepted was looked for in the bin. */
export function rulesSeenAfter(
  before: RulesSeen,
  accepted: readonly { readonly rule: RecycleBinRule; readonly isInBin: boolean }[],
  hasWaited: boolean,
): RulesSeen {
  const after = new Map(before);
  for (const { rule, isInBin } of accepted) if (isInBin) after.set(rule.identifier, true);
  if (!hasWaited) return after;
  for (const { rule, isInBin } of accepted) if (!isInBin) after.set(rule.identifier, false);
  return after;
}
