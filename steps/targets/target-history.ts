import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { type Store, StoreConflict, type StoredObject } from '../../store/store.ts';
import type { StaleChange } from '../../core/history/stale-change.ts';
import { digestOf } from '../../core/plan/digest.ts';
import {
  emptyHistory,
  History,
  type KindSeen,
  updateHistory,
  withGone,
  withStepsBegun,
} from '../../core/history/history.ts';
import {
  believe,
  type DoubtOfTarget,
  type HistoryDoubt,
} from '../../core/history/history-doubt.ts';
import { lookAt } from '../../core/outcome/kind-look.ts';
import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import type { RulesByKind } from '../../core/outcome/kind-rules.ts';
import { Evidence, Finding } from '../../core/model/verdict.ts';
import { believedLines, type LinesWritten } from '../../store/believed-lines.ts';
import { type StoredUpdate, updateStored } from '../../store/update-stored.ts';
import { type ToldByOthers, withOthers } from './foreign-references.ts';
import { bodyOf, parseJson, parseStored } from '../../store/stored-json.ts';
import { historyKeys, keysOf } from '../../store/keys.ts';
import { noteRestored, withoutRestored } from './restored-since.ts';
import { AccountId, keyInTarget, Region } from '../../core/model/ids.ts';
import { type Limits, limitsOfKind } from '../../core/input/input.ts';
import type { TargetRef } from '../../core/model/target.ts';

/** What a kind adds to the evidence of its own is for people: nobody decides by it, and it is most of a finding. */
const ToDecideBy = Finding.extend({ evidence: z.object(Evidence.shape) });

/**
 * The listed findings of one target, with who uses them in other accounts, as far as plans and
 * histories go by them.
 *
 * @throws {RecordTampered} where they aren't those that its outcome tells of
 */
export async function readFindings(
  store: Store,
  executionId: string,
  target: TargetRef,
  { told, written }: Pick<Look, 'told' | 'written'>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (written === undefined) return findings;
  const key = keysOf(executionId).targetFindings(target);
  for await (const line of believedLines(store, key, written)) {
    findings.push(withOthers(parseStored(ToDecideBy, line, store.locationOf(key)), told));
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
export interface Look {
  readonly target: TargetRef;
  readonly outcome: TargetOutcome;
  /** As its outcome tells; undefined: nothing was looked at to the end, or isn't to be believed. */
  readonly written: LinesWritten | undefined;
  /** When it began, as its outcome tells. */
  readonly lookedFrom?: string | undefined;
  readonly told: ToldByOthers;
  readonly limits: Limits;
  readonly rules: RulesByKind;
  readonly now: Date;
  /** When it is taken in; `now` may be that of an earlier try. */
  readonly takenInAt: Date;
}

/** A history with an execution's look taken in, as it waits to be written. */
export const HistoryToWrite = z.strictObject({
  accountId: AccountId,
  region: Region,
  /** Of the one that the look was taken into; null: there was none. */
  version: z.string().nullable(),
  /** null: it has to be worked out once more, as the one that is there can't be read. */
  body: z.string().nullable(),
});
export type HistoryToWrite = z.infer<typeof HistoryToWrite>;

/** What becomes of a target's history by an execution's look at it. */
interface Sight {
  readonly history: History;
  /** What the look was taken into. */
  readonly stored: StoredObject | undefined;
  /** Whether what was stored could be read. */
  readonly isReadable: boolean;
  readonly change: StaleChange;
  readonly doubts: readonly HistoryDoubt[];
}

/** Takes this execution's look at a target into the history that all executions share. */
export async function takeIntoHistory(
  store: Store,
  { findings, ...look }: Look & { readonly findings: readonly Finding[] },
): Promise<Sight> {
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
    lookedFrom: look.lookedFrom === undefined ? undefined : new Date(look.lookedFrom),
    now: look.now,
  });
  const { accountId, region } = target;
  const unreadable = read === undefined && stored ? [unreadableDoubt(store, target, stored)] : [];
  if (read !== undefined && standing === undefined) {
    const keptAs = store.locationOf(historyKeys.restored(target));
    unreadable.push({ ...UNREADABLE, keptAs });
  }
  return {
    ...{ history: next, change, stored, isReadable: read !== undefined },
    doubts: [...unreadable, ...doubts].map((doubt) => ({ accountId, region, ...doubt })),
  };
}

/** What of it is to be written; null: nothing, it is there already. */
export function historyToWrite(
  { accountId, region }: TargetRef,
  { stored, history, isReadable }: Pick<Sight, 'stored' | 'history' | 'isReadable'>,
): HistoryToWrite | null {
  const body = bodyOf(history);
  if (stored?.body === body) return null;
  return { accountId, region, version: stored?.version ?? null, body: isReadable ? body : null };
}

/** What was seen to its end there. */
function kindsSeen({ outcome, rules, limits }: Look): KindSeen[] {
  const origins = new Set([...rules.values()].map(({ origin }) => origin));
  return Object.keys(outcome.kinds).flatMap((kind) => {
    const { status, references } = lookAt(outcome, kind);
    const { minReferencePercent } = limitsOfKind(limits, kind);
    const { watched, steps, madeBy } = rules.get(kind) ?? { watched: [], steps: [] };
    const own = { kind, references, watched, steps, minReferencePercent };
    const ofKind = { ...own, ...(madeBy && { madeBy }) };
    return status === 'COMPLETE' ? [{ ...ofKind, isOrigin: origins.has(kind) }] : [];
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
 *
 * @param again takes the look into what is stored by then
 */
export async function writeHistory(
  store: Store,
  { version, body, ...target }: HistoryToWrite,
  again: () => Promise<Pick<Sight, 'stored' | 'history'>>,
): Promise<void> {
  let isFirst = body !== null;
  await updateStored(store, historyKeys.staleSince(target), async () => {
    if (!isFirst || body === null) return toUpdate(store, target, await again());
    isFirst = false;
    return { stored: version === null ? undefined : { version, body: '' }, body };
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
  await updateStored(store, historyKeys.staleSince(target), async () => {
    const stored = await store.get(historyKeys.staleSince(target));
    const history = withGone(parseHistory(stored) ?? emptyHistory(), gone, executionId);
    return toUpdate(store, target, { stored, history });
  });
}

/** Notes, before any of it is requested, that an execution takes steps here that make something. */
export async function noteStepsBegun(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  target: TargetRef,
  executionId: string,
): Promise<void> {
  await updateStored(store, historyKeys.staleSince(target), async () => {
    const stored = await store.get(historyKeys.staleSince(target));
    const known = parseHistory(stored) ?? emptyHistory();
    const history = withStepsBegun(known, executionId, clock.now().toISOString());
    return history === known ? null : toUpdate(store, target, { stored, history });
  });
}

async function toUpdate(
  store: Store,
  target: TargetRef,
  { stored, history }: Pick<Sight, 'stored' | 'history'>,
): Promise<StoredUpdate> {
  if (stored && parseHistory(stored) === undefined) await keepAside(store, target, stored);
  return { stored, body: bodyOf(history) };
}

/** Undefined for what can't be read. */
function parseHistory(stored: StoredObject | undefined): History | undefined {
  return stored === undefined ? emptyHistory() : History.safeParse(parseJson(stored.body)).data;
}
