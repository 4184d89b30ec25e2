import { worthLine } from '../../../../report/lists/findings-text.ts';
import { type Countable, worthOfChosen } from '../../../../report/findings/worth-of-chosen.ts';

const one = (of: Partial<Countable>): Countable => ({
  ...{ verdict: 'STALE', kind: 'ami', accountId: '1', region: 'a' },
  ...{ sizeGiB: null, usdUpTo: null, freed: null, sharesWith: '' },
  ...of,
});
const said = (...all: Partial<Countable>[]) => worthLine(worthOfChosen(all.map(one)), {});

it('of what only frees others has their money, and never $0', () => {
  expect(said({ freed: 2, usdUpTo: 100 }, { freed: 1, usdUpTo: 126 })).toBe(
    '2 findings: 2 unused (2 without a cost of their own, but what goes with them costs up to $226 a month more)',
  );
});

it('has money first, then sizes, then what has no price, for each verdict', () => {
  expect(said({ usdUpTo: 40, sizeGiB: 8 }, { sizeGiB: 7 }, { verdict: 'UNKNOWN' })).toBe(
    '3 findings: 2 unused (up to $40 a month, 15 GiB of ami, 7 GiB without a price, not in the cost); 1 unknown (no known price, 1 without a size or price)',
  );
  expect(said()).toBe('no findings');
});
