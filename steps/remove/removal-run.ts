import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import type { Policy } from '../../core/input/input.ts';
import { setKeyOf } from '../../core/summary/broken-sets.ts';
import { goneOf, isStillStaleSince } from '../../core/history/history.ts';
import type { AwsFailure, RemovalResult } from '../../core/outcome/outcome.ts';
import { mostOf } from '../../core/model/order.ts';
import type { Plan, PlannedRemoval } from '../../core/plan/plan.ts';
import type { Standing } from '../../core/scope/standing.ts';
import { groupBySet } from '../../core/plan/sets.ts';
import type { Target } from '../../core/model/target.ts';
import type { Kind, Look } from '../../kinds/kind.ts';
import { inRemovalOrder } from '../../kinds/registry.ts';
import type { RemovalDeps } from '../deps.ts';
import { absentServicesIn, type Expected, pricesOf } from '../expected.ts';
import type { Lease } from '../ledger/lease.ts';
import { entryKey, type Ledger, type OpenIntent } from '../ledger/ledger.ts';
import { type BinWatch, isUndecided, mustComeFirst, watchBin } from './removal-bin.ts';
import { readHistory } from '../targets/target-history.ts';
import { fullBatchSize, nextCheckAt, nextTurnAt, type Pace, startPace } from './removal-pace.ts';

/** A removal that waits is looked at this often for an interrupt. */
const WAIT_MILLISECONDS = 1_000;
/** EC2 is eventually consistent. */
const DELETION_SHOWS_MILLISECONDS = 3_000;

/** One invocation's work on one target: what is planned, what is settled, what waits. */
export interface RemovalRun {
  readonly deps: RemovalDeps;
  readonly target: Pick<Target, 'accountId' | 'region'>;
  readonly plan: Plan;
  /** The stricter of what the plan says holds in this account and what holds there now. */
  readonly policy: Policy;
  /** Why nothing may be removed there now; null: what the plan lists may be. */
  readonly hold: Standing['hold'];
  readonly ledger: Ledger;
  readonly lease: Lease;
  readonly look: Look;
  readonly removalClients: SpokeClients;
  /** Kinds in the order their removals must go. */
  readonly kinds: readonly Kind[];
  readonly planned: readonly PlannedRemoval[];
  /** Planned on a grace that has begun anew since; without a grace, none. */
  readonly graceBeganAnew: ReadonlySet<string>;
  /** As `historyKey`s, what any execution noted as gone: EC2 may show it for a while yet. */
  readonly gone: ReadonlySet<string>;
  /** Perhaps requested by an earlier invocation that died over them: they may be gone. */
  readonly inherited: ReadonlySet<string>;
  /** What stays or goes together, by `setKeyOf`. */
  readonly sets: ReadonlyMap<string, readonly PlannedRemoval[]>;
  /** When all members of a set were last found such that they may go. */
  readonly lookedAtSets: Map<string, number>;
  readonly tries: Map<string, Tries>;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly pace: Pace;
  readonly bin: BinWatch;
  batchSize: number;
  /** One removal stayed denied for all of the marker's grace, and none was allowed. */
  deniedThroughout: boolean;
  /** What the clock said last, and how often it said less than before. */
  readonly clockSaid: { latest: number; setBacks: number };
}

export interface Tries {
  count: number;
  notBefore: number;
  markedAt: number | null;
  /** What the last request to AWS ended with that may have been carried out all the same. */
  unanswered: AwsFailure | null;
  /** Why it waits, and how it ends when it has waited often enough. */
  waiting: Ending | null;
}

export interface Ending {
  readonly outcome: RemovalResult;
  readonly reasons: readonly string[];
  readonly failure?: AwsFailure | undefined;
  readonly restorableUntil?: string;
}

export interface Batch {
  readonly kind: Kind;
  readonly removals: readonly PlannedRemoval[];
}

export async function startRun(from: {
  deps: RemovalDeps;
  executionId: string;
  target: Pick<Target, 'accountId' | 'region'>;
  expected: Expected;
  plan: Plan;
  standing: Standing;
  ledger: Ledger;
  lease: Lease;
}): Promise<RemovalRun> {
  const { deps, target, expected, plan } = from;
  const { accountId, region } = target;
  const { policy, hold } = from.standing;
  const spokes = deps.spokesFor(from.executionId);
  const planned = plan.removals.filter(
    (removal) => removal.accountId === accountId && removal.region === region,
  );
  const history = await readHistory(deps.store, target, deps.clock.now());
  const anew =
    policy.graceDays === 0 ? [] : planned.filter((removal) => !isStillStaleSince(history, removal));
  const pace = startPace(deps.settings.removalsPerSecond);
  return {
    ...from,
    policy,
    hold,
    look: {
      clients: await spokes.open(accountId, region, 'discover'),
      accountId,
      region,
      policy,
      now: deps.clock.now(),
      clock: deps.clock,
      absentServices: absentServicesIn(expected, region),
      prices: pricesOf(expected),
    },
    removalClients: await spokes.open(accountId, region, 'remove'),
    kinds: inRemovalOrder(deps.kinds),
    planned,
    graceBeganAnew: new Set(anew.map(entryKey)),
    gone: goneOf(history),
    inherited: new Set(
      [...from.ledger.openIntents.values()].filter(wasRequested).map((intent) => entryKey(intent)),
    ),
    sets: setsOf(planned),
    lookedAtSets: new Map(),
    tries: new Map(),
    startedAt: deps.clock.now().getTime(),
    endsAt: deps.clock.now().getTime() + deps.settings.removalBudgetSeconds * 1000,
    pace,
    bin: watchBin(from.ledger),
    batchSize: fullBatchSize(pace),
    deniedThroughout: false,
    clockSaid: { latest: 0, setBacks: 0 },
  };
}

function setsOf(planned: readonly PlannedRemoval[]): RemovalRun['sets'] {
  const inSets = planned.filter(({ set }) => set !== undefined);
  return new Map(
    groupBySet(inSets, setKeyOf).map((set) => [(set[0] && setKeyOf(set[0])) ?? '', set]),
  );
}

/** Whether a request of ours may have removed it without our knowing. */
export function mayBeOurs(run: RemovalRun, removal: PlannedRemoval): boolean {
  return triesOf(run, removal).unanswered !== null || run.inherited.has(entryKey(removal));
}

/** Whether its removal was requested, as far as the ledger tells, and not refused for now. */
export function isRequested(run: RemovalRun, removal: PlannedRemoval): boolean {
  const intent = run.ledger.openIntents.get(entryKey(removal));
  return intent !== undefined && wasRequested(intent);
}

/** An older version's ledger doesn't tell: it may have been. */
function wasRequested({ requestedAt }: OpenIntent): boolean {
  return requestedAt !== null;
}

/** After a batch that was managed whole, the next may be larger again. */
export function growBatch(run: RemovalRun): void {
  run.batchSize = Math.min(fullBatchSize(run.pace), 2 * run.batchSize);
}

/** The planned removals that have no outcome yet, in the plan's order. */
export function pending(run: RemovalRun): PlannedRemoval[] {
  return run.planned.filter((removal) => !run.ledger.outcomes.has(entryKey(removal)));
}

export function pendingCount(run: RemovalRun): number {
  return pending(run).length;
}

export function isInterrupted(run: RemovalRun): boolean {
  return run.deps.signal?.aborted === true;
}

export function isDone(run: RemovalRun): boolean {
  return isInterrupted(run) || now(run) >= run.endsAt || pendingCount(run) === 0;
}

/** The next resources to remove, all of one kind; null while all of them have to wait. */
export function nextBatch(run: RemovalRun): Batch | null {
  const open = pending(run);
  const kind = run.kinds.find((one) => open.some((removal) => removal.kind === one.kind));
  if (kind === undefined) throw new Error('Nothing is pending of any known kind');
  if (now(run) < nextCheckAt(run.pace, now(run))) return null;
  if (isUndecided(run)) return null;
  const first = mustComeFirst(run);
  const ready = (first.length > 0 ? first : open)
    .filter((removal) => removal.kind === kind.kind && readyAt(run, removal) <= now(run))
    // While all are throttled, no single one uses up its tries.
    .toSorted((a, b) => triesOf(run, a).count - triesOf(run, b).count);
  const removals = withoutHalves(ready, Math.min(run.batchSize, fullBatchSize(run.pace)));
  return removals.length === 0 ? null : { kind, removals };
}

/** At most so many, and a part of a set only where all of it is more. */
function withoutHalves(ready: readonly PlannedRemoval[], most: number): PlannedRemoval[] {
  const removals: PlannedRemoval[] = [];
  for (const unit of groupBySet(ready, setKeyOf)) {
    if (removals.length > 0 && removals.length + unit.length > most) break;
    removals.push(...unit.slice(0, most));
  }
  return removals;
}

/** While one member of a set waits, all of them do. */
export function readyAt(run: RemovalRun, removal: PlannedRemoval): number {
  const set = run.sets.get(setKeyOf(removal) ?? '') ?? [removal];
  const open = set.filter((one) => !run.ledger.outcomes.has(entryKey(one)));
  return mostOf(open.map((one) => triesOf(run, one).notBefore));
}

export async function waitForNext(run: RemovalRun): Promise<void> {
  const times = (removals: readonly PlannedRemoval[]) =>
    removals.map((removal) => readyAt(run, removal));
  const ready = isUndecided(run)
    ? Math.max(...times(mustComeFirst(run)))
    : Math.min(...times(pending(run)));
  const earliest = Math.max(ready, nextCheckAt(run.pace, now(run)));
  await run.deps.clock.sleep(Math.min(WAIT_MILLISECONDS, Math.max(1, earliest - now(run))));
}

/** Waits for this target's next turn, or for an interrupt. */
export async function takeTurn(run: RemovalRun): Promise<void> {
  const turnAt = Math.max(now(run), nextTurnAt(run.pace, now(run)));
  // A clock that is set back would make a moment's wait one of minutes, and the check old.
  const waitedAt = now(run);
  while (now(run) < turnAt && now(run) >= waitedAt && !isInterrupted(run)) {
    await run.deps.clock.sleep(Math.min(WAIT_MILLISECONDS, turnAt - now(run)));
  }
  run.pace.lastTurnAt = Math.min(turnAt, now(run));
}

export function triesOf(run: RemovalRun, removal: PlannedRemoval): Tries {
  const key = entryKey(removal);
  const tries = run.tries.get(key) ?? {
    count: 0,
    // Until then a describe may still show what the earlier invocation removed.
    notBefore: run.inherited.has(key) ? run.startedAt + DELETION_SHOWS_MILLISECONDS : 0,
    markedAt: null,
    unanswered: null,
    waiting: null,
  };
  run.tries.set(key, tries);
  return tries;
}

export function now({ deps, clockSaid }: RemovalRun): number {
  const said = deps.clock.now().getTime();
  if (said < clockSaid.latest) clockSaid.setBacks += 1;
  clockSaid.latest = said;
  return said;
}
