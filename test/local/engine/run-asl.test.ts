import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import type { Store } from '../../../store/store.ts';
import type { Progress } from '../../../local/engine/engine.ts';
import type { SnsMessage } from '../../../report/message/sns-message.ts';
import { runStateMachine, type StateMachineRun } from '../../../local/engine/run-asl.ts';
import { parseDefinition } from '../../../statemachine/definition.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'orgsweep-asl-'));
  store = makeFolderStore(folder);
});
afterEach(async () => rm(folder, { recursive: true }));

const task = (Resource: string, more: object = {}) => ({
  Type: 'Task',
  Resource,
  TimeoutSeconds: 5,
  ...more,
});
const caughtBy = (Next: string) => ({
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next }],
});
const machine = (States: Record<string, object>) => ({ StartAt: Object.keys(States)[0], States });

/** A distributed Map over `items.jsonl`, its children made of `States`. */
const distributed = (States: Record<string, object>, more: object = {}) => ({
  Type: 'Map',
  Label: 'Each',
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'JSONL' },
    Parameters: { Bucket: 'b', 'Key.$': '$.itemsKey' },
  },
  ItemSelector: {
    'item.$': '$$.Map.Item.Value',
    'index.$': '$$.Map.Item.Index',
    'of.$': '$$.Execution.Name',
    'shared.$': '$.shared',
  },
  MaxConcurrency: 3,
  ToleratedFailurePercentage: 100,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    ...machine(States),
  },
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Parameters: { Bucket: 'b', 'Prefix.$': '$.prefix' },
  },
  End: true,
  ...more,
});
const mapInput = { itemsKey: 'items.jsonl', shared: 'all', prefix: 'results' };

interface Case extends Partial<Omit<StateMachineRun, 'definition'>> {
  states: Record<string, object>;
  /** Of the whole execution. */
  timeoutSeconds?: number;
  items?: readonly unknown[];
}

async function run({ states, items, timeoutSeconds, ...more }: Case) {
  if (items)
    await store.writeLines(
      'items.jsonl',
      items.map((item) => JSON.stringify(item)),
    );
  const events: Progress[] = [];
  const result = await runStateMachine({
    definition: parseDefinition(
      JSON.stringify({ TimeoutSeconds: timeoutSeconds, ...machine(states) }),
    ),
    functions: {},
    store,
    publish: async () => undefined,
    executionId: 'e1',
    input: items ? mapInput : {},
    retryWait: () => 1,
    onProgress: (event) => events.push(event),
    ...more,
  });
  return { ...result, events };
}

interface ChildRecord {
  Name: string;
  Status: string;
  Output?: string;
  Error?: string;
  Cause?: string;
}

async function resultFiles(): Promise<Record<string, ChildRecord[]>> {
  const files: Record<string, ChildRecord[]> = {};
  for await (const key of store.list('results/'))
    files[path.basename(key)] = JSON.parse((await store.get(key))?.body ?? '');
  return files;
}

class Busy extends Error {
  override readonly name = 'Busy';
}

it('ends an execution that runs out of time, whatever would be caught', async () => {
  const result = await run({
    timeoutSeconds: 1,
    states: {
      Slow: task('slow', { ...caughtBy('Caught'), End: true }),
      Caught: task('caught', { End: true }),
    },
    functions: {
      slow: async () => new Promise((resolve) => setTimeout(resolve, 3000)),
      caught: async () => undefined,
    },
  });
  expect(result).toMatchObject({ status: 'FAILED', error: { Error: 'States.Timeout' } });
});

describe('a Task', () => {
  it('gets its Parameters and the execution context, and its result is the next input', async () => {
    const seen: unknown[] = [];
    const { status, ...result } = await run({
      states: {
        First: task('first', {
          Parameters: { 'id.$': '$$.Execution.Name', 'asked.$': '$$.Execution.Input', fixed: 1 },
          Next: 'Second',
        }),
        Second: task('second', { ResultPath: '$.second', End: true }),
      },
      functions: {
        first: async (input) => (seen.push(input), { a: 1, gone: undefined }),
        second: async () => undefined,
      },
      input: { mode: 'report' },
    });
    expect(seen).toEqual([{ id: 'e1', asked: { mode: 'report' }, fixed: 1 }]);
    expect({ status, ...result }).toMatchObject({
      status: 'SUCCEEDED',
      output: { a: 1, second: null },
    });
  });

  it('fails with the name of the error and the Cause a Lambda function gives', async () => {
    const result = await run({
      states: {
        Only: task('busy', { ...caughtBy('After'), End: true }),
        After: task('after', { End: true }),
      },
      functions: {
        busy: async () => {
          throw new Busy('try later');
        },
        after: async (input) => input,
      },
    });
    const { error } = (result as { output: { error: { Error: string; Cause: string } } }).output;
    expect(error.Error).toBe('Busy');
    expect(JSON.parse(error.Cause)).toEqual({
      errorType: 'Busy',
      errorMessage: 'try later',
      trace: [],
    });
  });

  it('is retried for the errors its Retry names, so many times, and waits as retryWait says', async () => {
    const waits: number[] = [];
    let calls = 0;
    const result = await run({
      states: {
        Only: task('busy', {
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 2, BackoffRate: 2 }],
          End: true,
        }),
      },
      functions: {
        busy: async () => {
          calls += 1;
          throw new Busy('try later');
        },
      },
      retryWait: (seconds) => (waits.push(seconds), 5),
    });
    expect(result).toMatchObject({ status: 'FAILED', error: { Error: 'Busy' }, transitions: 3 });
    expect([calls, waits]).toEqual([3, [60]]);
  });

  it('is not retried for another error', async () => {
    let calls = 0;
    await run({
      states: {
        Only: task('f', {
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }],
          End: true,
        }),
      },
      functions: {
        f: async () => {
          calls += 1;
          throw new TypeError('x');
        },
      },
    });
    expect(calls).toBe(1);
  });

  it('times out as States.Timeout, which can be caught', async () => {
    const never = new Promise<never>(() => undefined);
    const result = await run({
      states: {
        Slow: { ...task('slow', { ...caughtBy('After'), End: true }), TimeoutSeconds: 1 },
        After: { Type: 'Succeed' },
      },
      functions: { slow: async () => never },
    });
    expect(result).toMatchObject({ output: { error: { Error: 'States.Timeout' } } });
  });

  it.each(['input', 'output'])(
    'ends the execution when its %s is over 256 KiB, past every Catch and Retry',
    async (which) => {
      const big = { text: 'ü'.repeat(131_073) };
      let taken = 0;
      const result = await run({
        states: {
          Make: task('make', { Next: 'Only' }),
          Only: task('take', {
            Parameters: { 'a.$': '$', 'b.$': '$' },
            Retry: [
              { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 },
            ],
            ...caughtBy('After'),
            End: true,
          }),
          After: { Type: 'Succeed' },
        },
        functions: {
          // Under the limit by itself, over it twice.
          make: async () => (which === 'input' ? { text: 'x'.repeat(140_000) } : {}),
          take: async () => {
            taken += 1;
            return which === 'output' ? big : {};
          },
        },
      });
      expect(result).toMatchObject({
        status: 'FAILED',
        error: { Error: 'States.DataLimitExceeded' },
      });
      expect(taken).toBe(which === 'output' ? 1 : 0);
    },
  );

  it('may hold exactly 262,144 bytes', async () => {
    const text = 'x'.repeat(262_144 - '{"text":""}'.length);
    const result = await run({
      states: { Only: task('f', { End: true }) },
      functions: { f: async () => ({ text }) },
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', largestStateBytes: 262_144 });
  });

  it('publishes to SNS through the integration', async () => {
    const published: SnsMessage[] = [];
    const result = await run({
      states: {
        Publish: task('arn:aws:states:::sns:publish', {
          Parameters: {
            TopicArn: 't',
            'Subject.$': '$.subject',
            'Message.$': "States.Format('{} of {}', $.subject, $$.Execution.Name)",
            MessageAttributes: {
              status: { DataType: 'String', 'StringValue.$': '$.subject' },
            },
          },
          ResultPath: null,
          End: true,
        }),
      },
      input: { subject: 'COMPLETE' },
      publish: async (message) => void published.push(message),
    });
    expect(published).toEqual([
      {
        ...{ TopicArn: 't', Subject: 'COMPLETE', Message: 'COMPLETE of e1' },
        MessageAttributes: { status: { DataType: 'String', StringValue: 'COMPLETE' } },
      },
    ]);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { subject: 'COMPLETE' } });
  });

  const waiting = (more: object = {}) =>
    task('arn:aws:states:::lambda:invoke.waitForTaskToken', {
      Parameters: {
        FunctionName: 'ask',
        Payload: { 'of.$': '$.of', 'taskToken.$': '$$.Task.Token' },
      },
      ...more,
    });

  it('waits for whoever has its token, not for the function that it was given to', async () => {
    const given: unknown[] = [];
    const waits: unknown[] = [];
    const result = await run({
      states: { Wait: waiting({ ResultPath: '$.answer', End: true }) },
      input: { of: 'e1' },
      functions: { ask: async (payload) => (given.push(payload), 'thrown away') },
      awaitCallback: async (wait) => (waits.push(wait), { yes: true }),
    });
    const taskToken = (given[0] as { taskToken: string }).taskToken;
    expect(given).toEqual([{ of: 'e1', taskToken: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    expect(waits).toEqual([{ taskToken, timeoutSeconds: 5, signal: undefined }]);
    expect(result).toMatchObject({ output: { of: 'e1', answer: { yes: true } } });
  });

  it('has another token each time it is tried, and waits only once the function has it', async () => {
    const tokens: unknown[] = [];
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }];
    let waits = 0;
    await run({
      states: { Wait: waiting({ Retry, End: true }) },
      input: { of: 'e1' },
      functions: {
        ask: async (payload) => {
          tokens.push((payload as { taskToken: string }).taskToken);
          if (tokens.length < 3) throw Object.assign(new Error('later'), { name: 'Busy' });
        },
      },
      awaitCallback: async () => (waits += 1),
    });
    expect(new Set(tokens).size).toBe(3);
    expect(waits).toBe(1);
  });

  it('asks nobody once the run is interrupted', async () => {
    let asked = 0;
    const result = await run({
      states: { Wait: waiting({ End: true }) },
      input: { of: 'e1' },
      functions: { ask: async () => (asked += 1) },
      awaitCallback: async () => true,
      signal: AbortSignal.abort(),
    });
    expect({ asked, result }).toMatchObject({
      asked: 0,
      result: { error: { Error: 'Interrupted' } },
    });
  });

  it('can be answered with an error, which its Catch gets by name', async () => {
    const no = Object.assign(new Error('ada says no'), { name: 'ApprovalRejected' });
    const result = await run({
      states: {
        Wait: waiting({ ...caughtBy('Told'), Next: 'Told' }),
        Told: { Type: 'Succeed' },
      },
      input: { of: 'e1' },
      functions: { ask: async () => null },
      awaitCallback: async () => Promise.reject(no),
    });
    expect(result).toMatchObject({ output: { error: { Error: 'ApprovalRejected' } } });
  });

  it('is refused when there is no function for it', async () => {
    const result = await run({ states: { Only: task('nobody', { End: true }) } });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: { Cause: expect.stringContaining('nobody') },
    });
  });
});

it('ends as a Fail state says', async () => {
  const result = await run({ states: { No: { Type: 'Fail', Error: 'Partial', Cause: 'some' } } });
  expect(result).toMatchObject({ status: 'FAILED', error: { Error: 'Partial', Cause: 'some' } });
});

describe('an inline Map', () => {
  const inline = (States: Record<string, object>) => ({
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'item.$': '$$.Map.Item.Value', 'shared.$': '$.shared' },
      MaxConcurrency: 4,
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...machine(States) },
      ResultPath: '$.results',
      End: true,
    },
  });

  it('runs every item, counts every state, and catches in the iteration', async () => {
    const result = await run({
      states: inline({
        One: task('one', { ...caughtBy('Other'), End: true }),
        Other: task('other', { End: true }),
      }),
      input: { items: Array.from({ length: 100 }, (_, i) => i), shared: 's' },
      functions: {
        one: async (input) => {
          if ((input as { item: number }).item === 7) throw new Busy('no');
          return input;
        },
        other: async () => 'caught',
      },
    });
    const { results } = (result as { output: { results: unknown[] } }).output;
    expect(results.length).toBe(100);
    expect([results[6], results[7]]).toEqual([{ item: 6, shared: 's' }, 'caught']);
    expect(result.transitions).toBe(1 + 100 + 1);
  });

  it('ends the execution when its results together are over 256 KiB', async () => {
    const result = await run({
      states: inline({ One: task('one', { End: true }) }),
      input: { items: [1, 2, 3], shared: 's' },
      functions: { one: async () => 'x'.repeat(100_000) },
    });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: { Error: 'States.DataLimitExceeded' },
    });
  });

  it('starts no further iteration once it failed', async () => {
    let calls = 0;
    await run({
      states: inline({ One: task('one', { End: true }) }),
      input: { items: Array.from({ length: 50 }, (_, i) => i), shared: 's' },
      functions: {
        one: async () => {
          calls += 1;
          await new Promise((resolve) => setImmediate(resolve));
          throw new Busy('no');
        },
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).toBeLessThan(10);
  });
});

describe('a distributed Map', () => {
  it('runs each item as an execution of its own, its results in the store and not in the state', async () => {
    const seen: unknown[] = [];
    const result = await run({
      states: {
        Each: distributed({
          One: task('one', {
            Parameters: { 'name.$': '$$.Execution.Name', 'got.$': '$' },
            End: true,
          }),
        }),
      },
      items: ['a', 'b'],
      functions: { one: async (input) => (seen.push(input), { done: true }) },
    });
    const got = (item: string, index: number) => ({ item, index, of: 'e1', shared: 'all' });
    expect(seen).toEqual([
      { name: 'e1:Each:0', got: got('a', 0) },
      { name: 'e1:Each:1', got: got('b', 1) },
    ]);
    const { output } = result as unknown as {
      output: { MapRunArn: string; ResultWriterDetails: { Bucket: string; Key: string } };
    };
    expect(output.ResultWriterDetails.Key).toMatch(/^results\/[0-9a-f-]{36}\/manifest\.json$/);
    expect(output.MapRunArn).toMatch(/mapRun:e1\/Each:[0-9a-f-]{36}$/);
    const files = await resultFiles();
    expect(files['SUCCEEDED_0.json']).toEqual([
      {
        Name: 'e1:Each:0',
        Status: 'SUCCEEDED',
        Input: JSON.stringify(got('a', 0)),
        Output: '{"done":true}',
      },
      {
        Name: 'e1:Each:1',
        Status: 'SUCCEEDED',
        Input: JSON.stringify(got('b', 1)),
        Output: '{"done":true}',
      },
    ]);
    expect(files['manifest.json']).toMatchObject({
      DestinationBucket: 'b',
      MapRunArn: output.MapRunArn,
      ResultFiles: {
        FAILED: [],
        PENDING: [],
        SUCCEEDED: [
          {
            Key: expect.stringMatching(/SUCCEEDED_0\.json$/),
            Size: JSON.stringify(files['SUCCEEDED_0.json']).length,
          },
        ],
      },
    });
    expect(Object.keys(files).toSorted()).toEqual(['SUCCEEDED_0.json', 'manifest.json']);
  });

  it('keeps the result out of the state where ResultPath is null', async () => {
    const result = await run({
      states: { Each: distributed({ Ok: { Type: 'Succeed' } }, { ResultPath: null }) },
      items: ['a'],
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: mapInput });
  });

  it('goes on when a child crashes, and writes down how', async () => {
    const result = await run({
      states: { Each: distributed({ One: task('one', { End: true }) }) },
      items: ['good', 'bad'],
      functions: {
        one: async (input) => {
          if ((input as { item: string }).item === 'bad') throw new Error('crashed');
          return 1;
        },
      },
    });
    expect(result.status).toBe('SUCCEEDED');
    const failed = (await resultFiles())['FAILED_0.json'];
    expect(failed).toMatchObject([{ Name: 'e1:Each:1', Status: 'FAILED', Error: 'Error' }]);
    expect(JSON.parse(failed?.[0]?.Cause ?? '')).toMatchObject({ errorMessage: 'crashed' });
  });

  it('lets a child catch its own failure', async () => {
    await run({
      states: {
        Each: distributed({
          One: task('one', { ...caughtBy('Record'), End: true }),
          Record: task('record', { End: true }),
        }),
      },
      items: ['x'],
      functions: {
        one: async () => {
          throw new Busy('no');
        },
        record: async (input) => (input as { error: { Error: string } }).error.Error,
      },
    });
    expect((await resultFiles())['SUCCEEDED_0.json']).toMatchObject([{ Output: '"Busy"' }]);
  });

  it('fails only the child whose state is over 256 KiB, which its Catch does not stop', async () => {
    const result = await run({
      states: {
        Each: distributed({
          One: task('one', { ...caughtBy('Record'), End: true }),
          Record: { Type: 'Succeed' },
        }),
      },
      items: ['small', 'big'],
      functions: {
        one: async (input) =>
          (input as { item: string }).item === 'big' ? 'x'.repeat(262_144) : 'x',
      },
    });
    expect(result.status).toBe('SUCCEEDED');
    const files = await resultFiles();
    expect(files['FAILED_0.json']).toMatchObject([{ Error: 'States.DataLimitExceeded' }]);
    expect(files['SUCCEEDED_0.json']).toHaveLength(1);
    expect(result.largestStateBytes).toBe(262_146);
  });

  it.each([
    [20, 'SUCCEEDED'],
    [19, 'FAILED'],
  ])('with %i percent tolerated and 2 of 10 children failed it has %s', async (percent, status) => {
    const result = await run({
      states: {
        Each: distributed(
          { One: task('one', { End: true }) },
          { ToleratedFailurePercentage: percent },
        ),
      },
      items: Array.from({ length: 10 }, (_, i) => i),
      functions: {
        one: async (input) => {
          if ((input as { item: number }).item >= 8) throw new Error('crashed');
          return 1;
        },
      },
    });
    expect(result.status).toBe(status);
    if (result.status === 'FAILED') {
      expect(result.error.Error).toBe('States.ExceedToleratedFailureThreshold');
    }
    expect((await resultFiles())['FAILED_0.json']).toHaveLength(2);
  });

  it('starts no further child once too many have failed, and names those as PENDING', async () => {
    let calls = 0;
    const result = await run({
      states: {
        Each: distributed(
          { One: task('one', { End: true }) },
          { ToleratedFailurePercentage: 0, MaxConcurrency: 1, ...caughtBy('After') },
        ),
        After: { Type: 'Succeed' },
      },
      items: [1, 2, 3],
      functions: {
        one: async () => {
          calls += 1;
          throw new Error('crashed');
        },
      },
    });
    expect(calls).toBe(1);
    expect(result).toMatchObject({
      output: { error: { Error: 'States.ExceedToleratedFailureThreshold' } },
    });
    expect((await resultFiles())['PENDING_0.json']).toHaveLength(2);
  });

  it('reads no items as no children', async () => {
    const result = await run({
      states: { Each: distributed({ One: task('nobody', { End: true }) }, { ResultPath: null }) },
      items: [],
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: mapInput, transitions: 1 });
    expect(Object.keys(await resultFiles())).toEqual(['manifest.json']);
  });

  it.each([
    ['MaxConcurrency', undefined, 3],
    ['it is told to', 2, 2],
    ['MaxConcurrency, whatever it is told,', 7, 3],
  ])('never runs more than %s children of 1,000', async (_, maxChildren, expected) => {
    let running = 0;
    let most = 0;
    const result = await run({
      ...(maxChildren !== undefined && { maxChildren }),
      states: { Each: distributed({ One: task('one', { End: true }) }) },
      items: Array.from({ length: 1000 }, (_, i) => ({ i })),
      functions: {
        one: async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        },
      },
    });
    expect(result).toMatchObject({ status: 'SUCCEEDED', transitions: 1001 });
    expect(most).toBe(expected);
    expect((await resultFiles())['SUCCEEDED_0.json']).toHaveLength(1000);
    expect(result.largestStateBytes).toBeLessThan(400);
    expect(result.events.filter(({ type }) => type === 'ItemEnded')).toHaveLength(1000);
  });

  it.each([
    ['is not there', undefined],
    ['is not JSONL', '{"a":1}\nnonsense\n'],
  ])('fails with States.ItemReaderFailed when the object %s', async (_, body) => {
    if (body) await store.put('items.jsonl', body);
    const result = await run({
      states: {
        Each: distributed({ Ok: { Type: 'Succeed' } }, caughtBy('After')),
        After: { Type: 'Succeed' },
      },
      input: mapInput,
    });
    expect(result).toMatchObject({
      output: {
        error: { Error: 'States.ItemReaderFailed', Cause: expect.stringContaining('items.jsonl') },
      },
    });
  });

  it('fails with States.ResultWriterFailed when the results cannot be written', async () => {
    const result = await run({
      states: { Each: distributed({ Ok: { Type: 'Succeed' } }) },
      items: ['a'],
      store: {
        ...store,
        put: async () => {
          throw new Error('disk full');
        },
      },
    });
    expect(result).toMatchObject({
      error: { Error: 'States.ResultWriterFailed', Cause: 'disk full' },
    });
  });
});

describe('an interrupted run', () => {
  it('starts no further child, records what children did not start, and goes on to its end', async () => {
    const interruption = new AbortController();
    const calls: string[] = [];
    const result = await run({
      states: {
        Each: distributed(
          {
            One: task('one', { ResultPath: '$.one', ...caughtBy('Record'), Next: 'Two' }),
            Two: task('two', { ...caughtBy('Record'), End: true }),
            Record: task('record', { End: true }),
          },
          { MaxConcurrency: 1, ResultPath: null, End: undefined, Next: 'Sum' },
        ),
        Sum: task('sum', { ...caughtBy('Never'), End: true }),
        Never: { Type: 'Fail', Error: 'Never', Cause: 'never' },
      },
      items: [1, 2, 3],
      functions: {
        one: async () => (calls.push('one'), interruption.abort()),
        two: async () => calls.push('two'),
        record: async (input) => calls.push((input as { error: { Error: string } }).error.Error),
        sum: async () => calls.push('sum'),
      },
      signal: interruption.signal,
    });
    expect(result.status).toBe('SUCCEEDED');
    expect(calls).toEqual(['one', 'Interrupted', 'sum']);
    expect((await resultFiles())['PENDING_0.json']).toHaveLength(2);
  });
});
