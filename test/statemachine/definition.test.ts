import { readFileSync } from 'node:fs';
import aslValidator from 'asl-validator';
import {
  type CallbackTaskState,
  type DistributedMapState,
  type InlineMapState,
  type Machine,
  type Retrier,
  type State,
  waitsForCallback,
} from '../../statemachine/asl.ts';
import { contracts } from '../../statemachine/contracts.ts';
import {
  loadDefinition,
  parseDefinition,
  statesOf,
  substitute,
  tasksOf,
} from '../../statemachine/definition.ts';

const file = new URL('../../statemachine/sweep.asl.json', import.meta.url);
const text = readFileSync(file, 'utf8');
const definition = loadDefinition();
const states = [...statesOf(definition)];

/** The file with `change` made to the object at `path`, from the machine's root. */
function changed(path: string, change: (at: Record<string, unknown>) => void): string {
  const root: unknown = JSON.parse(text);
  const at = path.split('.').reduce((value, key) => (value as Record<string, unknown>)[key], root);
  change(at as Record<string, unknown>);
  return JSON.stringify(root);
}

describe('sweep.asl.json', () => {
  it('is accepted by a schema validator of the Amazon States Language', () => {
    const values = Object.fromEntries(
      Object.keys(contracts).map((name) => [
        name,
        `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
      ]),
    );
    const filled = substitute(definition, {
      ...values,
      BucketName: 'bucket',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:topic',
      Partition: 'aws',
      WhatToDo: 'Take it up again: orgsweep start --resume',
    });
    const { isValid, errorsText } = aslValidator(filled);
    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  it('gives every state a name of its own', () => {
    const names = states.map(({ name }) => name);
    expect(names.length).toBe(new Set(names).size);
    expect(names).toContain('DiscoverTarget');
  });

  it.each(tasksOf(definition))(
    '$name has a timeout, and an error is retried or caught',
    ({ state }) => {
      expect(state.TimeoutSeconds).toBeGreaterThan(0);
      expect((state.Retry ?? []).length + (state.Catch ?? []).length).toBeGreaterThan(0);
    },
  );

  it('calls functions that have a contract, all of them, and no other service but SNS', () => {
    const resources = tasksOf(definition).map(({ state }) => state.Resource);
    const names = tasksOf(definition).map(({ state }) =>
      waitsForCallback(state) ? state.Parameters.FunctionName : state.Resource,
    );
    const called = names.flatMap((name) => /^\$\{(\w+)\}$/.exec(name)?.[1] ?? []);
    expect(new Set(called)).toEqual(new Set(Object.keys(contracts)));
    const others = resources.filter((resource) => !resource.startsWith('${'));
    expect(new Set(others)).toEqual(
      new Set([
        'arn:${Partition}:states:::sns:publish',
        'arn:${Partition}:states:::lambda:invoke.waitForTaskToken',
      ]),
    );
  });

  it('waits for a function longer than the function may take', () => {
    // Lambda's own limit is 900 seconds; a shorter Task timeout would let a copy run on.
    const longRunning = ['Prepare', 'DiscoverTarget', 'Plan', 'RemovePlanned', 'Summarize'];
    for (const { name, state } of tasksOf(definition))
      if (longRunning.includes(name)) expect(state.TimeoutSeconds).toBeGreaterThan(900);
  });

  it('never retries DiscoverTarget or RemovePlanned after a timeout: a copy could still run', () => {
    for (const { name, state } of tasksOf(definition)) {
      if (name !== 'DiscoverTarget' && name !== 'RemovePlanned') continue;
      const retried = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(retried).not.toContain('States.ALL');
      expect(retried).not.toContain('States.Timeout');
    }
  });

  it('tries again only what may be done twice where a function died', () => {
    const died = ['Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError'];
    const triedAgain = tasksOf(definition).flatMap(({ name, state }) => {
      const retrier = (state.Retry ?? []).find(({ ErrorEquals }) => ErrorEquals.includes(died[0]!));
      if (retrier === undefined) return [];
      expect(retrier).toMatchObject({ ErrorEquals: died, MaxAttempts: 1 });
      return [name];
    });
    expect(triedAgain).toEqual(['Plan', 'Summarize', 'SummarizeUnprepared']);
    const retried = tasksOf(definition)
      .filter(({ name }) => !name.startsWith('RecordFailed') && !name.startsWith('Publish'))
      .flatMap(({ state }) => (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals));
    for (const error of ['States.ALL', 'States.Timeout', 'States.TaskFailed'])
      expect(retried).not.toContain(error);
  });

  it.each([
    ['ListRegions', 0.5],
    ['DiscoverTarget', 0.5],
    ['RecordFailedTarget', 0.5],
    ['RecordFailedAccount', 0.5],
    ['RecordFailedRemoval', 0.5],
    // Each of the others may take a quarter of an hour, again and again.
    ['RemovePlanned', 4],
  ])(
    '%s waits for its turn where the hub runs ten functions at a time, %d hours',
    (name, hours) => {
      const state = tasksOf(definition).find((task) => task.name === name)?.state;
      const [first] = state?.Retry ?? [];
      expect(first?.ErrorEquals).toEqual(['Lambda.TooManyRequestsException']);
      expect(first && meanWaitSeconds(first)).toBeGreaterThan(hours * 3600);
    },
  );

  it('never fills the history of a child with waiting', () => {
    const eventsOf = (name: string) => {
      const state = tasksOf(definition).find((task) => task.name === name)?.state;
      const attempts = (state?.Retry ?? []).reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 1);
      return 3 * attempts;
    };
    const inRegion = eventsOf('DiscoverTarget') + eventsOf('RecordFailedTarget');
    expect(eventsOf('ListRegions') + 40 * inRegion).toBeLessThan(20_000);
    expect(10 * eventsOf('RemovePlanned')).toBeLessThan(20_000);
  });

  it('tries every function again that AWS throttled, the store included', () => {
    for (const { name, state } of tasksOf(definition)) {
      const retried = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
      const isTriedAgain = retried.includes('Throttled') || retried.includes('States.ALL');
      expect([name, isTriedAgain]).toEqual([name, true]);
    }
  });

  it('reaches the removals only through the plan', () => {
    const before = states.filter(({ state }) => successors(state).includes('RemoveTargets'));
    expect(before.map(({ name }) => name)).toEqual(['ApprovalNeeded', 'AwaitApproval']);
    expect(reachable(definition, 'Prepare', ['Plan'])).not.toContain('RemoveTargets');
    expect(reachable(definition, 'Prepare', ['AnythingToRemove'])).not.toContain('RemoveTargets');
    expect(definition.States['AnythingToRemove']).toMatchObject({
      Choices: [
        {
          And: [
            { Variable: '$.mode', StringEquals: 'delete' },
            { Variable: '$.plan.planStatus', StringEquals: 'READY' },
          ],
          Next: 'ApprovalNeeded',
        },
      ],
      Default: 'Summarize',
    });
  });

  it('believes nothing of an input that Prepare did not take: the summary gets its error alone', () => {
    expect(definition.States['Prepare']).toMatchObject({
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'SummarizeUnprepared' }],
      Next: 'GoOnAt',
    });
    expect(definition.States['SummarizeUnprepared']).toMatchObject({
      Parameters: {
        'executionId.$': '$$.Execution.Name',
        carried: { 'error.$': '$.error' },
      },
    });
    const into = (name: string) =>
      states.filter(({ state }) => successors(state).includes(name)).map((placed) => placed.name);
    expect(into('GoOnAt')).toEqual(['Prepare']);
    expect(into('AnyAccounts')).toEqual(['GoOnAt']);
    expect(into('SummarizeUnprepared')).toEqual(['Prepare']);
  });

  it('goes on under the id that Prepare gave', () => {
    for (const name of ['Plan', 'Summarize'])
      expect(definition.States[name]).toMatchObject({
        Parameters: { 'executionId.$': '$.executionId', 'carried.$': '$' },
      });
  });

  it('goes past a person only where the plan says that nobody has to be asked', () => {
    expect(definition.States['ApprovalNeeded']).toMatchObject({
      Choices: [{ Variable: '$.approval', StringEquals: 'none', Next: 'RemoveTargets' }],
      Default: 'ShowPlan',
    });
    expect(reachable(definition, 'ShowPlan', ['AwaitApproval'])).toEqual(['ShowPlan']);
    const state = definition.States['AwaitApproval'] as CallbackTaskState;
    expect(state.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.notApproved', Next: 'Summarize' },
    ]);
    expect(reachable(definition, 'Summarize', [])).not.toContain('RemoveTargets');
  });

  it('shows a plan before it asks people about it, and asks whatever becomes of that', () => {
    const before = states.filter(({ state }) => successors(state).includes('AwaitApproval'));
    expect(before.map(({ name }) => name)).toEqual(['ShowPlan']);
    const wait = definition.States['AwaitApproval'] as CallbackTaskState;
    expect(definition.States['ShowPlan']).toMatchObject({
      ResultPath: '$.shown',
      Next: 'AwaitApproval',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.shown', Next: 'AwaitApproval' }],
      Parameters: { timeoutSeconds: wait.TimeoutSeconds },
    });
    expect(wait.Parameters.Payload['shown.$']).toBe('$.shown');
  });

  it('hands on what Prepare said was asked for, and takes it from nobody else', () => {
    const asked = { 'mode.$': '$.mode', 'approval.$': '$.approval' };
    const digest = { 'expectedDigest.$': '$.expectedDigest' };
    const selectorOf = (name: string) => {
      const { state } = states.find((placed) => placed.name === name)!;
      return (state as InlineMapState | DistributedMapState).ItemSelector;
    };
    expect(selectorOf('ScanAccounts')).toMatchObject(digest);
    expect(selectorOf('ScanRegions')).toMatchObject(digest);
    expect(selectorOf('RemoveTargets')).toMatchObject({ ...digest, ...asked });
    const whole = Object.entries(definition.States).filter(
      ([name, state]) =>
        ['Task', 'Map'].includes(state.Type) &&
        !('ResultPath' in state) &&
        reachable(definition, name, []).includes('RemoveTargets'),
    );
    expect(whole.map(([name]) => name)).toEqual(['Prepare']);
  });

  it('gives up after a week, more than twice what it waits for a person', () => {
    const { TimeoutSeconds = 0 } = definition;
    const wait = (definition.States['AwaitApproval'] as CallbackTaskState).TimeoutSeconds;
    expect(TimeoutSeconds).toBe(7 * 24 * 3600);
    expect(TimeoutSeconds).toBeGreaterThan(2 * wait);
  });

  it('tells people of the very time it waits for them: three days', () => {
    const state = definition.States['AwaitApproval'] as CallbackTaskState;
    expect(state.TimeoutSeconds).toBe(3 * 24 * 3600);
    expect(state.Parameters.Payload['timeoutSeconds']).toBe(state.TimeoutSeconds);
  });

  it('asks people again only where the call itself failed, never because nobody answered', () => {
    const state = definition.States['AwaitApproval'] as CallbackTaskState;
    const retried = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
    for (const error of retried) expect(error).toMatch(/^(Lambda\.\w+|Throttled)$/);
  });
});

describe('no failure ends green', () => {
  const green = Object.entries(definition.States)
    .filter(([, state]) => state.Type === 'Succeed' || ('End' in state && state.End))
    .map(([name]) => name);
  const caught = Object.entries(definition.States).flatMap(([name, state]) =>
    ('Catch' in state ? (state.Catch ?? []) : []).map(({ Next }) => ({ name, Next })),
  );

  it('has one green end, and the Verdict alone leads to it', () => {
    expect(green).toEqual(['Complete']);
    const before = states.filter(({ state }) => successors(state).includes('Complete'));
    expect(before.map(({ name }) => name)).toEqual(['Verdict']);
  });

  it.each(caught)('what $name caught reaches Complete only through Verdict', ({ Next }) => {
    expect(reachable(definition, Next, ['Verdict'])).not.toContain('Complete');
  });

  it('takes the Verdict from what Summarize made, on every path', () => {
    const summed = ['Summarize', 'SummarizeUnprepared'];
    expect(reachable(definition, definition.StartAt, summed)).not.toContain('Verdict');
  });

  it('says with each message which execution it is about, and how that ended', () => {
    const published = [...statesOf(definition)].flatMap(({ state }) =>
      state.Type === 'Task' && state.Resource.endsWith(':sns:publish') ? [state.Parameters] : [],
    );
    expect(published.map((parameters) => (parameters ?? {})['MessageAttributes' as never])).toEqual(
      [
        {
          executionId: { DataType: 'String', 'StringValue.$': '$.executionId' },
          status: { DataType: 'String', 'StringValue.$': '$.status' },
        },
        {
          executionId: { DataType: 'String', 'StringValue.$': '$$.Execution.Name' },
          status: { DataType: 'String', StringValue: 'FAILED' },
        },
      ],
    );
  });

  it('publishes on every path before it ends', () => {
    const silent = reachable(definition, definition.StartAt, ['Publish', 'PublishUnsummarized']);
    const ends = silent.filter((name) =>
      ['Succeed', 'Fail'].includes(definition.States[name]?.Type ?? ''),
    );
    expect(ends).toEqual([]);
  });

  it.each([
    ...['Prepare', 'ScanAccounts', 'Plan', 'ShowPlan', 'AwaitApproval'],
    ...['RemoveTargets', 'Summarize'],
  ])('%s catches everything that can be caught', (name) => {
    const state = definition.States[name];
    const errors =
      state && 'Catch' in state ? (state.Catch ?? []).flatMap((c) => c.ErrorEquals) : [];
    expect(errors).toEqual(['States.ALL']);
  });

  it('has every item of a Map record its own failure', () => {
    for (const { name, state } of tasksOf(definition).filter(({ within }) => within.length > 0)) {
      const recorder = name.startsWith('RecordFailed');
      const caughtBy = (state.Catch ?? []).map(({ ErrorEquals, Next }) => [...ErrorEquals, Next]);
      const all = ['States.ALL', expect.stringMatching(/^RecordFailed/)];
      expect(caughtBy).toEqual(recorder ? [] : [all]);
    }
  });
});

describe('what neither Step Functions nor the local run would do is refused by name', () => {
  const fields = [
    '',
    'States.Prepare',
    'States.Prepare.Retry.0',
    'States.Prepare.Catch.0',
    'States.AnyAccounts',
    'States.AnyAccounts.Choices.0',
    'States.Complete',
    'States.Partial',
    'States.AwaitApproval',
    'States.AwaitApproval.Parameters',
    'States.ScanAccounts',
    'States.ScanAccounts.ItemReader',
    'States.ScanAccounts.ItemReader.ReaderConfig',
    'States.ScanAccounts.ResultWriter',
    'States.ScanAccounts.ItemProcessor',
    'States.ScanAccounts.ItemProcessor.ProcessorConfig',
    'States.ScanAccounts.ItemProcessor.States.ScanRegions',
    'States.ScanAccounts.ItemProcessor.States.ScanRegions.ItemProcessor',
    'States.ScanAccounts.ItemProcessor.States.ScanRegions.ItemProcessor.States.DiscoverTarget',
  ];
  it.each(fields)('an unknown field in "%s"', (path) => {
    const root: Record<string, unknown> = JSON.parse(text);
    const at =
      path === ''
        ? root
        : (path.split('.').reduce((v, key) => (v as never)[key], root as unknown) as Record<
            string,
            unknown
          >);
    at['Foo'] = 1;
    const where = path === '' ? 'Foo' : `${path}.Foo`;
    expect(() => parseDefinition(JSON.stringify(root))).toThrow(
      `state machine: ${where} isn't understood`,
    );
  });

  it.each([
    ['States.Prepare', 'HeartbeatSeconds', 5],
    ['States.Prepare', 'Credentials', { RoleArn: 'r' }],
    ['States.Prepare', 'Assign', {}],
    ['States.Prepare', 'OutputPath', '$.x'],
    ['States.AwaitApproval', 'HeartbeatSeconds', 60],
    ['States.AwaitApproval.Parameters', 'InvocationType', 'Event'],
    ['States.ScanAccounts', 'ItemBatcher', { MaxItemsPerBatch: 2 }],
    ['States.ScanAccounts', 'ToleratedFailureCount', 3],
    ['States.ScanAccounts', 'Retry', []],
    ['States.ScanAccounts.ItemProcessor.States.ScanRegions', 'ToleratedFailurePercentage', 10],
    ['States.ScanAccounts.ItemReader.ReaderConfig', 'MaxItems', 10],
  ])('%s.%s', (path, field, value) => {
    const asl = changed(path, (at) => (at[field] = value));
    expect(() => parseDefinition(asl)).toThrow(`${path}.${field} isn't understood`);
  });

  it.each([
    ['another type of state', 'States.Complete', { Type: 'Wait' }, 'States.Complete.Type'],
    [
      'another reader',
      'States.ScanAccounts.ItemReader.ReaderConfig',
      { InputType: 'CSV' },
      'InputType',
    ],
    [
      'another integration of the reader',
      'States.ScanAccounts.ItemReader',
      { Resource: 'arn:aws:states:::s3:listObjectsV2' },
      'ItemReader.Resource',
    ],
    [
      'express children',
      'States.ScanAccounts.ItemProcessor.ProcessorConfig',
      { ExecutionType: 'EXPRESS' },
      'ExecutionType',
    ],
    [
      'another part of the context',
      'States.Prepare.Parameters',
      { 'x.$': '$$.State.Name' },
      'Parameters.x.$',
    ],
    [
      'the item outside its selector',
      'States.Plan.Parameters',
      { 'x.$': '$$.Map.Item.Value' },
      "$$.Map.Item isn't understood here",
    ],
    [
      'a token where nothing waits for it',
      'States.Plan.Parameters',
      { 'x.$': '$$.Task.Token' },
      "$$.Task.Token isn't understood here",
    ],
    [
      'a wait for a token that nobody gets',
      'States.AwaitApproval.Parameters.Payload',
      { 'taskToken.$': '$.executionId' },
      'or nobody could ever answer',
    ],
    [
      'an object within the payload',
      'States.AwaitApproval.Parameters.Payload',
      { more: { 'x.$': '$.a' } },
      'AwaitApproval.Parameters.Payload.more',
    ],
    [
      'another service that is waited for',
      'States.AwaitApproval',
      { Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' },
      'waits in a way',
    ],
    [
      'another execution that is waited for',
      'States.Plan',
      { Resource: 'arn:aws:states:::states:startExecution.sync:2' },
      'waits in a way',
    ],
    ['a filter in a path', 'States.Plan.Parameters', { 'x.$': '$.a[?(@.b)]' }, 'Parameters.x.$'],
    [
      'another intrinsic function',
      'States.Plan.Parameters',
      { 'x.$': 'States.UUID()' },
      "States.UUID isn't understood",
    ],
    [
      'another intrinsic function, within an object',
      'States.Publish.Parameters.MessageAttributes.status',
      { 'StringValue.$': 'States.UUID()' },
      'States.Publish.Parameters.MessageAttributes.status.StringValue.$',
    ],
    [
      'an intrinsic function inside another',
      'States.Plan.Parameters',
      { 'x.$': "States.Format('{}', States.Hash($.a, 'MD5'))" },
      'States.Hash',
    ],
    [
      'a Catch of what is never caught',
      'States.Plan.Catch.0',
      { ErrorEquals: ['States.Runtime'] },
      'is never caught',
    ],
    [
      'States.ALL among others',
      'States.Plan.Catch.0',
      { ErrorEquals: ['A', 'States.ALL'] },
      'stands alone',
    ],
    ['an End beside a Next', 'States.Plan', { End: true }, 'exactly one of Next and End'],
    [
      'two comparisons',
      'States.Verdict.Choices.0',
      { NumericGreaterThan: 1 },
      'States.Verdict.Choices.0',
    ],
    [
      'a Map of another mode',
      'States.ScanAccounts.ItemProcessor.ProcessorConfig',
      { Mode: 'HYBRID' },
      'ProcessorConfig.Mode',
    ],
  ])('%s', (_, path, values, message) => {
    expect(() => parseDefinition(changed(path, (at) => Object.assign(at, values)))).toThrow(
      message,
    );
  });

  it.each(['TimeoutSeconds', 'Resource'])('a Task without %s', (field) => {
    const asl = changed('States.Plan', (at) => delete at[field]);
    expect(() => parseDefinition(asl)).toThrow(`States.Plan.${field}`);
  });

  it('the execution input inside an inline Map, where the interpreter has the item', () => {
    const path =
      'States.ScanAccounts.ItemProcessor.States.ScanRegions.ItemProcessor.States.DiscoverTarget';
    const asl = changed(path, (at) => (at['Parameters'] = { 'x.$': '$$.Execution.Input' }));
    expect(() => parseDefinition(asl)).toThrow('ScanRegions.DiscoverTarget: $$.Execution.Input');
  });

  it('two states of one name, in different Maps', () => {
    const asl = changed(
      'States.RemoveTargets.ItemProcessor.States',
      (at) => (at['Plan'] = { Type: 'Succeed' }),
    );
    expect(() => parseDefinition(asl)).toThrow('two states are called Plan');
  });
});

describe('substitute', () => {
  const values = { A: 'x', B: 'y' };
  const small = parseDefinition(
    JSON.stringify({
      StartAt: 'T',
      States: { T: { Type: 'Task', Resource: 'a:${A}:${B}:${A}', TimeoutSeconds: 1, End: true } },
    }),
  );

  it('fills every placeholder in, wherever in a string it stands', () => {
    expect(substitute(small, values).States['T']).toMatchObject({ Resource: 'a:x:y:x' });
  });

  it('takes values as they are', () => {
    expect(substitute(small, { A: '"$&${B}', B: '' }).States['T']).toMatchObject({
      Resource: 'a:"$&${B}::"$&${B}',
    });
  });

  it('refuses a placeholder without a value, and a value without a placeholder', () => {
    expect(() => substitute(small, { A: 'x' })).toThrow('no value for ${B}');
    expect(() => substitute(small, { ...values, C: 'z' })).toThrow('no placeholder for C');
  });
});

function successors(state: State): string[] {
  if (state.Type === 'Choice') return [...state.Choices.map(({ Next }) => Next), state.Default];
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [];
  return [
    ...(state.Next === undefined ? [] : [state.Next]),
    ...(state.Catch ?? []).map(({ Next }) => Next),
  ];
}

/** Everything that can come from `start` on, itself included, without passing through `walls`. */
function reachable(machine: Machine, start: string, walls: readonly string[]): string[] {
  const seen = new Set<string>();
  const next = [start];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const state = machine.States[name];
    if (seen.has(name) || walls.includes(name) || state === undefined) continue;
    seen.add(name);
    next.push(...successors(state));
  }
  return [...seen];
}

/** Full jitter waits for anything between nothing and the delay. */
function meanWaitSeconds(retrier: Retrier): number {
  const { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds = Infinity } = retrier;
  expect(retrier.JitterStrategy).toBe('FULL');
  let sum = 0;
  for (let attempt = 0; attempt < MaxAttempts; attempt += 1) {
    sum += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds) / 2;
  }
  return sum;
}
