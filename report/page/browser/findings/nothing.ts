import type { Chosen } from '../../../findings/chosen-findings.ts';
import type { FindingFilter } from '../../../findings/finding-filter.ts';
import { formatCount, formatNoun } from '../../../format/money.ts';
import { withoutValue } from '../filters/changed-filter.ts';
import { button, element } from '../element.ts';
import { FILTER_TITLES } from '../filters/chips.ts';

/** Beside the list: what is kept is only shown to whoever asks; and what to do where nothing is found. */
export function makeNothing(onFilter: (filter: FindingFilter) => void) {
  const place = element('div', { class: 'beside' });
  return {
    element: place,
    update: (filter: FindingFilter, { found, without, keptHidden }: Chosen<unknown>) => {
      const showKept = { ...filter, verdict: ['STALE', 'UNKNOWN', 'KEEP'] };
      const ways = found.length > 0 ? [] : [...without].toSorted(([, a], [, b]) => b - a);
      place.replaceChildren(
        ...(found.length > 0 ? [] : [element('p', { class: 'nothing' }, 'Nothing matches.')]),
        ...ways.map(([key, count]) =>
          button(`Without "${FILTER_TITLES[key]}": ${formatNoun(count, 'finding')}`, () =>
            onFilter(withoutValue(filter, key)),
          ),
        ),
        ...(keptHidden === 0
          ? []
          : [button(`Show ${formatCount(keptHidden)} kept, too`, () => onFilter(showKept))]),
      );
      place.hidden = place.childElementCount === 0;
    },
  };
}
