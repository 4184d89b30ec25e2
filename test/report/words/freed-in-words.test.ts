import { freedInWords, freesInWords, remainsInWords } from '../../../report/words/worth-words.ts';

const SNAPSHOT = { kind: 'ebs-snapshot', monthlyCostUsdUpTo: 6, holders: ['ami-0'] };
const worth = { resources: 34, monthlyCostUsdUpTo: 100, unpriced: 0 };

it.each([
  [worth, 'This includes 34 snapshots (up to $100 a month), deleted only after what uses them.'],
  [
    { ...worth, unpriced: 2 },
    'This includes 34 snapshots (up to $100 a month, 2 without a known price), deleted only after what uses them.',
  ],
  [
    { ...worth, resources: 1 },
    'This includes 1 snapshot (up to $100 a month), deleted only after what uses it.',
  ],
  [
    { resources: 1, monthlyCostUsdUpTo: 0, unpriced: 1 },
    '1 snapshot (no known price) is deleted only after what uses it.',
  ],
])('what is freed is told with its money, once: %j', (of, words) =>
  expect(freedInWords({ 'ebs-snapshot': of }, {})).toEqual([words]),
);

it('where nothing is freed, nothing is told', () => {
  expect(freedInWords(undefined, {})).toEqual([]);
  expect(freesInWords(undefined, {})).toEqual([]);
});

it('a finding tells what may go once it has gone, and with how many others', () => {
  expect(
    freesInWords(
      [
        { ...SNAPSHOT, resourceId: 'snap-0' },
        { ...SNAPSHOT, resourceId: 'snap-1' },
      ],
      {},
    ),
  ).toEqual(['2 snapshots (up to $12 a month) may be deleted once it is gone.']);
  const shared = { ...SNAPSHOT, resourceId: 'snap-0', holders: ['ami-0', 'ami-1', 'ami-2'] };
  expect(freesInWords([{ ...shared, monthlyCostUsdUpTo: null }], {})).toEqual([
    '1 snapshot (no known price) may be deleted once it and 2 others are gone.',
  ]);
});

it.each([
  [undefined, []],
  [0, []],
  [5, ['Of its cost, up to $5 a month is still paid once it is gone.']],
  [null, ['Of its cost, an amount without a known price is still paid once it is gone.']],
])('a finding tells what is still paid after its removal: %j', (usd, words) =>
  expect(remainsInWords({ remainingMonthlyCostUsdUpTo: usd })).toEqual(words),
);
