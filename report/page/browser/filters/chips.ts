import type { FilterKey, FindingFilter, ValueKey } from '../../../findings/finding-filter.ts';
import { LEAST_KEYS, VALUE_KEYS } from '../../../findings/finding-filter.ts';
import { formatCount } from '../../../format/money.ts';
import { isEmpty, withoutValue } from './changed-filter.ts';
import { button, element, isolated } from '../element.ts';

/** What a filter is called, and how its value is read. */
export const FILTER_TITLES: Readonly<Record<FilterKey, string>> = {
  account: 'Account',
  unit: 'Unit',
  region: 'Region',
  kind: 'Kind',
  reason: 'Reason',
  next: 'What happens',
  verdict: 'Verdict',
  tag: 'Tag',
  text: 'Search',
  minAgeDays: 'Days old, at least',
  minSizeGiB: 'GiB, at least',
  minUsd: 'USD a month, at least',
};

/** Each filter that is set, as a button that takes it away; and one that takes all away. */
export function makeChips(of: {
  readonly labelOf: (key: ValueKey, value: string) => string;
  readonly onFilter: (filter: FindingFilter) => void;
  /** Where to go on when the button that was pressed is gone. */
  readonly focusElsewhere: () => void;
}) {
  const list = element('ul', { class: 'chips', 'aria-label': 'Filters that are set' });
  let filter: FindingFilter = {};
  const clear = button('Clear the filters', () => {
    of.onFilter({});
    of.focusElsewhere();
  });
  const chip = (key: FilterKey, label: string, value?: string) => {
    const remove = () => {
      const at = [...list.children].indexOf(item);
      of.onFilter(withoutValue(filter, key, value));
      const next = list.children[Math.min(at, list.children.length - 1)]?.querySelector('button');
      if (next instanceof HTMLElement) next.focus();
      else of.focusElsewhere();
    };
    const made = button('', remove, { class: 'chip' });
    made.append(
      element('span', { class: 'unseen' }, 'Take away the filter '),
      `${FILTER_TITLES[key]}: `,
      isolated(label),
      element('span', { class: 'cross', 'aria-hidden': 'true' }, '\u00d7'),
    );
    const item = element('li', {}, made);
    return item;
  };
  const place = element('div', { class: 'set' }, list, clear);
  return {
    element: place,
    update: (now: FindingFilter) => {
      filter = now;
      place.hidden = isEmpty(now);
      list.replaceChildren(
        ...VALUE_KEYS.flatMap((key) =>
          (now[key] ?? []).map((value) => chip(key, of.labelOf(key, value), value)),
        ),
        ...LEAST_KEYS.flatMap((key) => {
          const least = now[key];
          return least === undefined ? [] : [chip(key, formatCount(least))];
        }),
      );
    },
  };
}
