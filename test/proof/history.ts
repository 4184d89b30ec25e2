import type { z } from 'zod';
import type { Store } from '../../adapters/store.ts';
import { RemovalOutcome, TargetOutcome } from '../../core/outcome.ts';
import { Plan } from '../../core/plan.ts';
import { Summary } from '../../core/summary.ts';
import { Finding } from '../../core/verdict.ts';
import { keysOf } from '../../sweep/keys.ts';
import type { LedgerEntry } from '../../sweep/ledger-batch.ts';
import { ledgerOf } from '../support/removal-sweep.ts';
import { PROTECT_TAGS } from './needs.ts';
import { type Ended, openStage, type Stage, type Write } from './stage.ts';
import { REGIONS, type Step, type Trial } from './trial.ts';
import type { Deletion, SeenCall } from './witness.ts';

/** One execution as it went. Without a summary, findings and targets are those of its work. */
export interface Chapter extends Ended {
  readonly executionId: string;
  readonly step: Step;
  /** When its plan was made; without one, when it ended. */
  readonly plannedAt: number;
  readonly calls: readonly SeenCall[];
  readonly deletions: readonly Deletion[];
  readonly writes: readonly Write[];
  readonly crashed: boolean;
  readonly summary: Summary | null;
  /** As it was made, whatever was done to it later. */
  readonly plan: Plan | null;
  readonly findings: readonly Finding[];
  readonly targets: readonly TargetOutcome[];
  readonly removals: readonly RemovalOutcome[];
  readonly ledger: readonly LedgerEntry[];
}

type Look = (stage: Stage, chapters: readonly Chapter[]) => Promise<void>;

/** Runs all steps of a trial; `look` sees each as soon as it has ended, `afterwards` the last. */
export async function runTrial(
  trial: Trial,
  look: Look,
  afterwards: Look = async () => undefined,
): Promise<void> {
  const stage = await openStage(trial.organization);
  const chapters: Chapter[] = [];
  try {
    for (const step of trial.steps) {
      chapters.push(await runStep(stage, step, chapters));
      await look(stage, chapters);
    }
    await afterwards(stage, chapters);
  } finally {
    await stage.close();
  }
}

/** Runs one more execution; the ones before it gave their names to `earlier`. */
export async function runStep(
  stage: Stage,
  step: Step,
  earlier: readonly Chapter[],
): Promise<Chapter> {
  const { store, witness, writes } = stage;
  const executionId = `step-${earlier.length + 1}`;
  const before = {
    calls: witness.calls.length,
    deletions: witness.deletions.length,
    writes: writes.length,
  };
  const ended = await stage.run(executionId, step, inputOf(step, stage, earlier.at(-1)));
  const keys = keysOf(executionId);
  const made = writes.slice(before.writes);
  const planned = made.find(({ key }) => key === keys.plan)?.body;
  const plan = Plan.nullable().parse(JSON.parse(planned ?? 'null'));
  const json = JSON.parse((await store.get(keys.summary))?.body ?? 'null') as unknown;
  const summary = Summary.nullable().parse(json);
  return {
    ...ended,
    executionId,
    step,
    calls: witness.calls.slice(before.calls),
    deletions: witness.deletions.slice(before.deletions),
    writes: made,
    crashed: stage.life.happened !== undefined,
    summary,
    plan,
    plannedAt: plan === null ? stage.clock.now().getTime() : Date.parse(plan.createdAt),
    findings: await linesOf(
      store,
      summary === null ? keys.targetFindingsPrefix : keys.findings,
      Finding,
    ),
    targets: await linesOf(
      store,
      summary === null ? keys.outcomesPrefix : keys.targets,
      TargetOutcome,
    ),
    removals: await linesOf(store, keys.removals, RemovalOutcome),
    ledger: await ledgerOf(store, executionId),
  };
}

/** The lines of one file, or of all under a prefix. */
async function linesOf<T>(store: Store, prefix: string, schema: z.ZodType<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const key of store.list(prefix)) {
    const body = (await store.get(key))?.body ?? '';
    // Outcomes of targets are files of their own, over several lines.
    const lines = key.endsWith('.json') ? [body] : body.split('\n').filter((line) => line !== '');
    values.push(...lines.map((line) => schema.parse(JSON.parse(line))));
  }
  return values;
}

function inputOf(step: Step, { organization }: Stage, last: Chapter | undefined): object {
  const { mode, policy, override, limits, leavesOut, appliesPlan } = step;
  const overridden = override === null ? undefined : organization.accounts[override.account]?.id;
  const isApplicable = last?.plan?.status === 'READY' || last?.plan?.status === 'PREVIEW';
  return {
    mode,
    policy: { ...policy, protectTags: PROTECT_TAGS },
    ...(overridden !== undefined && {
      policyOverrides: [{ accounts: [overridden], policy: override?.policy }],
    }),
    limits,
    scope: {
      excludeAccounts: leavesOut.accounts.flatMap(
        (index) => organization.accounts[index]?.id ?? [],
      ),
      excludeRegions: leavesOut.regions.map((index) => REGIONS[index] ?? REGIONS[0]),
    },
    ...(appliesPlan && mode === 'delete' && isApplicable && { plan: last.executionId }),
  };
}
