import type { Summary } from '../../../core/summary/summary.ts';
import { agesChart } from './bars/ages.ts';
import type { Chart, MakeChart } from '../markup/chart.ts';
import { costByAccountChart, costByRegionChart, costByUnitChart } from './bars/cost.ts';
import { coverageChart } from './coverage.ts';
import { extraChargesChart, tiersChart } from './bars/extras.ts';
import { reasonsChart } from './bars/reasons.ts';
import type { SeenTarget } from './heat-map/target-grid.ts';
import { targetsChart } from './heat-map/targets.ts';
import { trendChart } from './trend.ts';

export type { Chart } from '../markup/chart.ts';

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
