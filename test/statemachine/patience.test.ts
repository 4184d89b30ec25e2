import { runStateMachine } from '../../local/engine/run-asl.ts';
import { StatesError } from '../../local/engine/states-error.ts';
import {
  type CallbackTaskState,
  type Definition,
  type Retrier,
  waitsForCallback,
} from '../../statemachine/asl.ts';
import { loadDefinition, parseDefinition, tasksOf } from '../../statemachine/definition.ts';
import { makeMemoryStore } from '../support/stores/memory-store.ts';

const definition = loadDefinition();
const tasks = tasksOf(definition);

/** So many seconds of the machine's waiting pass in one. */
const SPEED = 2_000;

const isPublish = (name: string) => name.startsWith('Publish');
/** Which throttles each state can meet: those of what it calls. */
const throttlesOf = (name: string) =>
  isPublish(name)
    ? ['SNS.ThrottledException', 'SNS.KMSThrottlingException', 'SNS.KmsThrottlingException'].concat(
        'SNS.AmazonSNSException',
      )
    : ['Lambda.TooManyRequestsException'];

/** The retrier that Step Functions takes for an error: the first that names it. */
function retrierFor(retriers: readonly Retrier[] = [], error: string): Retrier | undefined {
  return retriers.find(
    ({ ErrorEquals }) => ErrorEquals.includes(error) || ErrorEquals.includes('States.ALL'),
  );
}

/** On the average half of it: FULL jitter takes any time up to each wait. */
function longestWaitSeconds({
  IntervalSeconds,
  BackoffRate,
  MaxAttempts,
  MaxDelaySeconds,
}: Retrier) {
  let seconds = 0;
  for (let attempt = 0; attempt < MaxAttempts; attempt += 1) {
    seconds += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds ?? Infinity);
  }
  return seconds;
}

// docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
it.each(tasks.filter(({ name }) => !isPublish(name)))(
  '$name tries again what Lambda names as its own trouble',
  ({ state }) => {
    for (const error of ['ServiceException', 'AWSLambdaException', 'SdkClientException'].concat(
      'ClientExecutionTimeoutException',
    )) {
      expect([error, retrierFor(state.Retry, `Lambda.${error}`)?.MaxAttempts]).toEqual([
        error,
        expect.any(Number),
      ]);
    }
  },
);

describe('a Task that AWS has no room for', () => {
  it.each(tasks)('$name waits for its turn, half an hour and more', ({ name, state }) => {
    for (const error of throttlesOf(name)) {
      const retrier = retrierFor(state.Retry, error);
      expect([error, retrier?.ErrorEquals]).toEqual([error, expect.arrayContaining([error])]);
      expect(retrier?.MaxAttempts).toBeGreaterThanOrEqual(60);
      expect(retrier?.MaxDelaySeconds).toBe(120);
      expect(retrier?.JitterStrategy).toBe('FULL');
      expect(retrier && longestWaitSeconds(retrier) / 2).toBeGreaterThan(1_800);
    }
  });

  it.each(tasks.filter(({ name, within }) => within.length === 0 && !isPublish(name)))(
    '$name waits a quarter of an hour for what throttled its function',
    ({ state }) => {
      const retrier = retrierFor(state.Retry, 'Throttled');
      expect(retrier?.ErrorEquals).toEqual(['Throttled']);
      expect(retrier && longestWaitSeconds(retrier) / 2).toBeGreaterThan(900);
    },
  );

  it('leaves the week of an execution two days for scan and removals, were it all needed', () => {
    const onPath = tasks.filter(({ within }) => within.length === 0);
    const seconds = onPath.map(({ state }) => {
      const [, throttled] = state.Retry ?? [];
      const ofOneTry = waitsForCallback(state) ? 60 : state.TimeoutSeconds;
      const waits = (state.Retry ?? []).map(longestWaitSeconds);
      const tries = (throttled?.MaxAttempts ?? 0) * ofOneTry;
      return [state.TimeoutSeconds, tries, ...waits].reduce((sum, one) => sum + one, 0);
    });
    const all = seconds.reduce((sum, one) => sum + one, 0);
    expect(all).toBeLessThan((definition.TimeoutSeconds ?? 0) - 2 * 24 * 3600);
  });
});

class Broken extends Error {
  override readonly name = 'Broken';
}

interface Trouble {
  readonly at: string;
  readonly error: string;
  readonly seconds: number;
}

/** Which states fail for good, so that an execution comes by this one. */
const BROKEN_BEFORE: Readonly<Record<string, string>> = {
  RecordFailedAccount: 'ListRegions',
  RecordFailedTarget: 'DiscoverTarget',
  RecordFailedRemoval: 'RemovePlanned',
  PublishUnsummarized: 'Summarize',
  SummarizeUnprepared: 'Prepare',
};

const target = { accountId: '111111111111', region: 'eu-west-1' };
const OUTPUTS: Readonly<Record<string, unknown>> = {
  Prepare: {
    ...{ executionId: 'e1', accountCount: 1, accountsKey: 'items', mapResultsPrefix: 'results' },
    ...{ expectedDigest: 'd', mode: 'delete', approval: 'required', goOnAt: 'SCAN' },
  },
  ListRegions: { targets: [target] },
  Plan: { planStatus: 'READY', planDigest: 'p', removalTargetsKey: 'items' },
  RemovePlanned: { remaining: 0 },
  Summarize: { executionId: 'e1', status: 'COMPLETE', subject: 's', message: 'm' },
  SummarizeUnprepared: { executionId: 'e1', status: 'COMPLETE', subject: 's', message: 'm' },
};

/** The machine as it is, each Task calling a function of its own. */
function withFunctionOfEachState(): Definition {
  const machine = parseDefinition(JSON.stringify(definition));
  for (const { name, state } of tasksOf(machine)) {
    if (waitsForCallback(state)) (state as CallbackTaskState).Parameters.FunctionName = name;
    else if (!isPublish(name)) state.Resource = name;
    else state.Resource = 'arn:aws:states:::sns:publish';
  }
  return machine;
}

/** One deletion with approval while a state's calls are refused for so long, from its first on. */
async function runThrottled({ at, error, seconds }: Trouble) {
  const entered: string[] = [];
  const failed: string[] = [];
  let since: number | undefined;
  let refused = 0;
  const answer = async (name: string) => {
    if (name === at) {
      since ??= performance.now();
      if (performance.now() - since < (seconds * 1000) / SPEED) {
        refused += 1;
        throw new StatesError(error, 'Rate Exceeded.');
      }
    }
    if (name === BROKEN_BEFORE[at]) throw new Broken(name);
    return OUTPUTS[name] ?? { status: 'DONE' };
  };
  const store = makeMemoryStore();
  await store.writeLines('items', [JSON.stringify(target)]);
  const result = await runStateMachine({
    definition: withFunctionOfEachState(),
    functions: Object.fromEntries(tasks.map(({ name }) => [name, async () => answer(name)])),
    store,
    publish: async ({ Subject }) =>
      void (await answer(Subject === 's' ? 'Publish' : 'PublishUnsummarized')),
    awaitCallback: async () => ({}),
    executionId: 'e1',
    input: {},
    retryWait: (wait) => (wait * 1000) / SPEED,
    onProgress: (event) => {
      if (event.type === 'TaskEnded') entered.push(event.state);
      if (event.type === 'TaskFailed' && event.error.Error !== error) failed.push(event.state);
    },
  });
  return { result, entered, failed: new Set(failed), refused };
}

describe('an execution whose hub is throttled', () => {
  const troubles: Trouble[] = tasks.flatMap(({ name, within }) => [
    ...throttlesOf(name).flatMap((error) => [
      { at: name, error, seconds: 60 },
      { at: name, error, seconds: 600 },
    ]),
    ...(within.length === 0 && !isPublish(name)
      ? [{ at: name, error: 'Throttled', seconds: 600 }]
      : []),
  ]);

  it.each(troubles)('loses nothing to $seconds seconds of $error at $at', async (trouble) => {
    const { at } = trouble;
    const { result, entered, failed, refused } = await runThrottled(trouble);
    const broken = BROKEN_BEFORE[at];
    // A wait of full jitter may be as long as the trouble.
    expect(refused).toBeGreaterThan(0);
    expect(entered).toContain(at);
    expect([...failed]).toEqual(broken === undefined ? [] : [broken]);
    const ending = at === 'PublishUnsummarized' ? 'SummarizeFailed' : undefined;
    expect(result.status === 'FAILED' ? result.error.Error : undefined).toBe(ending);
  });
});
