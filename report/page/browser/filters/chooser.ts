import { formatCount } from '../../../format/money.ts';
import { element } from '../element.ts';
import type { Choices } from './choices.ts';

const SEVERAL = 'several';

/** One of some values, each with how many findings it would leave; a link may have chosen several. */
export function makeChooser(
  { options, others }: Choices,
  onValues: (values: readonly string[] | undefined) => void,
) {
  const none = element('option', { value: '' }, 'all');
  const several = element('option', { value: SEVERAL, hidden: true });
  const made = options.map(([value, label]) => ({
    value,
    label,
    // A stranger's value could be the one of another option.
    option: element('option', { value: `=${value}` }, label),
  }));
  const select = element('select', {}, none, several, ...made.map(({ option }) => option));
  if (others !== undefined) select.append(element('option', { disabled: true }, others));
  select.addEventListener('change', () => {
    const chosen = made.find(({ option }) => option.value === select.value);
    onValues(chosen === undefined ? undefined : [chosen.value]);
  });
  return {
    element: select,
    update: (
      values: readonly string[],
      counts: ReadonlyMap<string, number>,
      withNone: string,
    ): void => {
      none.textContent = withNone;
      for (const { value, label, option } of made)
        option.textContent = `${label} (${formatCount(counts.get(value) ?? 0)})`;
      const chosen = made.filter(({ value }) => values.includes(value));
      const isOne = values.length === 1 && chosen.length === 1;
      several.textContent = values.length > 1 ? `${values.length} chosen` : (values[0] ?? '');
      several.hidden = values.length === 0 || isOne;
      select.value = values.length === 0 ? '' : isOne ? (chosen[0]?.option.value ?? '') : SEVERAL;
    },
  };
}
