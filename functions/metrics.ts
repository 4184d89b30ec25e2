/** The namespace of every metric that a deployed function puts. */
export const METRICS_NAMESPACE = 'orgsweep';

/** Their one dimension: the deployment, as its environment's `POWERTOOLS_SERVICE_NAME` calls it. */
export const METRICS_DIMENSION = 'service';

/**
 * `ApiCalls`: AWS calls, put by every invocation; S3 and Step Functions aren't among them.
 * `DaysSinceGovernanceRun` is put once a day. The others are an execution's totals, put once, when it
 * is summarized; `Throttled` is the part of `TargetsNotComplete` that AWS throttled for too long.
 */
export const METRIC_NAMES = [
  'ApiCalls',
  'DaysSinceGovernanceRun',
  'RemovalsFailed',
  'RemovalsPlanned',
  'RemovalsRemoved',
  'ResourcesStale',
  'TargetsComplete',
  'TargetsNotComplete',
  'Throttled',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];
