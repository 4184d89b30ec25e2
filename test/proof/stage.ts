import type { Store } from '../../adapters/store.ts';
import { planDigest } from '../../core/digest.ts';
import { Plan } from '../../core/plan.ts';
import type { SnsMessage } from '../../adapters/sns-message.ts';
import { connect, type Environment } from '../../local/environment.ts';
import { execute } from '../../local/execute.ts';
import type { SimFault } from '../../simulation/fault.ts';
import type { SimOrganization } from '../../simulation/model.ts';
import { startSimulation } from '../../simulation/server.ts';
import type { FunctionName } from '../../statemachine/contracts.ts';
import { keysOf } from '../../sweep/keys.ts';
import { restoreExecution } from '../../sweep/restore-execution.ts';
import type { Restored } from '../../sweep/restored.ts';
import { makeManualClock, NOW } from '../support/manual-clock.ts';
import { makeMemoryStore } from '../support/memory-store.ts';
import { argumentsFor } from '../support/simulated-sweep.ts';
import { Life } from './life.ts';
import { organizationOf, visibleEstates } from './organization.ts';
import type { OrganizationShape, Step } from './trial.ts';
import { makeWire, virtualRetries } from './virtual-wire.ts';
import { Witness } from './witness.ts';

const DAY_MS = 86_400_000;
/** What Step Functions waits, about, before it tries a function again. */
const RETRY_MILLISECONDS = 30_000;

/** A lease that nobody gave back runs out. */
export const LEASE_MILLISECONDS = 121_000;
/** What orgsweep's clients wait for an answer; nobody here does. */
const REQUEST_TIMEOUT_MILLISECONDS = 60_000;
const yes = () => true;
const no = () => false;

/** How the state machine ended, and what it published. */
export interface Ended {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly error: string | null;
  readonly published: readonly SnsMessage[];
  /** Whether somebody changed the plan before the first removal. */
  readonly tampered: boolean;
}

/** One write to the store that was carried out. */
export interface Write {
  readonly key: string;
  /** Null for what is written line by line. */
  readonly body: string | null;
}

/**
 * A simulated organization with orgsweep beside it: the real state machine, functions and SDK
 * clients, over loopback. Nothing runs side by side, and time passes only where somebody waits.
 */
export interface Stage {
  readonly organization: SimOrganization;
  readonly clock: ReturnType<typeof makeManualClock>;
  /** Not reached by crashes. */
  readonly store: Store;
  readonly writes: Write[];
  readonly witness: Witness;
  readonly life: Life;
  run(executionId: string, step: Step, input: object): Promise<Ended>;
  /** Brings back all that an execution removed, with nobody and nothing in the way. */
  restore(executionId: string): Promise<readonly Restored[]>;
  close(): Promise<void>;
}

export async function openStage(shape: OrganizationShape): Promise<Stage> {
  const clock = makeManualClock(NOW);
  const organization = organizationOf(shape, NOW);
  const estates = visibleEstates(organization);
  const witness = new Witness({ clock, estates, seed: shape.seed });
  const life = new Life();
  const onBeforeCall = (call: Parameters<Witness['see']>[0]) => witness.see(call);
  const simulation = await startSimulation({ organization, clock, seed: shape.seed, onBeforeCall });
  const wire = makeWire(async (request, send) => {
    witness.params = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const silence = new Promise<void>((resolve) => (witness.onSilence = resolve));
    const answered = life.pass('call', send);
    const isAnswered = await Promise.race([answered.then(yes, yes), silence.then(no)]);
    if (isAnswered) return answered;
    clock.advance(REQUEST_TIMEOUT_MILLISECONDS);
    throw Object.assign(new Error('the request timed out'), { name: 'TimeoutError' });
  });
  const connection = await connect(argumentsFor('not used', true), {
    clients: {
      endpoint: simulation.endpoint,
      credentials: simulation.credentials,
      requestHandler: wire.handler,
      maxAttempts: 3,
      retryStrategy: virtualRetries((milliseconds) => clock.advance(milliseconds)),
    },
    region: 'us-east-1',
    clock,
    signal: new AbortController().signal,
  });
  const store = makeMemoryStore();
  const writes: Write[] = [];
  const deps = {
    ...connection.deps,
    clock: life.clock(clock),
    store: life.store(noteWrites(store, writes)),
  };
  const inTurn = makeTurns();
  return {
    organization,
    clock,
    store,
    writes,
    witness,
    life,
    run: async (executionId, step, input) => {
      const faults = step.faults.map((fault) => toSimFault(fault, estates));
      clock.advance(step.daysLater * DAY_MS);
      witness.begin(step, faults);
      simulation.setFaults(faults);
      life.begin(step.crash);
      const published: SnsMessage[] = [];
      const tampering = makeTampering(store, executionId, step);
      const environment: Environment = {
        ...connection,
        deps,
        publish: async (message) => void published.push(message),
        retryWait: () => 1,
        maxChildren: 1,
        wrap: (name, call) => async (event) =>
          inTurn(async () => {
            if (name === 'RemovePlannedFunctionArn') await tampering.once();
            return invokeMortal(life, clock, async () => call(event), name);
          }),
        close: async () => undefined,
      };
      const { result } = await execute(environment, {
        executionId,
        input: input as Record<string, unknown>,
        topic: undefined,
      });
      life.revive();
      witness.settle();
      const error = result.status === 'FAILED' ? result.error.Error : null;
      return { status: result.status, error, published, tampered: tampering.done };
    },
    restore: async (executionId) => {
      // Who died may have held the lease.
      clock.advance(LEASE_MILLISECONDS);
      witness.begin(null, []);
      simulation.setFaults([]);
      return (await restoreExecution(deps, { executionId, resourceIds: [], dryRun: false }))
        .resources;
    },
    close: async () => {
      wire.destroy();
      await simulation.close();
    },
  };
}

/** A function that dies is heard of under its crash's name; the next one lives again. */
async function invokeMortal(
  life: Life,
  clock: { advance(milliseconds: number): void },
  call: () => Promise<unknown>,
  name: FunctionName,
): Promise<unknown> {
  life.mustLive();
  life.within = name;
  const ended = await call().then(
    (output) => ({ output }),
    (error: unknown) => ({ error }),
  );
  life.within = undefined;
  if (life.isDead) {
    if (life.happened?.dies === 'invocation') life.revive();
    clock.advance(RETRY_MILLISECONDS);
    throw Object.assign(new Error('lost'), { name: life.happened?.errorName });
  }
  if ('output' in ended) return ended.output;
  clock.advance(RETRY_MILLISECONDS);
  throw ended.error;
}

/** One function at a time: inline Maps would have several, in an order that nobody can tell. */
function makeTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function noteWrites(store: Store, writes: Write[]): Store {
  return {
    ...store,
    put: async (key, body, ...rest) => {
      const version = await store.put(key, body, ...rest);
      writes.push({ key, body });
      return version;
    },
    writeLines: async (key, lines) => {
      await store.writeLines(key, lines);
      writes.push({ key, body: null });
    },
  };
}

function toSimFault(
  { operation, target, from, count, answer }: Step['faults'][number],
  estates: readonly { accountId: string; region: string }[],
): SimFault {
  const place = target === null ? undefined : estates[target % estates.length];
  return {
    operation,
    answer,
    calls: { from, to: from + count - 1 },
    ...(place && { accountId: place.accountId, region: place.region }),
  };
}

/** Adds a removal that nobody planned to the stored plan, before the first function that removes. */
function makeTampering(store: Store, executionId: string, { tampers }: Step) {
  const tampering = {
    done: false,
    once: async () => {
      if (tampers === 'no' || tampering.done) return;
      const key = keysOf(executionId).plan;
      const plan = Plan.parse(JSON.parse((await store.get(key))?.body ?? ''));
      const [first] = plan.removals;
      if (first === undefined) return;
      const resourceId = plan.held[0]?.resourceId ?? 'snap-0000000000000dead';
      const { digest: _digest, ...changed } = {
        ...plan,
        removals: [...plan.removals, { ...first, resourceId }],
      };
      const digest = tampers === 'adds' ? plan.digest : planDigest(changed);
      await store.put(key, JSON.stringify({ ...changed, digest }));
      tampering.done = true;
    },
  };
  return tampering;
}
