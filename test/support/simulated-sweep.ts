import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClientOptions } from '../../aws/sessions/aws-clients.ts';
import { type Clock, fastClock } from '../../clock/clock.ts';
import type { Store } from '../../store/store.ts';
import { type Finding, Finding as FindingSchema } from '../../core/model/verdict.ts';
import { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { Plan } from '../../core/plan/plan.ts';
import { Summary } from '../../core/summary/summary.ts';
import type { RunArguments } from '../../local/arguments/run-arguments.ts';
import { DEFAULT_ROLE_NAMES } from '../../local/arguments/defaults.ts';
import { connect, type Environment } from '../../local/environment/environment.ts';
import { execute } from '../../local/environment/execute.ts';
import type { SimFault } from '../../simulation/model/fault.ts';
import type { Scenario, SimOrganization } from '../../simulation/model/organization.ts';
import type { MayChange } from '../../simulation/services/ec2/role-conditions.ts';
import { type Simulation, startSimulation } from '../../simulation/server.ts';
import { keysOf } from '../../store/keys.ts';
import { KINDS } from '../../kinds/registry.ts';
import { makeManualClock } from './manual-clock.ts';
import { retriesBy } from './aws/retries.ts';
import { makeMemoryStore } from './stores/memory-store.ts';

/** The only kind of most sweeps: what they tell mustn't change with the registry. */
export const SNAPSHOT = 'ebs-snapshot';
export const SNAPSHOTS = KINDS.filter(({ kind }) => kind === SNAPSHOT);

/** Fast enough for tests, slow enough that two loaded cores keep within a check's 15 seconds. */
const SPEED = 20;

/** However busy the machine is, no check gets old while it works. */
export const byHand = () => ({ clock: makeManualClock(new Date()), maxChildren: 1 });

export interface SweepFiles {
  readonly executionId: string;
  /** The state machine's own ending. */
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly error: string | null;
  readonly summary: Summary;
  readonly text: string;
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly targets: readonly TargetOutcome[];
  readonly removals: readonly RemovalOutcome[];
  read(name: string): string;
}

/** A simulated organization with a store beside it, for as many executions as a test needs. */
export interface SimulatedSweep {
  readonly simulation: Simulation;
  readonly organization: SimOrganization;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly scenario: Scenario;
  /** Of its files, where it `isInFolder`. */
  readonly folder: string;
  run(input?: Record<string, unknown>): Promise<SweepFiles>;
  close(): Promise<void>;
}

export async function openSimulatedSweep(
  scenario: Scenario,
  options: {
    faults?: readonly SimFault[];
    enableDeletion?: boolean;
    speed?: number;
    /** Of the Maps: with a manual clock, one at a time, so that none waits at another's cost. */
    maxChildren?: number;
    /** Instead of a fast clock: the simulation and orgsweep share it. */
    clock?: Clock;
    /** Instead of those that go by the fast clock. */
    retryStrategy?: ClientOptions['retryStrategy'];
    /** Instead of the simulation's: the machine's that orgsweep runs on. */
    ownClock?: (clock: Clock) => Clock;
    signal?: AbortSignal;
    /** The store that `run` of the command line has, instead of one in memory: synced to the disk. */
    isInFolder?: boolean;
    store?: (store: Store) => Store;
    mayChange?: MayChange;
    /** Of the registry, those that there are. */
    kinds?: readonly string[];
  } = {},
): Promise<SimulatedSweep> {
  const { speed = SPEED, kinds = [SNAPSHOT] } = options;
  const clock = options.clock ?? fastClock(new Date(), speed);
  const byClock = options.clock ? undefined : retriesBy((milliseconds) => milliseconds / speed);
  const organization = scenario.build(clock.now());
  const faults = options.faults ?? scenario.faults;
  const simulation = await startSimulation({
    organization,
    clock,
    seed: scenario.seed,
    faults,
    ...(options.mayChange && { mayChange: options.mayChange }),
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-test-'));
  const connection = await connect(argumentsFor(folder, options.enableDeletion ?? true), {
    clients: {
      endpoint: simulation.endpoint,
      credentials: simulation.credentials,
      maxAttempts: 3,
      retryStrategy: options.retryStrategy ?? byClock,
    },
    region: 'us-east-1',
    clock: options.ownClock?.(clock) ?? clock,
    signal: options.signal ?? new AbortController().signal,
  });
  const memory = options.isInFolder ? undefined : makeMemoryStore();
  const own = memory ?? connection.deps.store;
  const store = options.store?.(own) ?? own;
  const read = memory?.textOf ?? ((key: string) => readFileSync(path.join(folder, key), 'utf8'));
  const environment: Environment = {
    ...connection,
    deps: { ...connection.deps, store, kinds: KINDS.filter(({ kind }) => kinds.includes(kind)) },
    retryWait: (seconds) => (seconds * 1000) / 60,
    maxChildren: options.maxChildren ?? 4,
    wrap: (_name, call) => call,
    close: async () => simulation.close(),
  };
  let runs = 0;
  return {
    simulation,
    organization,
    environment,
    clock,
    scenario,
    folder,
    run: async (input = {}) => {
      runs += 1;
      const executionId = `test-${runs}`;
      const { result } = await execute(environment, {
        executionId,
        input: { ...scenario.input, ...input, policy: policyOf(scenario.input, input) },
        topic: undefined,
      });
      return {
        ...readFiles(read, executionId),
        status: result.status,
        error: result.status === 'FAILED' ? result.error.Error : null,
      };
    },
    close: async () => {
      await simulation.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function policyOf(...inputs: Record<string, unknown>[]): Record<string, unknown> {
  return Object.assign({}, ...inputs.map(({ policy }) => policy)) as Record<string, unknown>;
}

export function argumentsFor(out: string, enableDeletion: boolean): RunArguments {
  return {
    command: 'run',
    simulated: true,
    scenario: undefined,
    input: undefined,
    accounts: [],
    regions: [],
    mode: undefined,
    enableDeletion,
    plan: undefined,
    retry: undefined,
    out,
    roleNames: DEFAULT_ROLE_NAMES,
    self: false,
    topic: undefined,
    quiet: true,
    json: false,
  };
}

function readFiles(
  read: (key: string) => string,
  executionId: string,
): Omit<SweepFiles, 'status' | 'error'> {
  const keys = keysOf(executionId);
  const lines = (key: string): unknown[] =>
    read(key)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  return {
    executionId,
    summary: Summary.parse(JSON.parse(read(keys.summary))),
    text: read(keys.summaryText),
    plan: Plan.parse(JSON.parse(read(keys.plan))),
    findings: lines(keys.findings).map((line) => FindingSchema.parse(line)),
    targets: lines(keys.targets).map((line) => TargetOutcome.parse(line)),
    removals: lines(keys.removals).map((line) => RemovalOutcome.parse(line)),
    read: (name) => read(`${keys.root}/${name}`),
  };
}
