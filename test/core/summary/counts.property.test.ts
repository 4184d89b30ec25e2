import fc from 'fast-check';
import {
  breakdownOf,
  breakdownOfAll,
  emptyBreakdown,
  mergeBreakdowns,
} from '../../../core/summary/breakdown.ts';
import { emptyCounts, mergeCounts, type Countable } from '../../../core/summary/counts.ts';
import { NOW } from '../../support/summaries/builders.ts';
import { countAll } from '../../support/summaries/count-all.ts';
import { countable, kindCounts, targetOutcome } from '../../support/summaries/arbitraries.ts';

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
        // What shares data is in one target, and so is never counted in two places.
        const apart = b.map((one) => inGroups(one, 'vol-3', 'vol-4'));
        const merged = mergeCounts(countAll(a, NOW), countAll(apart, NOW));
        expect(merged).toEqual(countAll([...apart, ...a], NOW));
      }),
    );
  });
});

/** The same resource, sharing data with others. */
function inGroups(one: Countable, first: string, second: string): Countable {
  const { billing } = one.evidence;
  if (billing === undefined || billing.sharesWith === null) return one;
  const sharesWith = billing.sharesWith === 'vol-1' ? first : second;
  return { ...one, evidence: { ...one.evidence, billing: { ...billing, sharesWith } } };
}

describe('what stale resources cost', () => {
  const onlyStale = countable.map((one) => ({ ...one, verdict: 'STALE' as const }));

  it('is never less than the largest of them, nor more than all of them', () => {
    fc.assert(
      fc.property(fc.array(onlyStale, { minLength: 1 }), (resources) => {
        const counts = countAll(resources, NOW);
        const costs = resources.map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo ?? 0);
        const all = costs.reduce((sum, cost) => sum + cost, 0);
        expect(counts.staleMonthlyCostUsdUpTo).toBeGreaterThanOrEqual(Math.max(...costs) - 1e-5);
        expect(counts.staleMonthlyCostUsdUpTo).toBeLessThanOrEqual(all + 1e-3);
        expect(counts.staleUnsharedMonthlyCostUsdUpTo).toBeCloseTo(all, 3);
      }),
    );
  });

  it('counts what shares data once: a copy that is no larger adds nothing', () => {
    fc.assert(
      fc.property(fc.array(onlyStale), onlyStale, (others, one) => {
        const { billing } = one.evidence;
        const sharing = {
          ...one,
          evidence: { billing: { ...billing, sharesWith: 'vol-9' } },
        };
        const once = countAll([...others, sharing], NOW);
        const twice = countAll([sharing, ...others, sharing], NOW);
        expect(twice.staleGiB).toBe(once.staleGiB);
        expect(twice.staleMonthlyCostUsdUpTo).toBe(once.staleMonthlyCostUsdUpTo);
        expect(twice.unpricedGiB).toBe(once.unpricedGiB);
      }),
    );
  });

  it('is the same in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(countable), (resources) => {
        expect(countAll(resources.toReversed(), NOW)).toEqual(countAll(resources, NOW));
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
