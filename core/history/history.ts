import { z } from 'zod';
import { NO_CHANGE, type StaleChange } from './stale-change.ts';
import { StaleChangeCount } from './stale-change-count.ts';
import {
  type DoneStep,
  HistoryEntry,
  isAskedAnew,
  isForgotten,
  LEDGERS_KEPT_DAYS,
  sawOthers,
} from './history-entry.ts';
import { doneSince, goneAfter } from './gone.ts';
import { Made, madeAfter, withMade, withOriginsRemoved } from './made.ts';
import { wasTakenBack } from './next-step.ts';
import { ExecutionId, keyInTarget, KindName, resourceOf, Timestamp } from '../model/ids.ts';
import type { KindLook, RemovalOutcome } from '../outcome/outcome.ts';
import type { RemovalStep } from '../outcome/undo.ts';
import { UsualReferences, usualAfter, type WatchedSource } from '../outcome/sanity-floor.ts';
import { type Finding, Observations } from '../model/verdict.ts';
import { observedAfter, withoutObserved } from './observations.ts';
import { DAY_MS } from '../model/age.ts';
import type { TargetRef } from '../model/target.ts';

/** What earlier executions saw stale in one target, by `keyInTarget`. The grace is counted from it. */
const HistoryOfKinds = z.strictObject({
  schemaVersion: z.literal(2),
  entries: z.record(z.string(), HistoryEntry),
  /** When a look at any kind was complete last; absent: never yet. */
  lookedAt: Timestamp.optional(),
  /** By kind, what its reference listings usually have. */
  usual: z.record(KindName, UsualReferences).default({}),
  /** The states that resources are seen in, stale or not, by `keyInTarget`; absent: none. */
  observed: z.record(z.string(), Observations).optional(),
  /**
   * Executions that took a step of something of which there are several, or were about to, and when
   * last. Whoever takes an earlier step back asks their ledgers, however long the resource is gone, as
   * does who finds what a step made that nobody heard of. Absent: none.
   */
  stepsBy: z.record(ExecutionId, Timestamp).optional(),
  /**
   * What went of the kinds that others are copies of, and when, by `keyInTarget`: its last copy stays
   * for a while. Absent: none.
   */
  gone: z.record(z.string(), Timestamp).optional(),
  /** What steps made that stays when they are done, by its id. Absent: nothing. */
  made: z.record(z.string(), Made).optional(),
});
export type History = z.infer<typeof HistoryOfKinds>;

/** As versions wrote it that knew no other kind than EBS snapshots. */
const HistoryOfSnapshots = HistoryOfKinds.omit({ usual: true }).extend({
  schemaVersion: z.literal(1),
  references: UsualReferences.optional(),
});

export const History = z.union([
  HistoryOfKinds,
  HistoryOfSnapshots.transform(({ references, ...history }): History => {
    return {
      ...history,
      schemaVersion: 2,
      usual: references === undefined ? {} : { 'ebs-snapshot': references },
    };
  }),
]);

export function emptyHistory(): History {
  return { schemaVersion: 2, entries: {}, usual: {} };
}

type FindingSeen = Pick<
  Finding,
  | 'kind'
  | 'resourceId'
  | 'verdict'
  | 'reasons'
  | 'evidence'
  | 'startedAt'
  | 'ageDays'
  | 'sizeGiB'
  | 'nextStep'
>;

/** What the history takes in of one kind that was seen to its end. */
export interface KindSeen {
  readonly kind: string;
  /** How many items its reference listings had. */
  readonly references?: KindLook['references'];
  readonly watched: readonly WatchedSource[];
  /** Of its removal, in their order; absent: it has none. */
  readonly steps?: readonly Pick<RemovalStep, 'name'>[];
  /** Another kind's are copies of it. */
  readonly isOrigin?: boolean;
  /** The kinds whose steps make such. */
  readonly madeBy?: readonly string[];
  /** Where it isn't that of all kinds. */
  readonly minReferencePercent?: number;
}

/**
 * The history of a target after an execution has looked at it.
 *
 * Only what was seen ends a staleness: a kind that wasn't seen to its end, an UNKNOWN, or an age limit
 * raised since (TOO_YOUNG alone) says nothing about use and leaves the entry as it is. Anything
 * else that isn't STALE, or isn't listed any more, is dropped: should it become stale again, its
 * grace starts anew. So it does for what another account was seen to use, and for what was only
 * seen stale without looking at a reference that is looked at now: it may have been in use all the
 * time. So it does where it is stale for another kind of reason, one that asks others: what held it
 * before doesn't hold it now. And where a step that orgsweep took was taken back, by whomever.
 *
 * What orgsweep did after the look had begun stays on record, whatever the look shows.
 *
 * @param kinds the kinds that were seen to their end; entries of others stay as they are
 * @param findings all listed findings of the target, whatever their verdict; where one that is
 *   plainly in use isn't among them, the change takes it for gone
 * @param minReferencePercent the execution's limit: what is far below it isn't usual yet
 * @param lookedFrom when the look began; nothing in the findings is older. Absent: at `now`
 * @param now when the execution looked
 */
export function updateHistory(seen: {
  target: TargetRef;
  previous: History;
  kinds: readonly KindSeen[];
  findings: Iterable<FindingSeen>;
  minReferencePercent: number;
  lookedFrom?: Date | undefined;
  now: Date;
}): { next: History; change: StaleChange } {
  if (seen.kinds.length === 0) return { next: seen.previous, change: NO_CHANGE };
  const kinds = new Map(seen.kinds.map((one) => [one.kind, one]));
  const before = new Map(Object.entries(seen.previous.entries));
  const after = new Map([...before].filter(([key]) => !kinds.has(kindOf(key))));
  const changing = new StaleChangeCount(seen.target);
  const now = seen.now.toISOString();
  const from = seen.lookedFrom ?? seen.now;
  const { lookedAt = now } = seen.previous;
  const isLate = Date.parse(lookedAt) > seen.now.getTime();
  const stale = new Set<string>();
  const ended = new Map<string, FindingSeen>();
  const findings = [...seen.findings];
  const listed = new Set(findings.map(keyInTarget));
  for (const finding of findings) {
    if (!kinds.has(finding.kind)) continue;
    const key = keyInTarget(finding);
    const entry = before.get(key);
    if (finding.verdict === 'STALE' && !finding.evidence.usedByOtherAccounts) {
      if (stale.has(key)) continue; // a listing may show a resource twice
      stale.add(key);
      const next = isLate
        ? entry
        : stillStale(entry, finding, kinds.get(finding.kind), { now, from });
      if (next !== undefined) after.set(key, next);
      if (entry !== undefined) changing.addStillStale();
      else changing.addNewlyStale(finding, next?.staleSince ?? now);
    } else if (entry !== undefined && saysNothingAboutUse(finding)) after.set(key, entry);
    else if (entry !== undefined) ended.set(key, finding);
  }
  for (const [key, entry] of before) {
    if (after.has(key)) continue;
    const later = doneSince(entry, from);
    const isOver = later.goneAt === undefined && later.steps === undefined;
    if (isOver) changing.addEnded(resourceOf(key), entry, ended.get(key));
    else if (later.goneAt !== undefined || !ended.has(key)) after.set(key, entry);
    else after.set(key, { staleSince: now, lastSeen: now, ...later });
  }
  const next: History = {
    schemaVersion: 2,
    entries: Object.fromEntries(after),
    lookedAt: isLate ? lookedAt : now,
    usual: isLate ? seen.previous.usual : usualOfAll(seen),
    ...(seen.previous.stepsBy && { stepsBy: seen.previous.stepsBy }),
    ...goneAfter(seen.previous, {
      ...{ from, now: seen.now, listed },
      isOrigin: (key) => kinds.get(kindOf(key))?.isOrigin === true,
    }),
    ...madeAfter(seen.previous, { kinds: kinds.values(), listed, from, now: seen.now }),
    ...observedAfter(seen.previous, {
      ...{ findings, now: seen.now, isLate, isComplete: (key) => kinds.has(kindOf(key)) },
    }),
  };
  return { next, change: changing.total };
}

function usualOfAll({ previous, kinds, ...look }: Parameters<typeof updateHistory>[0]) {
  const usual = { ...previous.usual };
  for (const { kind, ...ofKind } of kinds)
    usual[kind] = usualAfter(usual[kind] ?? {}, { ...look, ...ofKind });
  return usual;
}

/**
 * A history that knows of these removals, so that what is restored, by whomever, starts anew; and of
 * these steps, so that a later execution goes on from them.
 */
export function withGone(
  history: History,
  gone: readonly (Pick<RemovalOutcome, 'kind' | 'resourceId' | 'outcome' | 'at'> &
    Partial<Pick<RemovalOutcome, 'step' | 'made'>>)[],
  executionId: string,
): History {
  const entries = { ...history.entries };
  let steppedAt: string | undefined;
  for (const { outcome, at, step, made, ...resource } of gone) {
    const isDone = outcome === 'REMOVED' || outcome === 'STEP_DONE';
    const done = step !== undefined && isDone && { step, at, executionId, ...(made && { made }) };
    if (done && (steppedAt === undefined || Date.parse(at) > Date.parse(steppedAt))) steppedAt = at;
    const entry = entries[keyInTarget(resource)];
    if (entry === undefined) continue;
    const removed = outcome === 'REMOVED' && { removed: true as const };
    entries[keyInTarget(resource)] = {
      ...entry,
      ...(outcome !== 'STEP_DONE' && { goneAt: at, ...removed }),
      ...(done && { steps: withStep(entry.steps ?? [], done) }),
    };
  }
  if (steppedAt === undefined) return { ...history, entries };
  const making = gone.flatMap(({ outcome, kind, resourceId, step, at, made }) => {
    const isNoted = outcome === 'STEP_DONE' && step !== undefined && made !== undefined;
    return isNoted ? [{ kind, resourceId, step, at, made }] : [];
  });
  const removed = gone.filter(({ outcome }) => outcome === 'REMOVED');
  const known = withMade(history, making, executionId);
  const noted = withOriginsRemoved(known, removed, executionId);
  return {
    ...history,
    ...noted,
    entries,
    stepsBy: withStepsBy(history.stepsBy, executionId, steppedAt),
  };
}

/** A history that knows that an execution may take steps here: what it dies over is looked for there. */
export function withStepsBegun(history: History, executionId: string, at: string): History {
  if (history.stepsBy?.[executionId] !== undefined) return history;
  return { ...history, stepsBy: withStepsBy(history.stepsBy, executionId, at) };
}

function withStepsBy(
  stepsBy: History['stepsBy'] = {},
  executionId: string,
  at: string,
): History['stepsBy'] {
  const from = Date.parse(at) - LEDGERS_KEPT_DAYS * DAY_MS;
  const kept = Object.entries(stepsBy).filter(([, time]) => Date.parse(time) >= from);
  return Object.fromEntries([...kept, [executionId, at]]);
}

/** An invocation notes all that its execution did, what earlier ones noted too. */
function withStep(steps: readonly DoneStep[], done: DoneStep): DoneStep[] {
  const isSame = ({ step, executionId }: DoneStep) =>
    step === done.step && executionId === done.executionId;
  return [...steps.filter((one) => !isSame(one)), done];
}

/**
 * A history in which these resources were never seen stale: their grace starts anew.
 *
 * @param ended by `keyInTarget`, when what is over had begun; a later staleness is another one
 */
export function withoutEnded(history: History, ended: Readonly<Record<string, string>>): History {
  const isOver = (key: string, { staleSince }: HistoryEntry) =>
    Date.parse(staleSince) <= Date.parse(ended[key] ?? '');
  const entries = Object.entries(history.entries).filter((one) => !isOver(...one));
  const isOverBy = (key: string) => {
    const entry = history.entries[key];
    return entry !== undefined && isOver(key, entry);
  };
  return { ...withoutObserved(history, isOverBy), entries: Object.fromEntries(entries) };
}

/** Whether a planned removal still has the staleness that it was planned on: nothing ended it since. */
export function isStillStaleSince(
  { entries }: History,
  removal: { kind: string; resourceId: string; staleSince: string },
): boolean {
  const entry = entries[keyInTarget(removal)];
  if (entry === undefined || entry.goneAt !== undefined) return false;
  return Date.parse(entry.staleSince) <= Date.parse(removal.staleSince);
}

function stillStale(
  entry: HistoryEntry | undefined,
  { evidence, sizeGiB, nextStep }: FindingSeen,
  kind: KindSeen | undefined,
  { now, from }: { readonly now: string; readonly from: Date },
): HistoryEntry {
  const notLookedAt = evidence.notLookedAt ?? [];
  const isProved = entry?.notLookedAt?.every((source) => notLookedAt.includes(source)) ?? true;
  const order = kind?.steps?.map(({ name }) => name) ?? [];
  // What nobody has answered may be what tells that the step was taken.
  const isKnown = (evidence.unanswered ?? []).length === 0;
  const isTakenBack = isKnown && wasTakenBack(nextStep, order, entry?.steps ?? [], from);
  const isOfThat = entry !== undefined && isProved && !isAskedAnew(entry, evidence);
  if (isOfThat && !isTakenBack && !isForgotten(entry, now) && !entry.goneAt)
    return { ...entry, lastSeen: now, sizeGiB };
  const asked = sawOthers(evidence) && { asked: true as const };
  const began = { staleSince: now, lastSeen: now, sizeGiB, ...asked };
  const later = entry && doneSince(entry, from);
  return { ...began, ...(notLookedAt.length > 0 && { notLookedAt }), ...later };
}

function saysNothingAboutUse(finding: FindingSeen): boolean {
  if (finding.verdict === 'UNKNOWN') return true;
  return finding.verdict === 'KEEP' && finding.reasons.every((reason) => reason === 'TOO_YOUNG');
}

function kindOf(key: string): string {
  return resourceOf(key).kind;
}
