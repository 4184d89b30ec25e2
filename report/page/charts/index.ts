import type { Summary } from '../../../core/summary/summary.ts';
import type { Chart } from '../markup/chart.ts';
import { extraCharges, tiers } from './asides.ts';
import { agesChart } from './bars/ages.ts';
import { reasonsChart } from './bars/reasons.ts';
import { worthByAccount, worthByKind, worthByRegion, worthByUnit } from './bars/worth.ts';
import { coverageChart } from './coverage.ts';
import { heatMap } from './heat-map/heat-map.ts';
import type { SeenTarget } from './heat-map/target-grid.ts';
import { trendChart } from './trend/trend.ts';

/**
 * All charts that have something to show, in the order of the page.
 *
 * @param seen all targets of the execution
 */
export function chartsOf(summary: Summary, seen: Iterable<SeenTarget>): Chart[] {
  return [
    trendChart(summary),
    coverageChart(summary),
    worthByAccount(summary),
    worthByUnit(summary),
    worthByRegion(summary),
    worthByKind(summary),
    reasonsChart(summary),
    agesChart(summary),
    heatMap(summary, seen),
    tiers(summary),
    extraCharges(summary),
  ].filter((chart) => chart !== null);
}
