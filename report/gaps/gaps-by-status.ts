import type { Gap } from '../../core/summary/summary.ts';
import { GAP_WORDS } from '../words/words.ts';

type GapStatus = keyof typeof GAP_WORDS;

/** Gaps by status, each status in the order of the words. */
export function gapsByStatus(gaps: readonly Gap[]): [GapStatus, Gap[]][] {
  return (Object.keys(GAP_WORDS) as GapStatus[])
    .map((status): [GapStatus, Gap[]] => [status, gaps.filter((gap) => gap.status === status)])
    .filter(([, ofStatus]) => ofStatus.length > 0);
}
