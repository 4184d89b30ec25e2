import fc from 'fast-check';
import { anyCharacter } from './any-character.ts';

it('draws the same texts as the unit of fast-check does, dangerous ones too', () => {
  const drawn = (unit: 'binary' | typeof anyCharacter) =>
    fc.sample(fc.string({ unit, maxLength: 60 }), { seed: 7, numRuns: 5000 });
  const texts = drawn(anyCharacter);
  expect(texts).toEqual(drawn('binary'));
  expect(texts.filter((text) => /apply|__define|length/.test(text))).not.toEqual([]);
});

it.each(['', 'ab', '\ud83d', 7])('is no character: %j', (text) =>
  expect(anyCharacter.canShrinkWithoutContext(text as string)).toBe(false),
);
