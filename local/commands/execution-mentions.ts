import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { ApprovalRecord } from '../../core/plan/approval.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import type { Mentions } from '../../report/explain/explain.ts';
import { PlanInBrief } from '../../report/explain/explanation.ts';
import { graceDaysOf, OwnPolicies } from '../../core/input/of-kind.ts';
import { RestoreLine } from '../../core/removal/restore.ts';
import { type ResourceRef, Timestamp } from '../../core/model/ids.ts';
import { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { HeldFile, HeldRemoval, Plan, PlannedRemoval } from '../../core/plan/plan.ts';
import { SummaryStatus } from '../../core/summary/summary.ts';
import { Finding } from '../../core/model/verdict.ts';
import { keysOf } from '../../store/keys.ts';
import { readMeasured } from '../../kinds/ebs-snapshot/measure/log.ts';
import { heldInFiles } from '../../store/held-files.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { readRemovalOutcomes } from '../../steps/summarize/removal-outcomes.ts';
import { linesAbout, readIfPresent } from '../terminal/files-about.ts';

const Mode = z.enum(['report', 'delete']);
/** Files of other versions are read too: no more is asked of them than is told. */
const SummaryFile = z.looseObject({ mode: Mode, status: SummaryStatus, startedAt: Timestamp });
const ExpectedFile = z.looseObject({ mode: Mode, startedAt: Timestamp });
const PolicyFile = z.looseObject({ graceDays: z.number(), kinds: OwnPolicies });
const PlanFile = z.looseObject({
  ...PlanInBrief.pick({ status: true, refusal: true, limits: true }).shape,
  approval: PlanInBrief.shape.approval.default('none'),
  policy: PolicyFile,
  policies: z.record(z.string(), PolicyFile).default({}),
  removals: z.array(z.looseObject({ resourceId: z.string() })),
  held: z.array(z.looseObject({ resourceId: z.string() })),
  heldFiles: z.array(HeldFile).optional(),
});

export interface About {
  readonly store: Store;
  readonly executionId: string;
  readonly resourceId: string;
  /** When it is asked: a removal that was begun and not settled is unknown as of then. */
  readonly now: Date;
}

/**
 * What the files of one execution hold about a resource. One that didn't get to write its files,
 * because it still runs or was broken off, is read from what its steps left.
 */
export async function readMentions(about: About): Promise<Mentions> {
  const { store, executionId } = about;
  const keys = keysOf(executionId);
  const unreadable = new Set<string>();
  const summary = await readIfPresent(store, keys.summary, SummaryFile, unreadable);
  const begun = summary ?? (await readIfPresent(store, keys.expected, ExpectedFile, unreadable));
  const lines = async <T>(key: string, schema: z.ZodType<T>) =>
    linesAbout(about, key, schema, unreadable);
  const findings = await lines(keys.findings, Finding);
  return {
    executionId,
    mode: begun?.mode ?? null,
    status: summary?.status ?? null,
    startedAt: begun?.startedAt ?? null,
    findings: findings ?? (await findingsOfTargets(about, unreadable)),
    removals: (await lines(keys.removals, RemovalOutcome)) ?? (await ledgerOf(about, unreadable)),
    measured: await measuredAfter(about, unreadable),
    restores: (await lines(keys.restores, RestoreLine)) ?? [],
    approval: await readApproval(about, unreadable),
    ...(await readPlan(about, unreadable)),
    unreadable: [...unreadable],
  };
}

async function readApproval({ store, executionId }: About, unreadable: Set<string>) {
  const key = keysOf(executionId).approval;
  const unsealed = fencedStore(store, null, executionId);
  const found = await readIfPresent(unsealed, key, ApprovalRecord, unreadable);
  return found === undefined ? null : { decision: found.decision, by: found.by, at: found.at };
}

async function measuredAfter({ store, executionId }: About, unreadable: Set<string>) {
  try {
    return await readMeasured(store, executionId);
  } catch {
    unreadable.add(store.locationOf(keysOf(executionId).measured));
    return [];
  }
}

async function findingsOfTargets(about: About, unreadable: Set<string>): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const key of about.store.list(keysOf(about.executionId).targetFindingsPrefix)) {
    found.push(...((await linesAbout(about, key, Finding, unreadable)) ?? []));
  }
  return found;
}

async function ledgerOf(
  { store, executionId, resourceId, now }: About,
  unreadable: Set<string>,
): Promise<RemovalOutcome[]> {
  try {
    const plan = await readIfPresent(store, keysOf(executionId).plan, Plan, unreadable);
    if (plan === undefined) return [];
    const unsealed = fencedStore(store, null, executionId);
    const { outcomes } = await readRemovalOutcomes(unsealed, executionId, plan, now.toISOString());
    return outcomes.filter((outcome) => outcome.resourceId === resourceId);
  } catch {
    unreadable.add('the ledger of the removals');
    return [];
  }
}

async function readPlan({ store, executionId, resourceId }: About, unreadable: Set<string>) {
  const key = keysOf(executionId).plan;
  const stored = await readIfPresent(store, key, z.unknown(), unreadable);
  const plan = await readIfPresent(store, key, PlanFile, unreadable);
  if (plan === undefined) return { planned: [], held: [], planFor: () => null };
  const { status, refusal, approval, limits, policy, policies } = plan;
  // As it stands in the file: parsing it may have added what it leaves out.
  const intact = verifyPlan(stored as Plan);
  const isAbout = (one: { resourceId: string }) => one.resourceId === resourceId;
  const parsed = <T>(schema: z.ZodType<T>, entries: readonly unknown[]): T[] =>
    entries.flatMap((entry) => {
      const { data } = schema.safeParse(entry);
      if (data === undefined) unreadable.add(store.locationOf(key));
      return data === undefined ? [] : [data];
    });
  const beside: HeldRemoval[] = [];
  for (const file of plan.heldFiles ?? []) {
    try {
      for await (const one of heldInFiles(store, { executionId, heldFiles: [file] }))
        if (isAbout(one)) beside.push(one);
    } catch {
      unreadable.add(store.locationOf(keysOf(executionId).held(file.digest)));
    }
  }
  return {
    planned: parsed(PlannedRemoval, plan.removals.filter(isAbout)),
    held: [...parsed(HeldRemoval, plan.held.filter(isAbout)), ...beside],
    planFor: ({ accountId, kind }: ResourceRef) => {
      const graceDays = graceDaysOf(policies[accountId] ?? policy, kind);
      return { status, refusal, approval, limits, graceDays, intact };
    },
  };
}
