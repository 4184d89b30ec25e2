import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { HubFunctions } from '../hub-functions.ts';
import type { HubMetrics } from './hub-metrics.ts';
import type { HubNames } from '../../config/hub-names.ts';

export interface HubDashboardProps {
  readonly names: HubNames;
  readonly metrics: HubMetrics;
  readonly functions: HubFunctions;
}

/** The operator's questions, each answered by one picture. */
export class HubDashboard extends Construct {
  constructor(scope: Construct, id: string, props: HubDashboardProps) {
    super(scope, id);
    const { names, metrics, functions } = props;
    const each = (metric: 'Errors' | 'Throttles' | 'Duration') =>
      [...functions.byName.keys()].map((name) => metrics.ofFunction(name, metric));
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: names.prefix,
      defaultInterval: Duration.days(28),
    });
    dashboard.addWidgets(
      new TextWidget({
        markdown: `# ${names.prefix}\nTotals are put when an execution is summarized: one point each.`,
        width: 12,
        height: 4,
      }),
      new SingleValueWidget({
        title: 'Is the governance run alive? Days since one succeeded',
        metrics: [metrics.own('DaysSinceGovernanceRun', 'Maximum', Duration.days(1))],
        width: 12,
        height: 4,
      }),
    );
    dashboard.addWidgets(
      graph('How did the last executions end?', [
        metrics.executions('ExecutionsStarted'),
        metrics.executions('ExecutionsSucceeded'),
        metrics.executions('ExecutionsFailed'),
        metrics.executions('ExecutionsTimedOut'),
        metrics.executions('ExecutionsAborted'),
      ]),
      graph('Was everything seen? Targets', [
        metrics.own('TargetsComplete', 'Maximum'),
        metrics.own('TargetsNotComplete', 'Maximum'),
        metrics.own('Throttled', 'Maximum'),
      ]),
      graph('What is stale?', [metrics.own('ResourcesStale', 'Maximum')]),
      graph('What was removed?', [
        metrics.own('RemovalsPlanned', 'Maximum'),
        metrics.own('RemovalsRemoved', 'Maximum'),
        metrics.own('RemovalsFailed', 'Maximum'),
      ]),
      graph('How long does it take? Milliseconds of an execution', [
        metrics.executionMilliseconds(),
      ]),
      graph('Which function takes longest? Milliseconds', each('Duration')),
      graph('Which function fails? A target that is denied fails here, too', each('Errors')),
      graph('Does AWS hold the hub back?', [...each('Throttles'), metrics.hubThrottles()]),
      graph('How many AWS calls?', [metrics.own('ApiCalls', 'Sum')]),
      graph('Did a scheduled call get lost?', [metrics.deadLetters()]),
    );
  }
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 12, height: 6 });
}
