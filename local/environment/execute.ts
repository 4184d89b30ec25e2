import { makeFunctions } from '../../functions/index.ts';
import { contracts, type FunctionName } from '../../statemachine/contracts.ts';
import type { Definition } from '../../statemachine/asl.ts';
import { loadDefinition, substitute } from '../../statemachine/definition.ts';
import type { Engine, Progress } from '../engine/engine.ts';
import type { SnsMessage } from '../../report/message/sns-message.ts';
import { awaitDecision } from './await-decision.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import type { Environment } from './environment.ts';
import type { LambdaFunction } from '../engine/lambda-function.ts';
import { runStateMachine, type StateMachineResult } from '../engine/run-asl.ts';

const FUNCTION_NAMES = Object.keys(contracts) as FunctionName[];

export interface LocalExecution {
  readonly executionId: string;
  readonly input: Record<string, unknown>;
  /** Undefined: the summary isn't sent anywhere. */
  readonly topic: string | undefined;
  readonly onProgress?: (event: Progress) => void;
  /** Left out: a decision in the store is waited for, as one process can't call another. */
  readonly awaitCallback?: Engine['awaitCallback'];
  /** With its placeholders; left out: that of this version. */
  readonly definition?: Definition;
}

/** Runs the one state machine once, in this process, with the real functions. */
export async function execute(
  environment: Environment,
  { executionId, input, topic, onProgress, awaitCallback, definition }: LocalExecution,
): Promise<{ result: StateMachineResult; published: SnsMessage | undefined }> {
  const { deps, partition } = environment;
  environment.begin(executionId);
  const unsealed = fencedStore(deps.store, null, executionId);
  let published: SnsMessage | undefined;
  const machine = definition ?? loadDefinition();
  // Of a version before it had this one.
  const hasWhatToDo = JSON.stringify(machine).includes('${WhatToDo}');
  const result = await runStateMachine({
    definition: substitute(machine, {
      ...Object.fromEntries(FUNCTION_NAMES.map((name) => [name, name])),
      BucketName: 'local',
      TopicArn: topic ?? 'none',
      Partition: partition,
      ...(hasWhatToDo && { WhatToDo: environment.whatToDo ?? 'Start a new run instead of' }),
    }),
    functions: functionsOf(environment),
    store: deps.store,
    publish: async (message) => {
      published = message;
      await environment.publish(message);
    },
    awaitCallback: awaitCallback ?? (async (wait) => awaitDecision(unsealed, executionId, wait)),
    executionId,
    input,
    retryWait: environment.retryWait,
    ...(environment.maxChildren !== undefined && { maxChildren: environment.maxChildren }),
    ...(onProgress && { onProgress }),
    ...(deps.signal && { signal: deps.signal }),
  });
  return { result, published };
}

function functionsOf({ deps, wrap }: Environment): Record<string, LambdaFunction> {
  const functions = makeFunctions(deps);
  return Object.fromEntries(FUNCTION_NAMES.map((name) => [name, wrap(name, functions[name])]));
}
