import fc from 'fast-check';
import { LEAST_KEYS, VALUE_KEYS } from '../../../../report/findings/finding-filter.ts';
import { filterInLink, findingsLink } from '../../../../report/page/findings/filter-link.ts';
import { anyCharacter } from '../../../support/summaries/any-character.ts';

const text = fc
  .string({ unit: anyCharacter, minLength: 1, maxLength: 8 })
  .filter((value) => value.trim() !== '')
  // Half of a pair is no character, and no address has one.
  .map((value) => value.replace(/\p{Surrogate}/gu, '\ufffd'));
const values = fc.uniqueArray(text, { minLength: 1, maxLength: 3 });
const figure = fc.nat(1_000_000).map((of) => of / 100);
const filter = fc.record(
  {
    ...Object.fromEntries(VALUE_KEYS.map((key) => [key, values])),
    ...Object.fromEntries(LEAST_KEYS.map((key) => [key, figure])),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const view = fc.record(
  { sort: fc.constantFrom('cost', '-cost', 'name'), rows: fc.constantFrom(25, 500) },
  { requiredKeys: [], noNullPrototype: true },
);

it('asks for what it was made of, whatever strangers called it', () => {
  fc.assert(
    fc.property(filter, view, (asked, shown) => {
      const link = findingsLink(asked, shown);
      expect(filterInLink(link)).toEqual({ filter: asked, view: shown, ignored: [] });
      expect(link).toMatch(/^#findings(\?[\w.*%&=+-]*)?$/);
      // As a browser has it in its address.
      expect(new URL(link, 'https://report.invalid/').hash).toBe(link);
    }),
  );
});

it('tells what of any link means nothing here, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (anything) => {
      const found = filterInLink(`#findings?${anything}`);
      for (const one of found?.ignored ?? []) expect(one).toContain('=');
    }),
  );
});
