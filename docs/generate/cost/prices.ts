export interface Price {
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  readonly source: string;
  /** Where the figure was seen; looked up on 2026-11-23, that of KMS on 2026-11-27. */
  readonly seenIn: string;
}

const AWS_PAGE = 'a stored copy of that page';
const QUOTED = 'other pages that quote it';

/** List prices in us-east-1, without free tiers. */
export const PRICES = {
  transitions: {
    usd: 0.025,
    per: 1000,
    unit: 'state transitions of Step Functions Standard',
    source: 'https://aws.amazon.com/step-functions/pricing/',
    seenIn: AWS_PAGE,
  },
  invocations: {
    usd: 0.2,
    per: 1_000_000,
    unit: 'requests to Lambda',
    source: 'https://aws.amazon.com/lambda/pricing/',
    seenIn: QUOTED,
  },
  gbSeconds: {
    usd: 0.0000133334,
    per: 1,
    unit: 'GB-second of Lambda, arm64',
    source: 'https://aws.amazon.com/lambda/pricing/',
    seenIn: QUOTED,
  },
  puts: {
    usd: 0.005,
    per: 1000,
    unit: 'PUT and LIST requests to S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/',
    seenIn: QUOTED,
  },
  gets: {
    usd: 0.0004,
    per: 1000,
    unit: 'GET requests to S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/',
    seenIn: 'nowhere: not checked',
  },
  logGb: {
    usd: 0.5,
    per: 1,
    unit: 'GB of logs',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    seenIn: QUOTED,
  },
  traces: {
    usd: 5,
    per: 1_000_000,
    unit: 'traces of X-Ray',
    source: 'https://aws.amazon.com/xray/pricing/',
    seenIn: 'nowhere: not checked',
  },
  macs: {
    usd: 0.03,
    per: 10_000,
    unit: 'requests to KMS',
    source: 'https://aws.amazon.com/kms/pricing/',
    seenIn: QUOTED,
  },
  keys: {
    usd: 1,
    per: 1,
    unit: 'KMS key and month',
    source: 'https://aws.amazon.com/kms/pricing/',
    seenIn: AWS_PAGE,
  },
  alarmMetrics: {
    usd: 0.1,
    per: 1,
    unit: 'metric of an alarm and month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    seenIn: 'nowhere: not checked',
  },
  metrics: {
    usd: 0.3,
    per: 1,
    unit: 'metric of our own and month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    seenIn: QUOTED,
  },
  dashboards: {
    usd: 3,
    per: 1,
    unit: 'dashboard and month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    seenIn: QUOTED,
  },
} as const satisfies Record<string, Price>;
export type Priced = keyof typeof PRICES;

export function usdFor(what: Priced, amount: number): number {
  return (amount / PRICES[what].per) * PRICES[what].usd;
}
