import { type Condition, isFailing, judge } from '../../../core/gate/gate.ts';
import type { Summary } from '../../../core/summary/summary.ts';

type Known = Pick<Summary, 'status' | 'counts' | 'coverage'>;

type Figure = 'stale' | 'usd' | 'unpricedGiB' | 'unpricedUnsized' | 'complete' | 'gaps';
type Differences = Partial<Record<Figure, number>> & { status?: Summary['status'] };

/** As much of a summary as a gate goes by. */
function ended({
  status = 'COMPLETE',
  stale = 0,
  usd = 0,
  unpricedGiB = 0,
  unpricedUnsized = 0,
  complete = 4,
  gaps = 0,
}: Differences = {}): Known {
  const inScope = complete + gaps;
  return {
    status,
    counts: {
      verdicts: { STALE: stale, KEEP: 0, UNKNOWN: 0 },
      staleMonthlyCostUsdUpTo: usd,
      ...{ unpricedGiB, unpricedUnsized },
    },
    coverage: {
      ...{ complete, inScope, gaps: Array.from({ length: gaps }, () => ({})) },
      percent: inScope === 0 ? 0 : Math.floor((complete / inScope) * 1000) / 10,
    },
  } as unknown as Known;
}

const STALE: Condition = { of: 'stale', above: 10 };
const COST: Condition = { of: 'cost', above: 10 };
const COVERAGE: Condition = { of: 'coverage', below: 90 };

const resultOf = (condition: Condition, of: Known) => judge([condition], of)[0]?.result;

it.each([
  [STALE, { stale: 10 }, 'DOES_NOT_HOLD'],
  [STALE, { stale: 11 }, 'HOLDS'],
  [COST, { usd: 10 }, 'DOES_NOT_HOLD'],
  [COST, { usd: 10.01 }, 'HOLDS'],
  [COVERAGE, { complete: 9, gaps: 1 }, 'DOES_NOT_HOLD'],
  [COVERAGE, { complete: 89, gaps: 11 }, 'HOLDS'],
] as const)('holds beyond its limit, and not at it: %j of %j', (condition, of, result) => {
  expect(resultOf(condition, ended(of))).toBe(result);
});

it('knows no cost where something has no price, however little the rest comes to', () => {
  expect(resultOf(COST, ended({ usd: 1, unpricedGiB: 0.5 }))).toBe('NOT_KNOWN');
  expect(resultOf(COST, ended({ usd: 1, unpricedUnsized: 1 }))).toBe('NOT_KNOWN');
  expect(resultOf(COST, ended({ usd: 11, unpricedGiB: 0.5 }))).toBe('HOLDS');
  expect(resultOf(STALE, ended({ unpricedGiB: 0.5 }))).toBe('DOES_NOT_HOLD');
});

it('knows no count and no cost where something in scope was not scanned', () => {
  for (const condition of [STALE, COST])
    expect(resultOf(condition, ended({ status: 'PARTIAL', gaps: 1 }))).toBe('NOT_KNOWN');
  expect(resultOf(STALE, ended({ status: 'PARTIAL', gaps: 1, stale: 11 }))).toBe('HOLDS');
});

it('knows nothing of nothing: no target in scope, a run that failed, no summary', () => {
  for (const condition of [STALE, COST, COVERAGE]) {
    expect(resultOf(condition, ended({ complete: 0 }))).toBe('NOT_KNOWN');
    expect(judge([condition], undefined)).toEqual([
      { condition, figure: null, result: 'NOT_KNOWN' },
    ]);
  }
  expect(resultOf(STALE, ended({ status: 'FAILED' }))).toBe('NOT_KNOWN');
});

it('lets only what is known and does not hold pass', () => {
  const passing = judge([STALE, COST, COVERAGE], ended());
  expect(isFailing(passing)).toBe(false);
  expect(isFailing([...passing, ...judge([COST], ended({ unpricedGiB: 1 }))])).toBe(true);
  expect(isFailing(judge([STALE], ended({ stale: 11 })))).toBe(true);
  expect(isFailing([])).toBe(false);
});
