import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { type MetricName, METRICS_NAMESPACE } from '../metrics.ts';

/** What an invocation has to say of its work. */
export interface Told {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly metrics?: Readonly<Partial<Record<MetricName, number>>>;
}

/** One invocation, as the one line that is logged of it has it. */
export interface Observed {
  readonly event: unknown;
  readonly apiCalls: number;
  readonly durationMs: number;
}

// Their service is the deployment: Powertools takes it from POWERTOOLS_SERVICE_NAME.
const logger = new Logger();
const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
// Not each request: a large target has hundreds, and the log line counts them.
const tracer = new Tracer({ captureHTTPsRequests: false });

const name = z.string().nullable().catch(null);
/** What an event is about, as far as it says so: bad ones are logged, too. */
const Subject = z
  .object({
    executionId: name,
    accountId: name,
    target: z
      .object({ accountId: name, region: name, kinds: z.array(z.string()).nullable().catch(null) })
      .nullable()
      .catch(null),
  })
  .catch({ executionId: null, accountId: null, target: null });

/** Runs an invocation inside a trace of its own, with what it is about as annotations. */
export async function traced<T>(
  handler: string,
  event: unknown,
  work: () => Promise<T>,
): Promise<T> {
  const parent = findSegment();
  if (parent === undefined) return work();
  const segment = parent.addNewSubsegment(`## ${handler}`);
  tracer.setSegment(segment);
  for (const [key, value] of Object.entries(subjectOf(event))) {
    if (value !== null) tracer.putAnnotation(key, value);
  }
  try {
    return await work();
  } catch (error) {
    tracer.addErrorAsMetadata(error as Error);
    throw error;
  } finally {
    segment.close();
    tracer.setSegment(parent);
  }
}

/** An emulator's Lambda may have no trace to write to. */
function findSegment() {
  try {
    return tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The one line of an invocation, with the same keys in each; what there isn't, such as the Region of
 * a whole account, is left out. The work is done by now, so what can't be told of it is no failure
 * of its own.
 */
export async function tell(
  context: Context,
  observed: Observed,
  told: () => Promise<Told>,
): Promise<void> {
  logger.addContext(context);
  try {
    const { status, counts, metrics: values } = await told();
    logger.info(status, line(observed, status, counts));
    put({ ApiCalls: observed.apiCalls, ...values });
  } catch (error) {
    logger.warn('UNTOLD', { ...line(observed, 'UNTOLD', {}), error: error as Error });
  }
}

/** The line of one that failed: its status is the error's name, as the state machine sees it. */
export function tellFailure(context: Context, observed: Observed, error: Error): void {
  logger.addContext(context);
  logger.error(error.message, { ...line(observed, error.name, {}), error });
  put({ ApiCalls: observed.apiCalls });
}

function line(
  { event, durationMs, apiCalls }: Observed,
  status: string,
  counts: Told['counts'],
): Record<string, unknown> {
  return { ...subjectOf(event), status, counts, durationMs: Math.round(durationMs), apiCalls };
}

function subjectOf(event: unknown) {
  const { executionId, accountId, target } = Subject.parse(event);
  return {
    executionId,
    accountId: target?.accountId ?? accountId,
    region: target?.region ?? null,
    kind: target?.kinds?.join(',') ?? null,
  };
}

function put(values: Readonly<Partial<Record<MetricName, number>>>): void {
  for (const [metric, value] of Object.entries(values)) {
    metrics.addMetric(metric, MetricUnit.Count, value);
  }
  metrics.publishStoredMetrics();
}
