import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DEPLOYED } from '../../../functions/deployed.ts';
import { METRIC_NAMES } from '../../../functions/metrics.ts';
import { readConfig } from '../../../infra/config/config.ts';
import { HubStack } from '../../../infra/hub/hub-stack.ts';
import { REQUESTS_AT_ONCE } from '../../../store/read-ahead.ts';
import { COUNTED } from './counted.ts';
import { PRICES, type Price, type Priced, usdFor } from './prices.ts';
import {
  ASSUMED,
  KEYS_LISTED_PER_TARGET,
  type Quantities,
  quantitiesOf,
  READ_PER_TARGET,
  type RunCost,
  secondsReading,
  targetsOf,
} from './quantities.ts';

const SIZES = [10, 100, 1000, 10_000];

/** Of `docs/operating.md`: what a report costs, by the number of accounts, and each month. */
export function costTables(): string {
  const quantities = SIZES.map(quantitiesOf);
  const perRun = Object.keys(RUN_ROWS) as RunCost[];
  const sizes = SIZES.map((accounts) => `${number(accounts)} accounts`);
  return [
    table(
      ['of one report', 'how many', ...sizes],
      [
        [
          'targets',
          `accounts × ${ASSUMED.regionsPerAccount}`,
          ...quantities.map(({ targets }) => number(targets)),
        ],
        ...perRun.map((what) => [
          PRICES[what].unit,
          RUN_ROWS[what],
          ...quantities.map((of) => number(of[what])),
        ]),
      ],
    ),
    table(
      ['cost of one report, USD', ...sizes],
      [
        ...perRun.map((what) => [
          PRICES[what].unit,
          ...quantities.map((of) => usd(usdFor(what, of[what]))),
        ]),
        ['**in all**', ...quantities.map((of) => `**${usd(costOf(of))}**`)],
      ],
    ),
    monthlyTable(),
    table(
      ['price, USD', 'for', 'AWS says it on', 'seen in November 2026 in'],
      Object.values(PRICES).map(priceRow),
    ),
    `Reading back what was found: at ${number(SIZES.at(-1) ?? 0)} accounts, Plan makes ${number(targetsOf(10_000))} × ${READ_PER_TARGET.Plan} requests, ${REQUESTS_AT_ONCE} at a time, ${ASSUMED.storeAnswerSeconds * 1000} ms each: ${number(secondsReading('Plan', targetsOf(10_000)))} of its ${number(DEPLOYED.Plan.timeoutSeconds)} s. Summarize: ${number(secondsReading('Summarize', targetsOf(10_000)))} of ${number(DEPLOYED.Summarize.timeoutSeconds)} s.`,
  ].join('\n\n');
}

/** What is priced by the run, and how it is worked out. */
const RUN_ROWS = {
  transitions: `${formula('transitions')}; and 1 an account for the start of its execution`,
  invocations: formula('invocations'),
  gbSeconds: 'each function’s memory × the seconds above',
  puts: `PUT ${formula('puts')}; LIST ${formula('lists')}, and ${KEYS_LISTED_PER_TARGET} for each 1,000 targets`,
  gets: formula('gets'),
  logGb: `${ASSUMED.logKbPerInvocation} KB an invocation, ${ASSUMED.logKbPerTransition} KB a transition`,
  traces: 'at most 1 an account, and 1',
  macs: 'at most 1 an invocation, and 1 for each earlier execution that it goes by',
} as const satisfies Record<RunCost, string>;

function costOf(of: Quantities): number {
  const perRun = Object.keys(RUN_ROWS) as RunCost[];
  return perRun.reduce((sum, what) => sum + usdFor(what, of[what]), 0);
}

/** What is there all the time, counted in the synthesized hub. */
function monthlyTable(): string {
  const resources = hubResources();
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const amounts: readonly [Priced, number][] = [
    ['keys', ofType('AWS::KMS::Key').length],
    [
      'alarmMetrics',
      ofType('AWS::CloudWatch::Alarm')
        .map(metricsOf)
        .reduce((sum, one) => sum + one),
    ],
    ['metrics', METRIC_NAMES.length],
    ['dashboards', ofType('AWS::CloudWatch::Dashboard').length],
  ];
  const total = amounts.reduce((sum, [what, amount]) => sum + usdFor(what, amount), 0);
  return table(
    ['each month', 'how many', 'USD'],
    [
      ...amounts.map(([what, amount]) => [
        PRICES[what].unit.replace(' and month', ''),
        number(amount),
        usd(usdFor(what, amount)),
      ]),
      ['**in all**', '', `**${usd(total)}**`],
    ],
  );
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Metrics?: readonly { readonly MetricStat?: unknown }[] };
}

/** An alarm over an expression is paid for by each metric in it. */
function metricsOf({ Properties: { Metrics } }: Resource): number {
  return Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

function hubResources(): Resource[] {
  const app = new App({ autoSynth: false });
  const codeOf = () => Code.fromInline('exports.handler = async () => {};');
  const stack = new HubStack(app, 'Hub', { config: readConfig({}), codeOf });
  return Object.values(Template.fromStack(stack).toJSON()['Resources'] as Record<string, Resource>);
}

function formula(what: keyof typeof COUNTED): string {
  const { fixed, perAccount, perTarget } = COUNTED[what];
  const times = (factor: number, noun: string) => (factor === 1 ? noun : `${factor} × ${noun}`);
  return [
    String(fixed),
    ...(perAccount === 0 ? [] : [times(perAccount, 'accounts')]),
    ...(perTarget === 0 ? [] : [times(perTarget, 'targets')]),
  ].join(' + ');
}

function priceRow({ usd: price, per, unit, source, seenIn }: Price): string[] {
  return [String(price), per === 1 ? `1 ${unit}` : `${number(per)} ${unit}`, source, seenIn];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function number(value: number): string {
  if (value > 0 && value < 0.005) return 'under 0.01';
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
}

function usd(value: number): string {
  return value > 0 && value < 0.005 ? 'under 0.01' : value.toFixed(2);
}
