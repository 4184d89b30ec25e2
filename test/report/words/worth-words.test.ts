import {
  amountAndUnpriced,
  amountInFull,
  amountInShort,
  amountInWords,
  costInCell,
  worthInShort,
  worthInWords,
} from '../../../report/words/worth-words.ts';

const UNPRICED = { sizeGiB: 10, monthlyCostUsdUpTo: 0, unpricedGiB: 10, unpricedUnsized: 0 };
const PARTLY = { sizeGiB: 10, monthlyCostUsdUpTo: 1, unpricedGiB: 4, unpricedUnsized: 0 };
const PRICED = { sizeGiB: 10, monthlyCostUsdUpTo: 1, unpricedGiB: 0, unpricedUnsized: 0 };

it.each([
  [worthInWords, ['10 GiB', 'up to $1 a month', 'up to $1 a month']],
  [worthInShort, ['10 GiB', 'up to $1/month', 'up to $1/month']],
  [
    amountInWords,
    ['10 GiB, no known price', '10 GiB, up to $1 a month', '10 GiB, up to $1 a month'],
  ],
  [amountInShort, ['10 GiB, no known price', '10 GiB, $1 a month', '10 GiB, $1 a month']],
  [
    amountInFull,
    [
      '10 GiB without a known price',
      '10 GiB (4 GiB of it without a known price), up to $1 a month',
      '10 GiB, up to $1 a month',
    ],
  ],
  [
    amountAndUnpriced,
    [
      '10 GiB, no known price',
      '10 GiB, up to $1 a month (4 GiB unpriced)',
      '10 GiB, up to $1 a month',
    ],
  ],
  [costInCell, ['no known price', '$1', '$1']],
] as const)('%p never shows what has no price as costing nothing', (inWords, [none, part, all]) => {
  expect(inWords(UNPRICED)).toBe(none);
  expect(inWords(PARTLY)).toBe(part);
  expect(inWords(PRICED)).toBe(all);
});

it('says that nothing at all costs nothing', () => {
  const nothing = { sizeGiB: 0, monthlyCostUsdUpTo: 0, unpricedGiB: 0, unpricedUnsized: 0 };
  expect(amountInWords(nothing)).toBe('0 GiB');
  expect(costInCell(nothing)).toBe('$0');
});

it('counts what has neither a size nor a price, and tells no 0 GiB of it', () => {
  const one = { sizeGiB: 0, monthlyCostUsdUpTo: 0, unpricedGiB: 0, unpricedUnsized: 1 };
  expect(amountInWords(one)).toBe('no known price');
  expect(amountInFull(one)).toBe('1 resource without a known price');
  expect(amountAndUnpriced(one)).toBe('no known price');
  expect(costInCell(one)).toBe('no known price');
  const some = { ...PARTLY, unpricedUnsized: 3 };
  expect(amountInFull(some)).toBe(
    '10 GiB (4 GiB and 3 resources without a known price), up to $1 a month',
  );
  expect(amountAndUnpriced(some)).toBe('10 GiB, up to $1 a month (4 GiB and 3 resources unpriced)');
});

it('tells only the price of what has no size', () => {
  const priced = { sizeGiB: 0, monthlyCostUsdUpTo: 4, unpricedGiB: 0, unpricedUnsized: 0 };
  expect(amountInWords(priced)).toBe('up to $4 a month');
  expect(amountInFull(priced)).toBe('up to $4 a month');
  expect(amountAndUnpriced(priced)).toBe('up to $4 a month');
});
