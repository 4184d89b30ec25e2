import type { Store, StoredObject } from '../adapters/store.ts';
import type { StaleChange } from '../core/change.ts';
import {
  emptyHistory,
  History,
  updateHistory,
  withoutResources,
  withGone,
} from '../core/history.ts';
import type { RemovalOutcome, TargetOutcome } from '../core/outcome.ts';
import { Finding } from '../core/verdict.ts';
import { changeStored } from './change-stored.ts';
import { type UsesByResource, withOtherUses } from './foreign-references.ts';
import { bodyOf } from './stored-json.ts';
import { historyKeys, keysOf, type TargetRef } from './keys.ts';

/** The listed findings of one target, with who uses them in other accounts. */
export async function readFindings(
  store: Store,
  executionId: string,
  target: TargetRef,
  uses: UsesByResource,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const line of store.lines(keysOf(executionId).targetFindings(target))) {
    findings.push(withOtherUses(Finding.parse(JSON.parse(line)), uses));
  }
  return findings;
}

/** What all executions so far saw of a target. */
export async function readHistory(store: Store, target: TargetRef): Promise<History> {
  const stored = await store.get(historyKeys.staleSince(target));
  return stored === undefined ? emptyHistory() : History.parse(JSON.parse(stored.body));
}

/** What one execution saw of a target, and when. */
interface Look {
  readonly target: TargetRef;
  readonly outcome: TargetOutcome;
  /** Not where its discovery never came to write them. */
  readonly hasFindings: boolean;
  readonly uses: UsesByResource;
  readonly minReferencePercent: number;
  readonly now: Date;
}

/** A target's history with this execution's look taken in, not yet written. */
export interface Sight extends Look {
  readonly history: History;
  /** What the look was taken into. */
  readonly stored: StoredObject | undefined;
}

/** Takes this execution's look at a target into the history that all executions share. */
export async function takeIntoHistory(
  store: Store,
  { findings, ...look }: Look & { readonly findings: readonly Finding[] },
): Promise<Sight & { readonly change: StaleChange }> {
  const stored = await store.get(historyKeys.staleSince(look.target));
  const { status, kinds, references } = look.outcome;
  const { next, change } = updateHistory({
    target: look.target,
    previous: parseHistory(stored),
    status,
    kinds: Object.keys(kinds),
    findings,
    references,
    minReferencePercent: look.minReferencePercent,
    now: look.now,
  });
  return { ...look, history: next, change, stored };
}

/**
 * Writes a history. Where another execution wrote it meanwhile, the look is taken into that one's:
 * else what it saw in use would keep the grace it had before.
 */
export async function writeHistory(store: Store, executionId: string, sight: Sight): Promise<void> {
  let isFirst = true;
  await changeHistory(store, sight.target, async () => {
    if (isFirst) {
      isFirst = false;
      return sight;
    }
    const { target, uses } = sight;
    const findings = sight.hasFindings ? await readFindings(store, executionId, target, uses) : [];
    return takeIntoHistory(store, { ...sight, findings });
  });
}

/** Lets the grace of these resources start anew, as of those that were restored. */
export async function forgetStaleSince(
  store: Store,
  target: TargetRef,
  resources: readonly { kind: string; resourceId: string }[],
): Promise<void> {
  await changeHistory(store, target, async () => {
    const stored = await store.get(historyKeys.staleSince(target));
    return { stored, history: withoutResources(parseHistory(stored), resources) };
  });
}

/** Notes which resources are gone, for the day when somebody restores one. */
export async function noteGone(
  store: Store,
  target: TargetRef,
  outcomes: Iterable<RemovalOutcome>,
): Promise<void> {
  const gone = [...outcomes].filter(
    ({ outcome }) => outcome === 'REMOVED' || outcome === 'ALREADY_GONE',
  );
  if (gone.length === 0) return;
  await changeHistory(store, target, async () => {
    const stored = await store.get(historyKeys.staleSince(target));
    return { stored, history: withGone(parseHistory(stored), gone) };
  });
}

/** @param change asked again, for what is stored by then, whenever somebody else was first */
async function changeHistory(
  store: Store,
  target: TargetRef,
  change: () => Promise<Pick<Sight, 'stored' | 'history'>>,
): Promise<void> {
  await changeStored(store, historyKeys.staleSince(target), async () => {
    const { stored, history } = await change();
    return { stored, body: bodyOf(history) };
  });
}

function parseHistory(stored: StoredObject | undefined): History {
  return stored === undefined ? emptyHistory() : History.parse(JSON.parse(stored.body));
}
