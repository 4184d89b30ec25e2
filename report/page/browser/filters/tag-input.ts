import { element } from '../element.ts';

/** A tag by its key, or as `key=value`; those that many findings have are suggested. */
export function tagInput(
  common: () => readonly string[],
  onValues: (values: readonly string[] | undefined) => void,
) {
  const list = element('datalist', { id: 'tags-to-choose' });
  const input = element('input', {
    ...{ type: 'text', list: 'tags-to-choose', autocomplete: 'off' },
    placeholder: 'key=value',
  });
  input.addEventListener('focus', () => {
    if (list.childElementCount > 0) return;
    list.append(...common().map((value) => element('option', { value })));
  });
  input.addEventListener('change', () => {
    const value = input.value.trim();
    onValues(value === '' ? undefined : [value]);
  });
  return {
    element: element('span', {}, input, list),
    update: (values: readonly string[]): void => {
      input.value = values.length === 1 ? (values[0] ?? '') : '';
    },
  };
}

const MOST_SUGGESTED = 100;

/** The keys and pairs that most findings have. */
export function commonTagsOf(
  all: readonly { readonly tags: readonly (readonly [string, string])[] }[],
): string[] {
  const counts = new Map<string, number>();
  for (const { tags } of all)
    for (const [key, value] of tags)
      for (const text of [key, `${key}=${value}`]) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_SUGGESTED)
    .map(([text]) => text);
}
