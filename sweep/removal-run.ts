import type { SpokeClients } from '../adapters/aws-clients.ts';
import type { RemovalOutcome } from '../core/outcome.ts';
import type { Plan, PlannedRemoval } from '../core/plan.ts';
import type { Target } from '../core/target.ts';
import type { Kind, Look } from '../kinds/kind.ts';
import { inRemovalOrder } from '../kinds/registry.ts';
import type { Deps } from './deps.ts';
import { entryKey, type Ledger } from './ledger.ts';

/** How long after its check a resource may still be removed; the request itself needs the rest of 15 s. */
export const CHECK_IS_FRESH_MILLISECONDS = 12_000;
/** A batch takes about this long to remove at the polite rate, well within a check's freshness. */
const BATCH_SECONDS = 5;
/** The most ids one filtered describe takes. */
const MAX_BATCH = 200;

/** One invocation's work on one target: what is planned, what is settled, what waits. */
export interface RemovalRun {
  readonly deps: Deps;
  readonly target: Pick<Target, 'accountId' | 'region'>;
  readonly plan: Plan;
  readonly ledger: Ledger;
  readonly look: Look;
  readonly removalClients: SpokeClients;
  /** Kinds in the order their removals must go. */
  readonly kinds: readonly Kind[];
  readonly planned: readonly PlannedRemoval[];
  readonly tries: Map<string, Tries>;
  readonly endsAt: number;
  nextRemovalAt: number;
  batchSize: number;
}

export interface Tries {
  count: number;
  notBefore: number;
  markedAt: number | null;
}

export interface Batch {
  readonly kind: Kind;
  readonly removals: readonly PlannedRemoval[];
}

export async function startRun(from: {
  deps: Deps;
  executionId: string;
  target: Pick<Target, 'accountId' | 'region'>;
  plan: Plan;
  ledger: Ledger;
}): Promise<RemovalRun> {
  const { deps, target, plan } = from;
  const { accountId, region } = target;
  const spokes = deps.spokesFor(from.executionId);
  return {
    ...from,
    look: {
      clients: await spokes.open(accountId, region, 'discover'),
      accountId,
      region,
      skipReferences: plan.policy.skipReferences,
    },
    removalClients: await spokes.open(accountId, region, 'remove'),
    kinds: inRemovalOrder(deps.kinds),
    planned: plan.removals.filter(
      (removal) => removal.accountId === accountId && removal.region === region,
    ),
    tries: new Map(),
    endsAt: deps.clock.now().getTime() + deps.settings.removalBudgetSeconds * 1000,
    nextRemovalAt: 0,
    batchSize: Math.floor(deps.settings.removalsPerSecond * BATCH_SECONDS),
  };
}

function pending(run: RemovalRun): PlannedRemoval[] {
  return run.planned.filter((removal) => !run.ledger.outcomes.has(entryKey(removal)));
}

export function pendingCount(run: RemovalRun): number {
  return pending(run).length;
}

export function isDone(run: RemovalRun): boolean {
  return (
    run.deps.signal?.aborted === true ||
    run.deps.clock.now().getTime() >= run.endsAt ||
    pendingCount(run) === 0
  );
}

/** The next resources to remove, all of one kind; waits where every one of them has to wait. */
export async function nextBatch(run: RemovalRun): Promise<Batch> {
  const open = pending(run);
  const kind = run.kinds.find((one) => open.some((removal) => removal.kind === one.kind));
  if (kind === undefined) throw new Error('Nothing is pending of any known kind');
  const ofKind = open.filter((removal) => removal.kind === kind.kind);
  const now = run.deps.clock.now().getTime();
  const waitsUntil = (removal: PlannedRemoval) => run.tries.get(entryKey(removal))?.notBefore ?? 0;
  const earliest = Math.min(...ofKind.map(waitsUntil));
  if (earliest > now) await run.deps.clock.sleep(earliest - now);
  const due = ofKind.filter((removal) => waitsUntil(removal) <= Math.max(now, earliest));
  return { kind, removals: due.slice(0, Math.min(MAX_BATCH, Math.max(1, run.batchSize))) };
}

/** Waits for this target's next turn at the polite rate. */
export async function takeTurn(run: RemovalRun): Promise<void> {
  const now = run.deps.clock.now().getTime();
  const turn = Math.max(now, run.nextRemovalAt);
  run.nextRemovalAt = turn + 1000 / run.deps.settings.removalsPerSecond;
  if (turn > now) await run.deps.clock.sleep(turn - now);
}

export function triesOf(run: RemovalRun, removal: PlannedRemoval): Tries {
  const key = entryKey(removal);
  const tries = run.tries.get(key) ?? { count: 0, notBefore: 0, markedAt: null };
  run.tries.set(key, tries);
  return tries;
}

/** The outcome of one planned removal, to be settled in the ledger. */
export function outcomeOf(
  run: RemovalRun,
  removal: PlannedRemoval,
  outcome: RemovalOutcome['outcome'],
  more: Partial<Pick<RemovalOutcome, 'reasons' | 'failure'>> = {},
): RemovalOutcome {
  const { kind, accountId, region, resourceId, sizeGiB, monthlyCostUsdUpTo } = removal;
  return {
    kind,
    accountId,
    region,
    resourceId,
    outcome,
    reasons: more.reasons ?? [],
    ...(more.failure && { failure: more.failure }),
    intentAt: run.ledger.openIntents.get(entryKey(removal))?.intentAt ?? null,
    at: run.deps.clock.now().toISOString(),
    sizeGiB,
    monthlyCostUsdUpTo,
    // Known once the Recycle Bin is looked at; until then nothing is promised.
    restorableUntil: null,
  };
}
