import type { Summary } from '../../core/summary.ts';
import { agesChart } from './ages.ts';
import type { Chart, MakeChart } from './chart.ts';
import { costByAccountChart, costByRegionChart, costByUnitChart } from './cost.ts';
import { coverageChart } from './coverage.ts';
import { extraChargesChart, tiersChart } from './extras.ts';
import { reasonsChart } from './reasons.ts';
import type { SeenTarget } from './target-grid.ts';
import { targetsChart } from './targets.ts';
import { trendChart } from './trend.ts';

export type { Chart } from './chart.ts';
export { PALETTE_CSS } from './palette.ts';

/**
 * All charts that have something to show, in the order of the page.
 *
 * @param seen all targets of the execution, where they are at hand
 */
export async function chartsOf(summary: Summary, seen?: Iterable<SeenTarget>): Promise<Chart[]> {
  const makers: readonly MakeChart[] = [
    coverageChart,
    trendChart,
    async (of) => targetsChart(of, seen),
    costByAccountChart,
    costByUnitChart,
    costByRegionChart,
    reasonsChart,
    agesChart,
    tiersChart,
    extraChargesChart,
  ];
  const charts: Chart[] = [];
  for (const make of makers) {
    const chart = await make(summary);
    if (chart !== null) charts.push(chart);
  }
  return charts;
}
