import { compare, mostOf } from '../../../../core/model/order.ts';
import type { Summary, TrendPoint } from '../../../../core/summary/summary.ts';
import { formatSize, formatUsdUpTo, sizeUnitOf } from '../../../format/money.ts';

/** What a trend is drawn in: money, where any of it has a price. */
export interface TrendUnit {
  readonly name: string;
  readonly inWords: (value: number) => string;
  /** How much is one on the scale. */
  readonly of: number;
}

/** One run, the earliest first. */
export interface DrawnPoint {
  readonly at: number;
  readonly unused: number;
  /** By all runs until then; null: not known. */
  readonly saved: number | null;
  /** What didn't see everything is no point of a line: less seen isn't less unused. */
  readonly isIncomplete: boolean;
}

export interface Trend {
  readonly runs: readonly TrendPoint[];
  readonly points: readonly DrawnPoint[];
  readonly unit: TrendUnit;
}

/** null: there are fewer than two runs, or nothing of them has a price or a size. */
export function trendOf({ trend }: Pick<Summary, 'trend'>): Trend | null {
  const runs = trend.toSorted((a, b) => compare(a.finishedAt, b.finishedAt));
  const hasMoney = runs.some((run) => run.staleMonthlyCostUsdUpTo > 0);
  const mostGiB = mostOf(runs.map(({ staleGiB }) => staleGiB));
  if (runs.length < 2 || (!hasMoney && !(mostGiB > 0))) return null;
  const size = sizeUnitOf(mostGiB);
  const unit: TrendUnit = hasMoney
    ? { name: '$ a month', inWords: formatUsdUpTo, of: 1 }
    : { name: size.unit, inWords: formatSize, of: size.ofGiB };
  const points = runs.map((run): DrawnPoint => {
    const { saved } = run;
    return {
      at: Date.parse(run.finishedAt),
      unused: hasMoney ? run.staleMonthlyCostUsdUpTo : run.staleGiB,
      saved: saved === undefined ? null : hasMoney ? saved.monthlyCostUsdUpTo : saved.sizeGiB,
      isIncomplete: isIncomplete(run),
    };
  });
  return { runs, points, unit };
}

export function isIncomplete({ complete, inScope }: TrendPoint): boolean {
  return complete < inScope || inScope === 0;
}
