import { CHOICE_KEYS, type ChoiceKey, type Chosen } from '../../../findings/chosen-findings.ts';
import {
  type FindingFilter,
  hidesKept,
  LEAST_KEYS,
  type LeastKey,
} from '../../../findings/finding-filter.ts';
import { figureInLink } from '../../findings/filter-link.ts';
import { PAUSE_MS } from '../../markup/search-pause.ts';
import { withoutValue } from './changed-filter.ts';
import { button, element } from '../element.ts';
import { FILTER_TITLES } from './chips.ts';
import type { Choices } from './choices.ts';
import { makeChooser } from './chooser.ts';
import { tagInput } from './tag-input.ts';

interface Given {
  readonly choices: Readonly<Record<ChoiceKey, Choices>>;
  /** The tags to suggest, asked for when somebody wants to choose one. */
  readonly commonTags: () => readonly string[];
  readonly onFilter: (filter: FindingFilter, options?: { readonly typing: boolean }) => void;
}

/** Which a narrow screen shows, too, before it is asked for more. */
const IN_FRONT: ReadonlySet<ChoiceKey> = new Set(['verdict', 'next']);

const LEAST_LABELS: Readonly<Record<LeastKey, string>> = {
  minAgeDays: 'Min. days',
  minSizeGiB: 'Min. GiB',
  minUsd: 'Min. USD',
};

/** All that findings are chosen by. What is set comes from outside, and goes there. */
export function makeControls({ choices, commonTags, onFilter }: Given) {
  let filter: FindingFilter = {};
  const change = (key: keyof FindingFilter, value: readonly string[] | number | undefined) =>
    onFilter(value === undefined ? withoutValue(filter, key) : { ...filter, [key]: value });
  const search = element('input', { type: 'search', id: 'search', autocomplete: 'off' });
  let pause: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const text = search.value.trim();
      const others = withoutValue(filter, 'text');
      onFilter(text === '' ? others : { ...others, text: [text] }, { typing: true });
    }, PAUSE_MS);
  });
  const choosers = CHOICE_KEYS.filter((key) => choices[key].options.length > 1 || key === 'verdict')
    // A list of one is none, unless a link asks for another.
    .map((key) => ({ key, chooser: makeChooser(choices[key], (values) => change(key, values)) }));
  const tag = tagInput(commonTags, (value) => change('tag', value));
  const least = LEAST_KEYS.map((key) => {
    const input = element('input', { type: 'number', min: '0', step: 'any', class: 'least' });
    input.addEventListener('change', () => {
      const value = input.value === '' ? undefined : figureInLink(input.valueAsNumber);
      change(key, value);
    });
    return { key, input };
  });
  const place = element(
    'div',
    { class: 'controls', id: 'controls', role: 'search', 'aria-label': 'Findings' },
    labelled('Search', search, 'searched'),
    ...choosers.map(({ key, chooser }) =>
      labelled(FILTER_TITLES[key], chooser.element, IN_FRONT.has(key) ? `of-${key}` : 'folded'),
    ),
    labelled('Tag', tag.element, 'folded'),
    ...least.map(({ key, input }) => labelled(LEAST_LABELS[key], input, 'figured folded')),
  );
  place.append(unfolding(place));
  return {
    element: place,
    focus: () => search.focus(),
    update: (now: FindingFilter, { counts }: Pick<Chosen<unknown>, 'counts'>) => {
      filter = now;
      const text = now.text ?? [];
      // Whoever types a blank keeps it.
      if (search.value.trim() !== (text[0] ?? '') || text.length > 1) {
        clearTimeout(pause);
        search.value = text.length === 1 ? (text[0] ?? '') : '';
      }
      for (const { key, chooser } of choosers)
        chooser.update(now[key] ?? [], counts[key], nothingChosen(key, now));
      tag.update(now.tag ?? []);
      for (const { key, input } of least)
        input.value = now[key] === undefined ? '' : String(now[key]);
    },
  };
}

/** Shows, where the screen is narrow, the controls that are needed less often. */
function unfolding(place: HTMLElement): HTMLElement {
  const toggle = button(
    'More filters',
    () => {
      const isOpen = place.classList.toggle('unfolded');
      toggle.setAttribute('aria-expanded', String(isOpen));
      toggle.textContent = isOpen ? 'Fewer filters' : 'More filters';
    },
    { class: 'unfolding', 'aria-expanded': 'false', 'aria-controls': 'controls' },
  );
  return toggle;
}

function nothingChosen(key: ChoiceKey, filter: FindingFilter): string {
  return key === 'verdict' && hidesKept(filter) ? 'to act on' : 'all';
}

function labelled(label: string, control: HTMLElement, as = ''): HTMLElement {
  return element('label', { class: as }, element('span', {}, label), control);
}
