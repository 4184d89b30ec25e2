import type { Summary } from '../../core/summary/summary.ts';
import { formatCount, formatNoun } from '../format/money.ts';

/** Of how many nothing is in the counts, so that nobody takes them for all there is; '' for none. */
export function uncountedInWords({ gaps }: Summary['coverage']): string {
  const uncounted = gaps.filter((gap) => gap.uncounted === true).length;
  if (uncounted === 0) return '';
  // Of the others a part was seen: without that the figure contradicts that of what wasn't scanned.
  const of = uncounted < gaps.length ? `${formatCount(uncounted)} of the ` : '';
  return `${of}${formatNoun(gaps.length, 'account-Region')} not scanned ${uncounted === 1 ? 'is' : 'are'} not counted`;
}

/** Nothing was in scope, or nothing of it was seen: then there is nothing to say of what is stale. */
export function sawNothing({ counts, coverage }: Summary): boolean {
  return counts.resources === 0 && coverage.complete === 0;
}
