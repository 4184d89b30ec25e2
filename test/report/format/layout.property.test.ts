import fc from 'fast-check';
import { WIDTH, wrap } from '../../../report/format/layout.ts';
import { anyCharacter } from '../../support/summaries/any-character.ts';

const HALF_A_CHARACTER = /\p{Surrogate}/u;

it('wraps any text to whole characters, on lines no longer than the width', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: anyCharacter, minLength: 70, maxLength: 400 }),
        fc.string({ unit: fc.constantFrom('\u{1f680}', 'a', '\ud83d'), minLength: 70 }),
      ),
      fc.integer({ min: 0, max: 9 }),
      (text, indent) => {
        const lines = wrap(text, ' '.repeat(indent));
        expect(lines.filter((line) => HALF_A_CHARACTER.test(line))).toEqual([]);
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(WIDTH);
      },
    ),
  ));
