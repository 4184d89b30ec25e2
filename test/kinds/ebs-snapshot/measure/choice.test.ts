import {
  type Candidate,
  groupByLineage,
  type LineageToMeasure,
} from '../../../../core/measure/measurable.ts';
import {
  chooseLineages,
  experienceOf,
  likelyInAll,
  smallestFirst,
} from '../../../../kinds/ebs-snapshot/measure/choice.ts';
import { lineageKey, type MeasuredLineage } from '../../../../core/measure/measured.ts';

/** 10,000 blocks of 512 KiB: one page. */
const PAGE = 10_000 * 512 * 1024;
const TARGET = { kind: 'ebs-snapshot', accountId: '111122223333', region: 'us-east-1' };

/** A volume with so many stale snapshots of so many pages, and one that is kept. */
function aVolume(id: string, stale: number, pages: number, upToUsd = 1): Candidate[] {
  return Array.from({ length: stale }, (_, at) => ({
    ...TARGET,
    ...{ resourceId: `snap-${id}-${at}`, startedAt: '2025-01-01T00:00:00.000Z', reason: null },
    ...{ lineage: { id, size: stale + 1 }, upToBytes: pages * PAGE, upToUsd },
  }));
}
const lineagesOf = (...volumes: Candidate[][]) => groupByLineage(volumes.flat()).lineages;
const idsOf = (lineages: readonly LineageToMeasure[]) => lineages.map(({ lineageId }) => lineageId);
const amount = { bytes: 1, monthlyCostUsd: null };
const aLine = (lineageId: string, given: Partial<MeasuredLineage> = {}): MeasuredLineage => ({
  ...{ ...TARGET, lineageId, outcome: 'MEASURED', stale: [], kept: [], notMeasured: [] },
  ...{ freed: amount, freedButLastCopy: null, reported: amount, upTo: amount, requests: 2 },
  at: '2026-11-21T06:00:00.000Z',
  ...given,
});
const inVain = (id: string, requests: number) =>
  aLine(id, {
    ...{ outcome: 'NOT_MEASURED', freed: null, requests },
    failure: { code: 'RequestBoundReached', message: '' },
  });

function choose(
  lineages: readonly LineageToMeasure[],
  given: { top?: number; maxRequests: number; lines?: MeasuredLineage[] },
) {
  const { top = 20, maxRequests, lines = [] } = given;
  const known = new Set(lines.filter(({ outcome }) => outcome === 'MEASURED').map(lineageKey));
  const { chosen, leftOut } = chooseLineages(lineages, {
    ...{ top, maxRequests, experience: experienceOf(lineages, lines) },
    isKnown: (lineage) => known.has(lineageKey(lineage)),
  });
  return [idsOf(chosen), leftOut.map(({ lineage, needs }) => [lineage.lineageId, needs])];
}

const three = lineagesOf(aVolume('a', 5, 9, 9), aVolume('b', 2, 9, 5), aVolume('c', 1, 9, 1));

it('leaves out what cannot fit, and takes the next dearest one that may', () => {
  expect(choose(three, { maxRequests: 4, top: 1 })).toEqual([['b'], [['a', 5]]]);
  expect(choose(three, { maxRequests: 4 })).toEqual([['b', 'c'], [['a', 5]]]);
});

it('counts together what the chosen ones take at least', () => {
  expect(choose(three, { maxRequests: 7 })).toEqual([['a', 'b'], [['c', 1]]]);
});

it('leaves out all where not even the smallest fits', () => {
  expect(choose(lineagesOf(aVolume('a', 5, 9)), { maxRequests: 4 })).toEqual([[], [['a', 5]]]);
});

it('takes nothing off for what is measured already', () => {
  expect(choose(three, { maxRequests: 3, lines: [aLine('a')] })).toEqual([['a', 'b', 'c'], []]);
});

it('does not try again with as many requests as were not enough', () => {
  const lines = [inVain('a', 600)];
  expect(choose(three, { maxRequests: 600, top: 1, lines })).toEqual([['b'], [['a', 601]]]);
  expect(choose(three, { maxRequests: 601, top: 1, lines })).toEqual([['a'], []]);
});

it('goes by what others took, where three are measured, and says nothing before', () => {
  const small = ['x', 'y', 'z'].map((id) => aVolume(id, 1, 5));
  const lineages = lineagesOf(aVolume('a', 5, 9, 9), ...small);
  // Each of the small ones took half of the ten that it could have.
  const lines = ['x', 'y', 'z'].map((id) => aLine(id, { requests: 5 }));
  expect(choose(lineages, { maxRequests: 26, top: 1, lines })).toEqual([['x'], [['a', 27]]]);
  expect(choose(lineages, { maxRequests: 27, top: 1, lines })).toEqual([['a'], []]);
  const [a] = lineages as [LineageToMeasure];
  expect(likelyInAll([a], experienceOf(lineages, lines), 1000)).toBe(27);
  expect(likelyInAll([a], experienceOf(lineages, lines), 20)).toBe(20);
  expect(likelyInAll([a], experienceOf(lineages, lines.slice(1)), 1000)).toBeNull();
});

it('begins with those that take least where requests are short', () => {
  expect(idsOf(smallestFirst(three))).toEqual(['c', 'b', 'a']);
});
