import type { MadeWorth } from '../../../core/model/billing.ts';
import { makesInWords, wouldMakeInWords } from '../../../report/words/step-words.ts';

const WORDS = { one: 'disk', many: 'disks', reasons: {} };
const made = { one: 'last copy', many: 'last copies', keptDays: 90 };
const of = (given: Partial<MadeWorth> = {}): MadeWorth => ({
  ...{ resources: 74, monthlyCostUsdUpTo: 1_650, unpriced: 0, forDays: 90 },
  ...given,
});

it.each<[string, Partial<MadeWorth>]>([
  ['The last copies cost up to $1,650 a month for 90 days.', {}],
  ['The last copy costs up to $5 a month for 90 days.', { resources: 1, monthlyCostUsdUpTo: 5 }],
  [
    'The last copies cost up to $1,650 a month for 90 days (2 without a known price).',
    { unpriced: 2 },
  ],
  ['The price of the last copies is not known.', { unpriced: 74, monthlyCostUsdUpTo: 0 }],
])('says what copies cost, and for how long: %s', (sentence, given) =>
  expect(makesInWords(of(given), { disk: { ...WORDS, made } })).toEqual([sentence]),
);

it('has words of its own where no kind has any, or they differ, and says no time that it does not know', () => {
  const { forDays: _days, ...rest } = of();
  const told = ['What is made first costs up to $1,650 a month.'];
  expect(makesInWords(rest, { disk: WORDS })).toEqual(told);
  const other = { ...WORDS, made: { one: 'mould', many: 'moulds', keptDays: 3 } };
  expect(makesInWords(rest, { disk: { ...WORDS, made }, other })).toEqual(told);
  expect(makesInWords(undefined, { disk: WORDS })).toEqual([]);
});

it('says of one resource what its next step would make', () => {
  const makes = { makesMonthlyCostUsdUpTo: 5, makesForDays: 90 };
  const told = 'would cost up to $5 a month for 90 days.';
  expect(wouldMakeInWords(makes, { ...WORDS, made })).toEqual([`Its last copy ${told}`]);
  expect(wouldMakeInWords(makes, WORDS)).toEqual([`What is made of it first ${told}`]);
  expect(wouldMakeInWords({ ...makes, makesMonthlyCostUsdUpTo: null }, undefined)).toEqual([
    'What is made of it first has no known price.',
  ]);
  expect(wouldMakeInWords({}, { ...WORDS, made })).toEqual([]);
});
