import type { Gap } from '../../core/summary/summary.ts';
import { GAP_WORDS, type GapStatus } from '../words/target-words.ts';

/** Gaps by status, each status in the order of the words. */
export function gapsByStatus(gaps: readonly Gap[]): [GapStatus, Gap[]][] {
  return (Object.keys(GAP_WORDS) as GapStatus[])
    .map((status): [GapStatus, Gap[]] => [status, gaps.filter((gap) => gap.status === status)])
    .filter(([, ofStatus]) => ofStatus.length > 0);
}
