import pMap from 'p-map';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { makePace } from '../../../aws/answers/pace.ts';
import type { SpokeSessions } from '../../../aws/sessions/spoke-session.ts';
import type { Clock } from '../../../clock/clock.ts';
import { type LineageToMeasure, reported, upTo } from '../../../core/measure/measurable.ts';
import { REQUESTS_PER_SECOND } from './estimate.ts';
import type { MeasuredLineage } from '../../../core/measure/measured.ts';
import type { PriceTable } from '../../../core/prices/price-table.ts';
import { targetKey } from '../../../core/model/target.ts';
import type { ExactSize } from '../../kind.ts';
import type { Store } from '../../../store/store.ts';
import type { LastCopies } from './lineages.ts';
import { noteMeasured } from './log.ts';
import { makeRequestAllowance, type RequestAllowance } from './request-allowance.ts';

export interface MeasureDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  spokesFor(executionId: string): SpokeSessions;
}

export interface MeasureRequest {
  readonly executionId: string;
  readonly lineages: readonly LineageToMeasure[];
  readonly lastCopies: LastCopies;
  /** Those that the execution went by. */
  readonly prices: PriceTable;
  /** What measures a kind; undefined: nothing does. */
  readonly exactSizeOf: (kind: string) => ExactSize | undefined;
  /** That may be sent in all. */
  readonly maxRequests: number;
  readonly targetsAtOnce: number;
  readonly onRequest?: (sent: number) => void;
  readonly onMeasured?: (line: MeasuredLineage) => void;
}

/** Somebody said stop. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Measures lineages, target by target, and writes each down as soon as it is known. Every one gets a
 * line: one that can't be measured says why, and never keeps the others.
 */
export async function measureLineages(
  deps: MeasureDeps,
  request: MeasureRequest,
): Promise<MeasuredLineage[]> {
  const allowance = makeRequestAllowance(request.maxRequests);
  const targets = new Set(request.lineages.map(targetKey));
  const measured = await pMap(
    [...targets].map((key) => request.lineages.filter((one) => targetKey(one) === key)),
    async (lineages) => {
      const pace = makePace(deps.clock, { burst: 1, perSecond: REQUESTS_PER_SECOND });
      const ended: MeasuredLineage[] = [];
      for (const lineage of lineages) {
        const line = await measureOne(deps, request, lineage, { pace, allowance });
        await noteMeasured(deps.store, request.executionId, line);
        request.onMeasured?.(line);
        ended.push(line);
      }
      return ended;
    },
    { concurrency: request.targetsAtOnce },
  );
  return measured.flat();
}

interface Manners {
  readonly pace: () => Promise<void>;
  readonly allowance: RequestAllowance;
}

async function measureOne(
  deps: MeasureDeps,
  { executionId, lastCopies, prices, exactSizeOf, onRequest }: MeasureRequest,
  lineage: LineageToMeasure,
  { pace, allowance }: Manners,
): Promise<MeasuredLineage> {
  const { kind, accountId, region, lineageId } = lineage;
  let requests = 0;
  const goOn = () => {
    if (deps.signal?.aborted) throw new Interrupted('it was interrupted before it was measured');
    allowance.check();
  };
  const line = (): Omit<MeasuredLineage, 'outcome' | 'kept' | 'notMeasured'> => ({
    ...{ kind, accountId, region, lineageId },
    stale: lineage.stale.map(({ resourceId }) => resourceId),
    ...{ freed: null, freedButLastCopy: null, requests },
    ...{ reported: reported(lineage), upTo: upTo(lineage) },
    at: deps.clock.now().toISOString(),
  });
  try {
    goOn();
    const exactSize = exactSizeOf(kind);
    if (exactSize === undefined) throw new Error(`nothing tells what ${kind} really takes`);
    const measured = await exactSize.measure({
      lineage,
      prices,
      lastCopies: lastCopies && (lastCopies.get(targetKey(lineage)) ?? new Set()),
      open: async () => deps.spokesFor(executionId).open(accountId, region, 'discover'),
      beforeRequest: async () => {
        await pace();
        goOn();
        allowance.take();
        requests += 1;
        onRequest?.(1);
      },
    });
    return { ...line(), outcome: 'MEASURED', ...measured };
  } catch (error) {
    const { notMeasured } = lineage;
    const failure = toAwsFailure(error);
    return { ...line(), outcome: 'NOT_MEASURED', kept: [], notMeasured: [...notMeasured], failure };
  }
}
