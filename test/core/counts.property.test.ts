import fc from 'fast-check';
import {
  breakdownOf,
  breakdownOfAll,
  emptyBreakdown,
  mergeBreakdowns,
} from '../../core/breakdown.ts';
import { countAll, emptyCounts, mergeCounts } from '../../core/counts.ts';
import { countable, kindCounts, targetOutcome } from '../support/arbitraries.ts';

describe('merging counts', () => {
  it('is associative and order-free, with the empty counts as identity', () => {
    fc.assert(
      fc.property(kindCounts, kindCounts, kindCounts, (a, b, c) => {
        expect(mergeCounts(mergeCounts(a, b), c)).toEqual(mergeCounts(a, mergeCounts(b, c)));
        expect(mergeCounts(a, b)).toEqual(mergeCounts(b, a));
        expect(mergeCounts(a, emptyCounts())).toEqual(a);
      }),
    );
  });

  it('says the same as counting all at once, wherever the list is cut', () => {
    fc.assert(
      fc.property(fc.array(countable), fc.array(countable), (a, b) => {
        expect(mergeCounts(countAll(a), countAll(b))).toEqual(countAll([...b, ...a]));
      }),
    );
  });
});

describe('merging the counted part of summaries', () => {
  const breakdown = targetOutcome.map(breakdownOf);

  it('is associative and order-free, with the empty breakdown as identity', () => {
    fc.assert(
      fc.property(breakdown, breakdown, breakdown, (a, b, c) => {
        const merged = mergeBreakdowns(mergeBreakdowns(a, b), c);
        expect(mergeBreakdowns(a, mergeBreakdowns(b, c))).toEqual(merged);
        expect(mergeBreakdowns(a, b)).toEqual(mergeBreakdowns(b, a));
        expect(mergeBreakdowns(a, emptyBreakdown())).toEqual(a);
      }),
    );
  });

  it('gives the same text whatever the order of the targets', () => {
    fc.assert(
      fc.property(fc.array(targetOutcome), (outcomes) => {
        const text = JSON.stringify(breakdownOfAll(outcomes));
        expect(JSON.stringify(breakdownOfAll(outcomes.toReversed()))).toBe(text);
      }),
    );
  });

  it('adds up: kinds, accounts and the total agree', () => {
    fc.assert(
      fc.property(fc.array(targetOutcome), (outcomes) => {
        const { counts, byKind, byAccount } = breakdownOfAll(outcomes);
        for (const shares of [Object.values(byKind), Object.values(byAccount)])
          expect(shares.reduce((sum, share) => sum + share.resources, 0)).toBe(counts.resources);
      }),
    );
  });
});
