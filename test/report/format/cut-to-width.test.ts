import fc from 'fast-check';
import stringWidth from 'string-width';
import { cutToWidth } from '../../../report/format/cut-to-width.ts';

it.each([
  ['prod-shop', 9],
  ['naïve', 5],
  ['e\u0301', 1],
  ['漢字', 4],
  ['한국', 4],
  ['ﾊﾝｶｸ', 4],
  ['ＡＢ', 4],
  ['👩‍💻 ok', 5],
  ['a\u200bb', 2],
  ['·', 1],
  ['\u2329x\u232a', 5],
  ['🌡 ok', 4],
  ['\u3164', 0],
  ['\u001b[31mred\u001b[39m', 3],
])('%j takes %i columns', (text, width) => expect(stringWidth(text)).toBe(width));

it('cuts to a width, between characters, and marks it', () => {
  expect(cutToWidth('production', 8)).toBe('produ...');
  expect(cutToWidth('漢字漢字', 8)).toBe('漢字漢字');
  expect(cutToWidth('漢字漢字', 7)).toBe('漢字...');
  expect(cutToWidth('漢字漢字', 6)).toBe('漢...');
});

it('never leaves more than there is room for', () => {
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(text, fc.nat(20), (any, width) => {
      expect(stringWidth(cutToWidth(any, width))).toBeLessThanOrEqual(width);
    }),
  );
});
