import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { DeployedName } from '../../../functions/deployed.ts';
import {
  type MetricName,
  METRICS_DIMENSION,
  METRICS_NAMESPACE,
} from '../../../functions/metrics.ts';
import type { HubFunctions } from '../hub-functions.ts';
import type { HubNames } from '../../config/hub-names.ts';

const PERIOD = Duration.minutes(5);

type Ending =
  | 'ExecutionsStarted'
  | 'ExecutionsSucceeded'
  | 'ExecutionsFailed'
  | 'ExecutionsTimedOut'
  | 'ExecutionsAborted';

/** The metrics that alarms and dashboard look at. */
export class HubMetrics {
  readonly #names: HubNames;
  readonly #stateMachineArn: string;
  readonly #functions: HubFunctions;
  readonly #deadLetters: Queue;

  constructor(of: {
    names: HubNames;
    stateMachineArn: string;
    functions: HubFunctions;
    deadLetters: Queue;
  }) {
    this.#names = of.names;
    this.#stateMachineArn = of.stateMachineArn;
    this.#functions = of.functions;
    this.#deadLetters = of.deadLetters;
  }

  executions(metricName: Ending): Metric {
    return this.#ofMachine(metricName, 'Sum');
  }

  executionMilliseconds(): Metric {
    return this.#ofMachine('ExecutionTime', 'Maximum');
  }

  /** One that orgsweep puts itself. */
  own(metricName: MetricName, statistic: 'Maximum' | 'Sum', period = PERIOD): Metric {
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { [METRICS_DIMENSION]: this.#names.prefix },
      statistic,
      period,
    });
  }

  ofFunction(name: DeployedName, metricName: 'Errors' | 'Throttles' | 'Duration'): Metric {
    const statistic = metricName === 'Duration' ? 'Maximum' : 'Sum';
    return this.#functions
      .get(name)
      .function.metric(metricName, { statistic, period: PERIOD, label: name });
  }

  /** What Lambda and Step Functions refused in the hub account itself. */
  hubThrottles(): IMetric {
    // Those that run many at a time; an alarm takes ten metrics at most.
    const crowded: DeployedName[] = ['ListRegions', 'DiscoverTarget', 'RemovePlanned'];
    const usingMetrics: Record<string, IMetric> = {
      machine: this.#ofMachine('ExecutionThrottled', 'Sum'),
    };
    for (const name of crowded) {
      usingMetrics[name.toLowerCase()] = this.ofFunction(name, 'Throttles');
    }
    return new MathExpression({
      // One without data would leave the sum without any.
      expression: Object.keys(usingMetrics)
        .map((id) => `FILL(${id}, 0)`)
        .join(' + '),
      usingMetrics,
      period: PERIOD,
      label: 'Throttled in the hub account',
    });
  }

  deadLetters(): Metric {
    return this.#deadLetters.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: PERIOD,
    });
  }

  #ofMachine(metricName: string, statistic: string): Metric {
    return new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: this.#stateMachineArn },
      statistic,
      period: PERIOD,
    });
  }
}
