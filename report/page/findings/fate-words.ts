import { holdWords } from '../../words/hold-words.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import type { RemovalResult } from '../../../core/outcome/outcome.ts';
import type { HoldReason } from '../../../core/model/hold-reason.ts';
import { HOLD_WORDS } from '../../words/hold-words.ts';
import { REMOVAL_WORDS } from '../../words/removal-words.ts';

/** What can happen to a finding: a hold by its reason, a removal by its result. */
export type FateCode =
  | 'PLANNED'
  | 'TO_STEP'
  | 'PLAN_REFUSED'
  | 'HELD'
  | HoldReason
  | RemovalResult
  | 'ONLY_REPORTED'
  | 'NOT_PLANNED'
  | 'UNKNOWN'
  | 'KEPT';

const holds = Object.entries(HOLD_WORDS).map(([code, { short }]) => [code, heldBack(short)]);

function heldBack(short: string): string {
  return `held back: ${short}`;
}

/** In the order of a list to choose from. */
export const FATE_WORDS = {
  PLANNED: 'deletable now',
  TO_STEP: 'another step first, then deletable',
  PLAN_REFUSED: 'deletable, but the plan would be refused',
  REMOVED: REMOVAL_WORDS.REMOVED.listed,
  ALREADY_GONE: REMOVAL_WORDS.ALREADY_GONE.listed,
  STEP_DONE: REMOVAL_WORDS.STEP_DONE.listed,
  NO_LONGER_STALE: `not deleted: ${REMOVAL_WORDS.NO_LONGER_STALE.listed}`,
  PROTECTED: `not deleted: ${REMOVAL_WORDS.PROTECTED.listed}`,
  DENIED: `not deleted: ${REMOVAL_WORDS.DENIED.listed}`,
  FAILED: `not deleted: ${REMOVAL_WORDS.FAILED.listed}`,
  NOT_ATTEMPTED: `not deleted: ${REMOVAL_WORDS.NOT_ATTEMPTED.listed}`,
  HELD: 'held back (any reason)',
  ...(Object.fromEntries(holds) as Record<HoldReason, string>),
  ONLY_REPORTED: 'only reported',
  NOT_PLANNED: 'not in a plan, so kept',
  UNKNOWN: 'unknown, so kept',
  KEPT: 'kept',
} as const satisfies Record<FateCode, string>;

/** The same, with what these kinds say better. */
export function fateWords(words: WordsByKind): [FateCode, string][] {
  const codes = Object.keys(FATE_WORDS) as FateCode[];
  const isHold = (code: FateCode): code is HoldReason => Object.hasOwn(HOLD_WORDS, code);
  return codes.map((code) => [
    code,
    isHold(code) ? heldBack(holdWords(code, words).short) : FATE_WORDS[code],
  ]);
}
