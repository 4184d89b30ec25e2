import { type Store, StoreConflict, type StoredObject } from '../adapters/store.ts';
import { emptyHistory, History, type StaleChange, updateHistory } from '../core/history.ts';
import type { TargetOutcome } from '../core/outcome.ts';
import { Finding } from '../core/verdict.ts';
import { bodyOf } from './stored-json.ts';
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

/** What one execution saw of a target, and when. */
interface Look {
  readonly target: TargetRef;
  readonly outcome: TargetOutcome;
  readonly now: Date;
}

/** A target's history with this execution's look taken in, not yet written. */
export interface Sight extends Look {
  readonly history: History;
  readonly change: StaleChange;
  /** What the look was taken into. */
  readonly stored: StoredObject | undefined;
}

/** Takes this execution's look at a target into the history that all executions share. */
export async function takeIntoHistory(
  store: Store,
  { findings, ...look }: Look & { readonly findings: readonly Finding[] },
): Promise<Sight> {
  const stored = await store.get(historyKeys.staleSince(look.target));
  const previous = stored === undefined ? emptyHistory() : History.parse(JSON.parse(stored.body));
  const { status, kinds } = look.outcome;
  const seen = { previous, status, kinds: Object.keys(kinds), findings, now: look.now };
  const { next, change } = updateHistory(seen);
  return { ...look, history: next, change, stored };
}

/** More lost races than this, each to another execution's look, are one execution too many. */
const MOST_ATTEMPTS = 10;

/**
 * Writes a history. Where another execution wrote it meanwhile, the look is taken into that one's:
 * else what it saw in use would keep the grace it had before.
 */
export async function writeHistory(store: Store, executionId: string, sight: Sight): Promise<void> {
  const { target } = sight;
  let current = sight;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const { stored } = current;
    const body = bodyOf(current.history);
    // Also our own write, whose answer was lost.
    if (stored?.body === body) return;
    const condition = stored ? { version: stored.version } : ({ absent: true } as const);
    try {
      await store.put(historyKeys.staleSince(target), body, condition);
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
    const findings = await readFindings(store, executionId, target);
    current = await takeIntoHistory(store, { ...current, findings });
  }
  throw new Error(`${store.locationOf(historyKeys.staleSince(target))} could not be written`);
}

async function exists(store: Store, key: string): Promise<boolean> {
  for await (const found of store.list(key)) if (found === key) return true;
  return false;
}
