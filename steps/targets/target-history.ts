import { type Store, StoreConflict, type StoredObject } from '../../store/store.ts';
import type { StaleChange } from '../../core/history/stale-change.ts';
import { digestOf } from '../../core/plan/digest.ts';
import {
  emptyHistory,
  History,
  type KindSeen,
  updateHistory,
  withGone,
} from '../../core/history/history.ts';
import {
  believe,
  type DoubtOfTarget,
  type HistoryDoubt,
} from '../../core/history/history-doubt.ts';
import { lookAt } from '../../core/outcome/kind-look.ts';
import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import type { RulesByKind } from '../../core/outcome/kind-rules.ts';
import { Finding } from '../../core/model/verdict.ts';
import { believedLines, type LinesWritten } from '../../store/believed-lines.ts';
import { updateStored } from '../../store/update-stored.ts';
import { type UsesByResource, withOtherUses } from './foreign-references.ts';
import { bodyOf, parseJson, parseStored } from '../../store/stored-json.ts';
import { historyKeys, keysOf } from '../../store/keys.ts';
import { noteRestored, withoutRestored } from './restored-since.ts';
import { keyInTarget } from '../../core/model/ids.ts';
import { type Limits, limitsOfKind } from '../../core/input/input.ts';
import type { TargetRef } from '../../core/model/target.ts';

/**
 * The listed findings of one target, with who uses them in other accounts.
 *
 * @throws {RecordTampered} where they aren't those that its outcome tells of
 */
export async function readFindings(
  store: Store,
  executionId: string,
  target: TargetRef,
  { uses, written }: Pick<Look, 'uses' | 'written'>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (written === undefined) return findings;
  const key = keysOf(executionId).targetFindings(target);
  for await (const line of believedLines(store, key, written)) {
    findings.push(withOtherUses(parseStored(Finding, line, store.locationOf(key)), uses));
  }
  return findings;
}

/**
 * What all executions so far saw of a target, as far as it can be believed. One that can't be read
 * counts as none: every grace begins anew there, and nobody else waits for it.
 */
export async function readHistory(store: Store, target: TargetRef, now: Date): Promise<History> {
  const stored = await store.get(historyKeys.staleSince(target));
  const history = parseHistory(stored) ?? emptyHistory();
  return believe((await withoutRestored(store, target, history)) ?? emptyHistory(), now).history;
}

/** What one execution saw of a target, and when. */
interface Look {
  readonly target: TargetRef;
  readonly outcome: TargetOutcome;
  /** As its outcome tells; undefined: nothing was looked at to the end, or isn't to be believed. */
  readonly written: LinesWritten | undefined;
  readonly uses: UsesByResource;
  readonly limits: Limits;
  readonly rules: RulesByKind;
  readonly now: Date;
  /** When it is taken in; `now` may be that of an earlier try. */
  readonly takenInAt: Date;
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
): Promise<Sight & { readonly change: StaleChange; readonly doubts: readonly HistoryDoubt[] }> {
  const { target } = look;
  const stored = await store.get(historyKeys.staleSince(target));
  const read = parseHistory(stored);
  const standing = read && (await withoutRestored(store, target, read));
  const startedAt = new Map(findings.map((one) => [keyInTarget(one), one.startedAt]));
  const { history, doubts } = believe(standing ?? emptyHistory(), look.takenInAt, startedAt);
  const { next, change } = updateHistory({
    target,
    previous: history,
    kinds: kindsSeen(look),
    findings,
    minReferencePercent: look.limits.minReferencePercent,
    now: look.now,
  });
  const { accountId, region } = target;
  const unreadable = read === undefined && stored ? [unreadableDoubt(store, target, stored)] : [];
  if (read !== undefined && standing === undefined) {
    const keptAs = store.locationOf(historyKeys.restored(target));
    unreadable.push({ ...UNREADABLE, keptAs });
  }
  return {
    ...look,
    ...{ history: next, change, stored },
    doubts: [...unreadable, ...doubts].map((doubt) => ({ accountId, region, ...doubt })),
  };
}

/** What was seen to its end there. */
function kindsSeen({ outcome, rules, limits }: Look): KindSeen[] {
  return Object.keys(outcome.kinds).flatMap((kind) => {
    const { status, references } = lookAt(outcome, kind);
    const { minReferencePercent } = limitsOfKind(limits, kind);
    const { watched, steps } = rules.get(kind) ?? { watched: [], steps: [] };
    return status === 'COMPLETE' ? [{ kind, references, watched, steps, minReferencePercent }] : [];
  });
}

const UNREADABLE: DoubtOfTarget = { reason: 'UNREADABLE', resources: null, resourceIds: [] };

function unreadableDoubt(store: Store, target: TargetRef, { body }: StoredObject): DoubtOfTarget {
  if (body === '') return UNREADABLE;
  return { ...UNREADABLE, keptAs: store.locationOf(keyAside(target, body)) };
}

/** What can't be read makes room for the next history; it is kept, for somebody to look at. */
async function keepAside(store: Store, target: TargetRef, stored: StoredObject): Promise<void> {
  if (stored.body === '') return;
  try {
    await store.put(keyAside(target, stored.body), stored.body, { absent: true });
  } catch (error) {
    // It is kept already.
    if (!(error instanceof StoreConflict)) throw error;
  }
}

function keyAside(target: TargetRef, body: string): string {
  return historyKeys.unreadable(target, digestOf(body).slice(0, 12));
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
    const findings = await readFindings(store, executionId, sight.target, sight);
    return takeIntoHistory(store, { ...sight, findings });
  });
}

/** Lets the grace of these resources start anew, as of those that were restored. */
export async function forgetStaleSince(
  store: Store,
  target: TargetRef,
  resources: readonly { kind: string; resourceId: string }[],
): Promise<void> {
  const history = parseHistory(await store.get(historyKeys.staleSince(target)));
  // Of one that can't be read, every grace begins anew.
  if (history !== undefined) await noteRestored(store, target, history, resources);
}

const NOTED: ReadonlySet<RemovalOutcome['outcome']> = new Set([
  'REMOVED',
  'ALREADY_GONE',
  'STEP_DONE',
]);

/**
 * Notes which resources are gone, for the day when somebody restores one, and which went one step
 * further, for the execution that goes on.
 */
export async function noteGone(
  store: Store,
  target: TargetRef,
  executionId: string,
  outcomes: Iterable<RemovalOutcome>,
): Promise<void> {
  const gone = [...outcomes].filter(({ outcome }) => NOTED.has(outcome));
  if (gone.length === 0) return;
  await changeHistory(store, target, async () => {
    const stored = await store.get(historyKeys.staleSince(target));
    return { stored, history: withGone(parseHistory(stored) ?? emptyHistory(), gone, executionId) };
  });
}

/** @param change asked again, for what is stored by then, whenever somebody else was first */
async function changeHistory(
  store: Store,
  target: TargetRef,
  change: () => Promise<Pick<Sight, 'stored' | 'history'>>,
): Promise<void> {
  await updateStored(store, historyKeys.staleSince(target), async () => {
    const { stored, history } = await change();
    if (stored && parseHistory(stored) === undefined) await keepAside(store, target, stored);
    return { stored, body: bodyOf(history) };
  });
}

/** Undefined for what can't be read. */
function parseHistory(stored: StoredObject | undefined): History | undefined {
  return stored === undefined ? emptyHistory() : History.safeParse(parseJson(stored.body)).data;
}
