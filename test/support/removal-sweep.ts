import type { Clock } from '../../clock/clock.ts';
import type { Store } from '../../store/store.ts';
import { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { Plan } from '../../core/plan/plan.ts';
import { Summary } from '../../core/summary/summary.ts';
import type { SnsMessage } from '../../report/message/sns-message.ts';
import type { Environment } from '../../local/environment/environment.ts';
import { execute, type LocalExecution } from '../../local/environment/execute.ts';
import type { SimFault } from '../../simulation/model/fault.ts';
import type { Scenario, SimEstate, SimOrganization } from '../../simulation/model/organization.ts';
import { visibleTargets } from '../../simulation/population/organization.ts';
import type { Simulation } from '../../simulation/server.ts';
import type { MayChange } from '../../simulation/services/ec2/role-conditions.ts';
import type { Deps } from '../../steps/deps.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import type { LedgerEntry } from '../../steps/ledger/ledger-batch.ts';
import { Unreadable } from '../../store/stored-json.ts';
import { retriesBy } from './aws/retries.ts';
import { makeManualClock } from './manual-clock.ts';
import { makeMemoryStore } from './stores/memory-store.ts';
import { openSimulatedSweep } from './simulated-sweep.ts';
import { steadyScenario } from './organizations/steady-scenario.ts';
import { readLedger } from './stores/read-ledger.ts';

export const AT_ONCE = { graceDays: 0, requireUndo: false };

/** How an execution ended; what it came to write, it may have left out. */
export interface Ended {
  readonly executionId: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly error: string | null;
  readonly published: SnsMessage | undefined;
  readonly summary: Summary | null;
  readonly plan: Plan | null;
  readonly removals: readonly RemovalOutcome[];
  readonly ledger: readonly LedgerEntry[];
}

/**
 * Delete executions on a simulated organization, with a store in memory and a clock that moves only
 * when somebody waits: minutes of polite waiting take no time, and times can be told exactly.
 */
export interface RemovalSweep {
  readonly simulation: Simulation;
  readonly organization: SimOrganization;
  readonly clock: ReturnType<typeof makeManualClock>;
  /** Without what the options put around it. */
  readonly store: Store;
  readonly sealOf: Deps['sealOf'];
  readonly awsTime: Deps['awsTime'];
  readonly estates: readonly SimEstate[];
  readonly ids: readonly string[];
  run(executionId: string, input?: Record<string, unknown>): Promise<Ended>;
  /** Ids of all snapshots that are gone, sorted, from the organization's own state. */
  gone(): string[];
  close(): Promise<void>;
}

export interface RemovalSweepOptions {
  readonly scenario?: Scenario;
  readonly faults?: readonly SimFault[];
  readonly signal?: AbortSignal;
  /** With the scenario's Recycle Bin rules; without them no removal waits for the bin. */
  readonly hasRecycleBin?: boolean;
  readonly store?: (store: Store) => Store;
  readonly deps?: (deps: Deps) => Deps;
  /** Milliseconds for so many seconds of a Retry. */
  readonly retryWait?: (seconds: number) => number;
  /** Of the machine that orgsweep runs on, where it isn't AWS's. */
  readonly ownClock?: (clock: Clock) => Clock;
  /** What the spoke roles' policies say. */
  readonly mayChange?: MayChange;
  /** Around each function, as `Environment` has it. */
  readonly wrap?: Environment['wrap'];
  /** Of the Maps, see `SimulatedSweep`. */
  readonly maxChildren?: number;
  /** Who answers where a plan waits for a person; left out: a decision in the store. */
  readonly awaitCallback?: LocalExecution['awaitCallback'];
}

/** 8 of 20 snapshots are removed. */
export const TINY = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 20, seed: 5 });

export async function openRemovalSweep(options: RemovalSweepOptions = {}): Promise<RemovalSweep> {
  const { scenario = TINY, faults = [], signal } = options;
  const clock = makeManualClock(new Date());
  const store = makeMemoryStore();
  const sweep = await openSimulatedSweep(scenario, {
    clock,
    retryStrategy: retriesBy((milliseconds) => {
      clock.advance(milliseconds);
      return 0;
    }),
    faults,
    store: () => options.store?.(store) ?? store,
    ...(signal && { signal }),
    ...(options.mayChange && { mayChange: options.mayChange }),
    ...(options.maxChildren && { maxChildren: options.maxChildren }),
    ...(options.ownClock && { ownClock: options.ownClock }),
  });
  const { organization, simulation } = sweep;
  const environment: Environment = {
    ...sweep.environment,
    deps: options.deps?.(sweep.environment.deps) ?? sweep.environment.deps,
    retryWait: options.retryWait ?? (() => 1),
    ...(options.wrap && { wrap: options.wrap }),
  };
  const targets = visibleTargets(organization);
  const estates = targets.map(({ accountId, region }) => organization.estate(accountId, region));
  if (!options.hasRecycleBin) for (const estate of estates) estate.setRetentionRules([]);
  return {
    simulation,
    organization,
    clock,
    store,
    sealOf: environment.deps.sealOf,
    awsTime: environment.deps.awsTime,
    estates,
    ids: targets.map(({ accountId, region }) => `${accountId}/${region}`),
    run: async (executionId, input = {}) => {
      const { result, published } = await execute(environment, {
        executionId,
        input: { ...scenario.input, mode: 'delete', ...input, policy: policyOf(scenario, input) },
        topic: undefined,
        ...(options.awaitCallback && { awaitCallback: options.awaitCallback }),
      });
      const { status } = result;
      const error = result.status === 'FAILED' ? result.error.Error : null;
      return { executionId, status, error, published, ...(await readEnd(store, executionId)) };
    },
    gone: () => estates.flatMap((estate) => [...estate.deletedSnapshotIds()]).toSorted(),
    close: sweep.close,
  };
}

function policyOf({ input }: Scenario, { policy }: Record<string, unknown>) {
  return { ...(input['policy'] as object), ...AT_ONCE, ...(policy as object | undefined) };
}

async function readEnd(store: Store, executionId: string) {
  const keys = keysOf(executionId);
  const json = async (key: string): Promise<unknown> => {
    const found = await store.get(key);
    return found === undefined ? null : (JSON.parse(found.body) as unknown);
  };
  const lines = (await store.get(keys.removals))?.body.split('\n').filter((line) => line !== '');
  return {
    summary: Summary.nullable().parse(await json(keys.summary)),
    plan: Plan.nullable().parse(await json(keys.plan)),
    removals: (lines ?? []).map((line) => RemovalOutcome.parse(JSON.parse(line))),
    ledger: await ledgerOf(store, executionId).catch(unreadableAsEmpty),
  };
}

/** What tests themselves have made unreadable. */
function unreadableAsEmpty(error: unknown): LedgerEntry[] {
  if (error instanceof Unreadable) return [];
  throw error;
}

export async function ledgerOf(store: Store, executionId: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for await (const batch of readLedger(fencedStore(store, null, executionId), executionId))
    entries.push(...batch.entries);
  return entries;
}

/** How many planned removals ended in each way. */
export function tally(outcomes: readonly RemovalOutcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome, reasons } of outcomes) {
    const name = [outcome, ...reasons].join(' ');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
