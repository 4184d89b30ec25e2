import type { SnsMessage } from '../../../report/message/sns-message.ts';
import type { Store } from '../../../store/store.ts';
import { connect, type Environment } from '../../../local/environment/environment.ts';
import { execute } from '../../../local/environment/execute.ts';
import type { Simulation } from '../../../simulation/server.ts';
import { seededFraction } from '../../../simulation/services/call/seeded.ts';
import type { Kind } from '../../../kinds/kind.ts';
import type { FunctionName } from '../../../statemachine/contracts.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import type { Restored } from '../../../steps/restore/restored.ts';
import { everySeal } from '../../support/stores/every-seal.ts';
import { argumentsFor } from '../../support/simulated-sweep.ts';
import { decideAs } from './approver.ts';
import { allFloors } from '../trial/floors.ts';
import { Life } from './life.ts';
import type { Place } from '../trial/place.ts';
import { makeTampering } from '../trial/tampering.ts';
import type { Step } from '../trial/trial.ts';
import type { Lane, VirtualTime } from './virtual-time.ts';
import { makeWire, virtualRetries, type WireRequest } from './virtual-wire.ts';
import type { Witness } from '../laws/witness.ts';
import { WrongClock } from '../trial/wrong-clock.ts';
import type { Writer } from './writer.ts';

/** What Step Functions waits, about, before it tries a function again. */
const RETRY_MILLISECONDS = 30_000;
/** What orgsweep's clients wait for an answer; nobody here does. */
const REQUEST_TIMEOUT_MILLISECONDS = 60_000;
/** Beside another execution, so that each sees what the other writes. */
const SLOWEST_STORE_MILLISECONDS = 20;
const yes = () => true;
const no = () => false;

/** How the state machine ended, and what it published. */
export interface Ended {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly error: string | null;
  readonly published: readonly SnsMessage[];
  /** Whether somebody changed the plan before the first removal. */
  readonly tampered: boolean;
  readonly crashed: boolean;
  /** The most minutes that its machine's clock was wrong. */
  readonly clockMinutes: number;
}

/** One machine that runs orgsweep, with its own connections and clock. */
export interface Runner {
  readonly life: Life;
  run(executionId: string, step: Step, input: object): Promise<Ended>;
  restore(executionId: string): Promise<readonly Restored[]>;
  close(): void;
}

export interface RunnerOptions {
  readonly lane: Lane;
  readonly place: Place;
  readonly time: VirtualTime;
  readonly simulation: Simulation;
  readonly witness: Witness;
  readonly seed: number;
  /** What orgsweep looks at. */
  readonly kinds: readonly Kind[];
  /** Who meddles with the files of its place just now. */
  readonly writer: () => Writer | undefined;
}

export async function openRunner(options: RunnerOptions): Promise<Runner> {
  const { lane, place, time, simulation, witness } = options;
  const life = new Life();
  const clock = new WrongClock(time, lane);
  const wire = makeWire(async (request, send) => {
    clock.pass();
    return life.pass('call', async () => {
      await time.wait(lane, witness.latencyOf(operationOf(request), lane));
      const answered = await time.send(async () => sendSeen(options, request, send));
      if (answered !== undefined) return answered;
      await time.wait(lane, REQUEST_TIMEOUT_MILLISECONDS);
      throw Object.assign(new Error('the request timed out'), { name: 'TimeoutError' });
    });
  });
  const connection = await connect(argumentsFor('not used', true), {
    clients: {
      endpoint: simulation.endpoint,
      credentials: simulation.credentials,
      requestHandler: wire.handler,
      maxAttempts: 3,
      retryStrategy: virtualRetries(async (milliseconds) => time.wait(lane, milliseconds)),
    },
    region: 'us-east-1',
    clock,
    signal: new AbortController().signal,
  });
  const store = life.store(
    aroundStore(
      place.storeOf(lane, () => time.now()),
      options,
      clock,
    ),
  );
  let floors = connection.deps.settings.floors;
  const noFloors = floors;
  const settings = {
    ...connection.deps.settings,
    get floors() {
      return floors;
    },
  };
  const deps = {
    ...{ ...connection.deps, clock: life.clock(clock), store, sealOf: everySeal, settings },
    kinds: options.kinds,
  };
  const inTurn = makeTurns();
  return {
    life,
    run: async (executionId, step, input) => {
      clock.begin(step.clock);
      life.begin(step.crash);
      floors = step.floors?.first ?? noFloors;
      const published: SnsMessage[] = [];
      const tampering = makeTampering(place.store, executionId, step);
      const environment: Environment = {
        ...connection,
        deps,
        publish: async (message) => void published.push(message),
        retryWait: () => 1,
        maxChildren: 1,
        wrap: (name, call) => async (event) =>
          inTurn(async () => {
            if (name === step.floors?.raised?.from) floors = allFloors(step, 'removal');
            if (name === 'RemovePlannedFunctionArn') await tampering.once();
            return invokeMortal({ life, time, lane, name }, async () => call(event));
          }),
        close: async () => undefined,
      };
      const { result } = await execute(environment, {
        executionId,
        input: input as Record<string, unknown>,
        topic: undefined,
        awaitCallback: async (wait) => {
          await time.wait(lane, DECISION_MILLISECONDS);
          return decideAs(step.approval, { deps, executionId, wait });
        },
      });
      const crashed = life.happened !== undefined;
      life.revive();
      return {
        status: result.status,
        error: result.status === 'FAILED' ? result.error.Error : null,
        published,
        tampered: tampering.done,
        crashed,
        clockMinutes: clock.mostMinutes,
      };
    },
    restore: async (executionId) => {
      clock.begin({ minutes: 0, jump: null });
      const request = { executionId, resourceIds: [], dryRun: false };
      return (await restoreExecution(deps, request)).resources;
    },
    close: () => wire.destroy(),
  };
}
/** A person takes their time. */
const DECISION_MILLISECONDS = 2 * 3_600_000;

/** @returns undefined where nothing answers */
async function sendSeen<T>(
  { lane, witness }: RunnerOptions,
  request: WireRequest,
  send: () => Promise<T>,
): Promise<T | undefined> {
  const body = typeof request.body === 'string' ? request.body : '';
  const silence = new Promise<void>((resolve) => {
    witness.expect({ lane, params: new URLSearchParams(body), onSilence: resolve });
  });
  const answered = send();
  const isAnswered = await Promise.race([answered.then(yes, yes), silence.then(no)]);
  if (isAnswered) return answered;
  answered.catch(() => undefined);
  return undefined;
}

function operationOf({ body }: WireRequest): string | undefined {
  return typeof body === 'string' ? /(?:^|&)Action=([^&]+)/.exec(body)?.[1] : undefined;
}

/** At each operation somebody may meddle, a clock jump, and another execution go on. */
function aroundStore(store: Store, options: RunnerOptions, clock: WrongClock): Store {
  const { time, lane, seed } = options;
  let operations = 0;
  const before = async () => {
    operations += 1;
    clock.pass();
    const part = seededFraction(seed, 'store', operations, lane);
    if (time.isShared) await time.wait(lane, Math.ceil(part * SLOWEST_STORE_MILLISECONDS));
    await options.writer()?.meddle();
  };
  return {
    ...store,
    get: async (key) => {
      await before();
      return store.get(key);
    },
    put: async (...args) => {
      await before();
      return store.put(...args);
    },
    writeLines: async (...args) => {
      await before();
      return store.writeLines(...args);
    },
    lines: async function* (key) {
      await before();
      yield* store.lines(key);
    },
    list: async function* (...args) {
      await before();
      yield* store.list(...args);
    },
  };
}

/** A function that dies is heard of under its crash's name; the next one lives again. */
async function invokeMortal(
  of: { life: Life; time: VirtualTime; lane: Lane; name: FunctionName },
  call: () => Promise<unknown>,
): Promise<unknown> {
  const { life, time, lane } = of;
  life.mustLive();
  life.within = of.name;
  const ended = await call().then(
    (output) => ({ output }),
    (error: unknown) => ({ error }),
  );
  life.within = undefined;
  if (life.isDead) {
    if (life.happened?.dies === 'invocation') life.revive();
    await time.wait(lane, RETRY_MILLISECONDS);
    throw Object.assign(new Error('lost'), { name: life.happened?.errorName });
  }
  if ('output' in ended) return ended.output;
  await time.wait(lane, RETRY_MILLISECONDS);
  throw ended.error;
}

/** One function at a time: inline Maps would have several, in an order that nobody can tell. */
export function makeTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
