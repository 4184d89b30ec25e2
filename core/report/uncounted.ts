import type { Summary } from '../summary.ts';
import { formatNoun } from './money.ts';

/** Of how many nothing is in the counts, so that nobody takes them for all there is; '' for none. */
export function uncountedInWords({ gaps }: Summary['coverage']): string {
  const uncounted = gaps.filter((gap) => gap.uncounted === true).length;
  return uncounted === 0 ? '' : `${formatNoun(uncounted, 'account-Region')} not counted`;
}

/** Nothing was in scope, or nothing of it was seen: then there is nothing to say of what is stale. */
export function sawNothing({ counts, coverage }: Summary): boolean {
  return counts.resources === 0 && coverage.complete === 0;
}
