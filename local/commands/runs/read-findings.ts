import { z } from 'zod';
import { InvalidInput, RecordTampered } from '../../../core/model/errors.ts';
import { resourceKey, type ResourceRef, Timestamp } from '../../../core/model/ids.ts';
import { targetKey } from '../../../core/model/target.ts';
import { Finding } from '../../../core/model/verdict.ts';
import { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { isKnownBack, RestoreLine } from '../../../core/removal/restore.ts';
import { verifyPlan } from '../../../core/plan/digest.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { parentUnit } from '../../../core/scope/organizational-units.ts';
import { inWordsOf, wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { type FindingToTell, toTell } from '../../../report/lists/finding-to-tell.ts';
import type { Unit } from '../../../report/page/findings/finding-row.ts';
import { findPlan } from '../../../steps/plan/plan-removals.ts';
import { PlannedByTarget } from '../../../steps/report/planned-by-target.ts';
import { keysOf } from '../../../store/keys.ts';
import type { Store } from '../../../store/store.ts';
import { linesIfPresent, parseJson } from '../../../store/stored-json.ts';
import { readIfPresent } from '../../terminal/files-about.ts';

/** Files of other versions are read too: no more is asked of them than is told. */
const ExpectedFile = z.looseObject({
  accounts: z.array(
    z.looseObject({ id: z.string(), name: z.string(), path: z.string().nullable().default(null) }),
  ),
  organizationalUnits: z.record(z.string(), z.string()).default({}),
  regions: z.array(z.looseObject({ name: z.string() })).optional(),
});
const SummaryFile = z.looseObject({
  finishedAt: Timestamp,
  counts: z.looseObject({ reasons: z.record(z.string(), z.number()) }),
});

/** An account, as findings are told with it. */
interface Account {
  readonly name: string;
  readonly unit: Unit | undefined;
}

/** What a run knows besides its findings. */
export interface RunToTell {
  readonly store: Store;
  readonly executionId: string;
  /** By id, those of the scope and others. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Undefined: the run could not list them. */
  readonly regions: readonly string[] | undefined;
  /** The codes of its findings; none before it has ended. */
  readonly reasons: readonly string[];
  /** null: it has not ended, or its summary can't be read. */
  readonly finishedAt: string | null;
  /** Whether it has a summary: before that, what happens may be another thing yet. */
  readonly hasEnded: boolean;
  /** The files that are there and can't be read. */
  readonly unreadable: ReadonlySet<string>;
  readonly plan: Plan | null;
}

/** @throws {InvalidInput} where it has left no findings */
export async function readRun(store: Store, executionId: string): Promise<RunToTell> {
  const keys = keysOf(executionId);
  const unreadable = new Set<string>();
  const expected = await readIfPresent(store, keys.expected, ExpectedFile, unreadable);
  const summary = await readIfPresent(store, keys.summary, SummaryFile, unreadable);
  const plan = (await findPlan(store, executionId)) ?? null;
  if (plan !== null && !verifyPlan(plan))
    throw new RecordTampered(`${store.locationOf(keys.plan)} is not the plan that was made`);
  const units = expected?.organizationalUnits ?? {};
  const accounts = (expected?.accounts ?? []).map(({ id, name, path }): [string, Account] => {
    return [id, { name, unit: parentUnit(path, units) }];
  });
  return {
    store,
    executionId,
    accounts: new Map(accounts),
    regions: expected?.regions?.map(({ name }) => name),
    reasons: Object.keys(summary?.counts.reasons ?? {}),
    finishedAt: summary?.finishedAt ?? null,
    hasEnded: summary !== undefined || unreadable.has(store.locationOf(keys.summary)),
    unreadable,
    plan,
  };
}

/**
 * The findings of a run as people are told of them, target by target, each with what becomes of it.
 *
 * @param onUnreadable told how many lines were no findings of this version
 * @throws {InvalidInput} where it has left none
 */
export async function* findingsOf(
  run: RunToTell,
  onUnreadable: (lines: number) => void,
): AsyncGenerator<FindingToTell> {
  const { store, executionId, plan, accounts } = run;
  const keys = keysOf(executionId);
  const lines = await linesIfPresent(store, keys.findings);
  if (lines === undefined)
    throw new InvalidInput(
      `${executionId} has written no findings: it still runs, or was broken off. Accepted: an execution that ended.`,
    );
  const planned = plan && (await PlannedByTarget.open(store, plan));
  const removals = await lastByResource(
    await linesIfPresent(store, keys.removals),
    RemovalOutcome,
    { onUnreadable },
  );
  // What is there again of what it removed.
  const restored = await lastByResource(await linesIfPresent(store, keys.restores), RestoreLine, {
    ...{ isTold: isKnownBack, onUnreadable },
  });
  const inWords = inWordsOf(KINDS);
  const words = wordsOf(KINDS);
  const told = { plan, words, finishedAt: run.finishedAt ?? plan?.createdAt ?? '' };
  let [target, plannedIn, bad]: [string, Awaited<ReturnType<PlannedByTarget['of']>>, number] = [
    '',
    () => undefined,
    0,
  ];
  for await (const line of lines) {
    const { data: finding } = Finding.safeParse(parseJson(line));
    if (finding === undefined) {
      bad += 1;
      continue;
    }
    if (planned !== null && targetKey(finding) !== target) {
      target = targetKey(finding);
      plannedIn = await planned.of(finding);
    }
    const account = accounts.get(finding.accountId);
    yield toTell(
      finding,
      { accountName: account?.name, unit: account?.unit, words: inWords(finding) },
      {
        ...{ planned: plannedIn(finding), of: told },
        removal: removals.get(resourceKey(finding)),
        restored: restored.get(resourceKey(finding)),
      },
    );
  }
  if (bad > 0) onUnreadable(bad);
}

/**
 * The last of the lines that tell of a resource, by the resource: as many as were requested to be
 * removed, which limits hold small.
 */
async function lastByResource<T extends ResourceRef>(
  lines: AsyncIterable<string> | undefined,
  schema: z.ZodType<T>,
  {
    isTold = () => true,
    onUnreadable,
  }: {
    readonly isTold?: (line: T) => boolean;
    readonly onUnreadable: (lines: number) => void;
  },
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  let bad = 0;
  for await (const line of lines ?? []) {
    const { data } = schema.safeParse(parseJson(line));
    if (data === undefined) bad += 1;
    else if (isTold(data)) found.set(resourceKey(data), data);
  }
  if (bad > 0) onUnreadable(bad);
  return found;
}
