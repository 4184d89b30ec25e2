import type { VerdictName } from '../../../core/model/verdict.ts';

/** In a cell, and in a list to choose from. */
export const VERDICT_WORDS: Readonly<Record<VerdictName, string>> = {
  STALE: 'unused',
  UNKNOWN: 'unknown',
  KEEP: 'kept',
};
