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

/** One execution as it went. Files that it didn't come to write are null or empty. */
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

/** Runs all steps of a trial; `look` sees each as soon as it has ended. */
export async function runTrial(
  trial: Trial,
  look: (stage: Stage, chapters: readonly Chapter[]) => Promise<void>,
): Promise<void> {
  const stage = await openStage(trial.organization);
  const chapters: Chapter[] = [];
  try {
    for (const step of trial.steps) {
      chapters.push(await runStep(stage, step, chapters));
      await look(stage, chapters);
    }
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
  const json = async (key: string) => JSON.parse((await store.get(key))?.body ?? 'null') as unknown;
  return {
    ...ended,
    executionId,
    step,
    calls: witness.calls.slice(before.calls),
    deletions: witness.deletions.slice(before.deletions),
    writes: made,
    crashed: stage.life.happened !== undefined,
    summary: Summary.nullable().parse(await json(keys.summary)),
    plan,
    plannedAt: plan === null ? stage.clock.now().getTime() : Date.parse(plan.createdAt),
    findings: await linesOf(store, keys.findings, Finding),
    targets: await linesOf(store, keys.targets, TargetOutcome),
    removals: await linesOf(store, keys.removals, RemovalOutcome),
    ledger: await ledgerOf(store, executionId),
  };
}

async function linesOf<T>(store: Store, key: string, schema: z.ZodType<T>): Promise<T[]> {
  const lines = (await store.get(key))?.body.split('\n') ?? [];
  return lines.filter((line) => line !== '').map((line) => schema.parse(JSON.parse(line)));
}

function inputOf(step: Step, { organization }: Stage, last: Chapter | undefined): object {
  const { mode, policy, limits, leavesOut, appliesPlan } = step;
  const isApplicable = last?.plan?.status === 'READY' || last?.plan?.status === 'PREVIEW';
  return {
    mode,
    policy: { ...policy, protectTags: PROTECT_TAGS },
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
