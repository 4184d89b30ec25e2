import {
  type Candidate,
  groupByLineage,
  type LineageToMeasure,
} from '../../../../core/measure/measurable.ts';
import { estimateMeasuring } from '../../../../kinds/ebs-snapshot/measure/estimate.ts';
import { renderEstimate } from '../../../../kinds/ebs-snapshot/measure/text.ts';

/** 10,000 blocks of 512 KiB: one page. */
const PAGE = 10_000 * 512 * 1024;

function aCandidate(id: string, over: Partial<Candidate> = {}): Candidate {
  return {
    ...{ kind: 'ebs-snapshot', accountId: '111122223333', region: 'us-east-1', resourceId: id },
    startedAt: `2025-01-0${id.length}T00:00:00.000Z`,
    lineage: { id: 'vol-1', size: 4 },
    ...{ upToBytes: PAGE, upToUsd: 1, reason: null },
    ...over,
  };
}
const lineagesOf = (...candidates: Candidate[]) => groupByLineage(candidates).lineages;
const idsOf = (lineages: readonly LineageToMeasure[]) => lineages.map(({ lineageId }) => lineageId);

describe('what is to be measured', () => {
  it('goes by lineage, oldest first, without what cannot be measured', () => {
    const archived = aCandidate('aaaa', { reason: 'ARCHIVED' });
    const copy = aCandidate('c', { lineage: null });
    const { lineages, without } = groupByLineage([
      aCandidate('aa'),
      archived,
      copy,
      aCandidate('a'),
    ]);
    expect(lineages).toHaveLength(1);
    expect(lineages[0]?.stale.map(({ resourceId }) => resourceId)).toEqual(['a', 'aa']);
    expect(lineages[0]?.notMeasured).toEqual([{ resourceId: 'aaaa', reason: 'ARCHIVED' }]);
    expect(without).toEqual([{ resourceId: 'c', reason: 'NO_LINEAGE' }]);
  });

  it('is a volume of one account and Region: ids alone do not make a lineage', () => {
    expect(lineagesOf(aCandidate('a'), aCandidate('b', { region: 'eu-west-1' }))).toHaveLength(2);
  });

  it('begins with what may cost most; what has no price comes after, by size', () => {
    const of = (id: string, upToUsd: number | null, pages: number) =>
      aCandidate(`s-${id}`, { lineage: { id, size: 1 }, upToUsd, upToBytes: pages * PAGE });
    const lineages = lineagesOf(of('a', 1, 9), of('b', null, 8), of('c', 3, 1), of('d', null, 9));
    expect(idsOf(lineages)).toEqual(['c', 'a', 'd', 'b']);
  });

  it('is nothing where all of a lineage is archived', () => {
    const { lineages, without } = groupByLineage([aCandidate('a', { reason: 'ARCHIVED' })]);
    expect([lineages, without]).toEqual([[], [{ resourceId: 'a', reason: 'ARCHIVED' }]]);
  });
});

describe('the estimate', () => {
  it('is a comparison for each stale one at least, and for each neighbour at most', () => {
    const { requests } = estimateMeasuring(lineagesOf(aCandidate('a'), aCandidate('aa')), 1000);
    expect(requests).toEqual({ atLeast: 2, atMost: 4 });
  });

  it('lists the oldest one whole where all are stale', () => {
    const size = { lineage: { id: 'vol-1', size: 2 } };
    const all = [aCandidate('a', { ...size, upToBytes: 7 * PAGE }), aCandidate('aa', size)];
    const { requests } = estimateMeasuring(lineagesOf(...all), 1000);
    expect(requests).toEqual({ atLeast: 8, atMost: 14 });
  });

  it('knows the price of requests in us-east-1, and counts them elsewhere', () => {
    const there = aCandidate('b', { region: 'eu-west-1' });
    const known = estimateMeasuring(lineagesOf(aCandidate('a'), there), 1000);
    expect(known.usd?.atMost).toBeCloseTo(0.0000012, 9);
    expect(known.requestsWithoutPrice).toEqual({ atLeast: 1, atMost: 2 });
    const unknown = estimateMeasuring(lineagesOf(there), 1000);
    expect(unknown.usd).toBeNull();
    const text = renderEstimate(unknown, { maxRequests: 1000, lineages: 1 });
    expect(text.replace(/\s+/g, ' ')).toContain(
      'the price of a request is known for none of these Regions',
    );
  });

  it('costs and takes no more than the requests that are allowed, one target at a time', () => {
    const large = aCandidate('a', { upToBytes: 5000 * PAGE });
    const estimate = estimateMeasuring(lineagesOf(large), 100);
    expect(estimate).toMatchObject({
      requests: { atLeast: 1, atMost: 10_000 },
      seconds: { atLeast: 1, atMost: 10 },
      targetsAtOnce: 1,
    });
    expect(estimate.usd?.atMost).toBeCloseTo(0.00006, 9);
    const text = renderEstimate(estimate, { maxRequests: 100, lineages: 7 });
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Measuring 1 snapshot of the 1 most expensive volume (of 7). requests from 1 to about 10,000; 100 are allowed, and what they are not enough for stays unmeasured',
    );
  });
});
