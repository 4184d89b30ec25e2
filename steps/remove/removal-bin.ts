import { classifyCode, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { RecycleBinRule } from '../../core/outcome/recycle-bin.ts';
import { NOT_SEEN_IN_BIN } from '../../core/summary/restorability.ts';
import type { BinEntry, Kind } from '../../kinds/kind.ts';
import { entryKey, type Ledger } from '../ledger/ledger.ts';
import type { Kept } from './removal-rules.ts';
import { isInterrupted, mayBeOurs, now, pending, readyAt, type RemovalRun } from './removal-run.ts';

/** What is removed appears in the bin within seconds; longer than this, and it isn't there. */
const SEEN_WITHIN_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 1_000;
/** A look for a whole batch that comes at once finds its last ones missing, and has to be made again. */
const SHOWS_AFTER_MILLISECONDS = 2_000;
/** How far the clocks of AWS and of the machine that wrote the intent may be apart. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

/** What one invocation knows of a target's Recycle Bin. */
export interface BinWatch {
  /** As last read, by kind. */
  readonly rules: Map<string, readonly RecycleBinRule[]>;
  /** By the rule's identifier, whether all that was removed under it appeared in the bin. */
  readonly seen: Map<string, boolean>;
  /** Something removed didn't appear in the bin, where that is required. */
  stopped: boolean;
}

/** Every invocation sees for itself that the bin works; that it doesn't, the ledger remembers. */
export function watchBin({ outcomes }: Ledger): BinWatch {
  const stopped = [...outcomes.values()].some(({ reasons }) => reasons.includes(NOT_SEEN_IN_BIN));
  return { rules: new Map(), seen: new Map(), stopped };
}

/** The first removal under each rule goes alone: the others wait until it is seen in the bin. */
export function nextUnderWatch(run: RemovalRun, kept: readonly Kept[]): readonly Kept[] {
  if (isUndecided(run)) return [];
  const unseen = kept.filter(({ rule }) => rule !== null && !run.bin.seen.has(rule.identifier));
  // Waiting for the bin is no good time for a set that has lost its first member.
  const first = unseen.find(({ removal }) => removal.set === undefined) ?? unseen[0];
  return first === undefined ? kept : [first];
}

/** While one of those that must come first waits for another look, everything waits. */
export function isUndecided(run: RemovalRun): boolean {
  return mustComeFirst(run).some((removal) => readyAt(run, removal) > now(run));
}

/**
 * Those whose removal may have been carried out without an answer come before any other as long as
 * the bin wasn't seen to work: they tell whether it does.
 */
export function mustComeFirst(run: RemovalRun): PlannedRemoval[] {
  if (!run.policy.requireRecycleBin || [...run.bin.seen.values()].includes(true)) return [];
  return pending(run).filter((removal) => mayBeOurs(run, removal));
}

export interface InBin {
  readonly entries: ReadonlyMap<string, BinEntry>;
  /** Of the last look, where it failed. */
  readonly failure?: AwsFailure;
}

export interface Waited extends InBin {
  /** What ended the waiting before its time: what wasn't seen by then may still appear. */
  readonly cutShort?: 'INTERRUPTED' | { readonly error: unknown };
}

/** Looks until all of these are in the bin, or until they surely won't appear there any more. */
export async function waitForBin(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
): Promise<Waited> {
  const giveUpAt = now(run) + (expectsBin(run, kind) ? SEEN_WITHIN_MILLISECONDS : 0);
  let seen = await lookIntoBin(run, kind, removals);
  while (seen.entries.size < removals.length && now(run) < giveUpAt) {
    if (isInterrupted(run)) return { ...seen, cutShort: 'INTERRUPTED' };
    if (seen.failure && classifyCode(seen.failure.code) === 'DENIED') break;
    await run.deps.clock.sleep(POLL_MILLISECONDS);
    try {
      await run.lease.renew();
    } catch (error) {
      return { ...seen, cutShort: { error } };
    }
    seen = await lookIntoBin(run, kind, removals);
  }
  return seen;
}

/** As `waitForBin`, for what was removed a moment ago: one look, a little later, shows all of it. */
export async function waitForBatch(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
): Promise<Waited> {
  const lookAt = now(run) + (expectsBin(run, kind) ? SHOWS_AFTER_MILLISECONDS : 0);
  while (now(run) < lookAt && !isInterrupted(run)) await run.deps.clock.sleep(POLL_MILLISECONDS);
  return waitForBin(run, kind, removals);
}

/** Where no rule keeps anything, waiting for the bin would be for nothing. */
function expectsBin(run: RemovalRun, { kind }: Kind): boolean {
  if (run.policy.requireRecycleBin) return true;
  const rules = run.bin.rules.get(kind) ?? [];
  return rules.some(
    ({ status, identifier }) => status === 'available' && run.bin.seen.get(identifier) !== false,
  );
}

export async function lookIntoBin(
  run: RemovalRun,
  { undo }: Kind,
  removals: readonly PlannedRemoval[],
): Promise<InBin> {
  if (undo === null || removals.length === 0) return { entries: new Map() };
  const ids = removals.map(({ resourceId }) => resourceId);
  try {
    const found = await undo.find(run.look.clients, ids);
    const since = removals.filter((removal) => hasEnteredSince(run, removal, found));
    const entries = since.flatMap(({ resourceId }) => {
      const entry = found.get(resourceId);
      return entry === undefined ? [] : [[resourceId, entry] as const];
    });
    return { entries: new Map(entries) };
  } catch (error) {
    return { entries: new Map(), failure: toAwsFailure(error) };
  }
}

function hasEnteredSince(
  run: RemovalRun,
  removal: PlannedRemoval,
  found: ReadonlyMap<string, BinEntry>,
): boolean {
  const intent = run.ledger.openIntents.get(entryKey(removal));
  const entry = found.get(removal.resourceId);
  if (intent === undefined || entry === undefined) return false;
  return Date.parse(entry.enteredAt) >= Date.parse(intent.intentAt) - CLOCK_SKEW_MILLISECONDS;
}
