import type { Store } from '../adapters/store.ts';
import { emptyHistory, History, type StaleChange, updateHistory } from '../core/history.ts';
import type { TargetOutcome } from '../core/outcome.ts';
import { Finding } from '../core/verdict.ts';
import { writeJson } from './expected.ts';
import { historyKeys, keysOf, type TargetRef } from './keys.ts';

/** The listed findings of one target; none where its discovery never came to write them. */
export async function readFindings(
  store: Store,
  executionId: string,
  target: TargetRef,
): Promise<Finding[]> {
  const key = keysOf(executionId).targetFindings(target);
  const findings: Finding[] = [];
  if (!(await exists(store, key))) return findings;
  for await (const line of store.lines(key)) findings.push(Finding.parse(JSON.parse(line)));
  return findings;
}

/** A target's history with this execution's look taken in, not yet written. */
export interface Sight {
  readonly target: TargetRef;
  readonly history: History;
  readonly change: StaleChange;
}

/** Takes this execution's look at a target into the history that all executions share. */
export async function takeIntoHistory(
  store: Store,
  seen: { target: TargetRef; outcome: TargetOutcome; findings: readonly Finding[]; now: Date },
): Promise<Sight> {
  const stored = await store.get(historyKeys.staleSince(seen.target));
  const previous = stored === undefined ? emptyHistory() : History.parse(JSON.parse(stored.body));
  const { status, kinds } = seen.outcome;
  const { next, change } = updateHistory({ ...seen, previous, status, kinds: Object.keys(kinds) });
  return { target: seen.target, history: next, change };
}

export async function writeHistory(store: Store, { target, history }: Sight): Promise<void> {
  await writeJson(store, historyKeys.staleSince(target), history);
}

async function exists(store: Store, key: string): Promise<boolean> {
  for await (const found of store.list(key)) if (found === key) return true;
  return false;
}
