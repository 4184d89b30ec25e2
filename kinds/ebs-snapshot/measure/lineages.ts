import { z } from 'zod';
import type { Store } from '../../../store/store.ts';
import { type Candidate, groupByLineage } from '../../../core/measure/measurable.ts';
import type { HoldReason } from '../../../core/model/hold-reason.ts';
import { targetKey } from '../../../core/model/target.ts';
import { Finding } from '../../../core/model/verdict.ts';
import type { ExactSize } from '../../kind.ts';
import { HeldFile } from '../../../core/plan/plan.ts';
import { heldInFiles } from '../../../store/held-files.ts';
import { keysOf } from '../../../store/keys.ts';
import { linesIfPresent, parseJson, parseStored } from '../../../store/stored-json.ts';
import { resourceKey } from '../../../core/model/ids.ts';

/** All that is asked of a plan: which resources it holds as last copies. */
const HeldInPlan = z.looseObject({
  held: z.array(
    z.looseObject({
      accountId: z.string(),
      region: z.string(),
      resourceId: z.string(),
      held: z.array(z.string()),
    }),
  ),
  heldFiles: z.array(HeldFile).optional(),
});

/** The ids that the plan holds as last copies, by target; null: there is no plan that can be read. */
export type LastCopies = ReadonlyMap<string, ReadonlySet<string>> | null;

/** What an execution found stale, by lineage; undefined where it left no findings. */
export async function readMeasurable(
  store: Store,
  executionId: string,
  exactSizeOf: (kind: string) => Pick<ExactSize, 'candidate'> | undefined,
) {
  const key = keysOf(executionId).findings;
  const lines = await linesIfPresent(store, key);
  if (lines === undefined) return undefined;
  const candidates = new Map<string, Candidate>();
  for await (const line of lines) {
    // Most lines of a large organization are of another verdict: they needn't be parsed.
    if (!line.includes('"STALE"')) continue;
    const finding = parseStored(Finding, line, store.locationOf(key));
    const exactSize = exactSizeOf(finding.kind);
    if (finding.verdict !== 'STALE' || exactSize === undefined) continue;
    candidates.set(resourceKey(finding), exactSize.candidate(finding));
  }
  return groupByLineage(candidates.values());
}

const LAST_COPY = ['LAST_COPY', 'LAST_COPY_OF_REMOVED_VOLUME'] satisfies HoldReason[];

export async function readLastCopies(store: Store, executionId: string): Promise<LastCopies> {
  const stored = await store.get(keysOf(executionId).plan);
  const plan = stored && HeldInPlan.safeParse(parseJson(stored.body)).data;
  if (plan === undefined) return null;
  const byTarget = new Map<string, Set<string>>();
  const add = (one: (typeof plan.held)[number]) => {
    const isLast = LAST_COPY.some((reason) => one.held.includes(reason));
    if (!isLast) return;
    const ids = byTarget.get(targetKey(one)) ?? new Set<string>();
    byTarget.set(targetKey(one), ids.add(one.resourceId));
  };
  for (const one of plan.held) add(one);
  for await (const one of heldInFiles(store, { executionId, heldFiles: plan.heldFiles })) add(one);
  return byTarget;
}
