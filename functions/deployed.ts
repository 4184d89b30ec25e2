import type { z } from 'zod';
import type { Purpose } from '../aws/sessions/purpose.ts';
import type { FunctionName } from '../statemachine/contracts.ts';
import { loadDefinition, tasksOf } from '../statemachine/definition.ts';
import { ENV } from './env.ts';

/** What there is to know about a function in order to deploy it. */
export interface DeployedFunction {
  /** From the top folder; it exports `handler`. */
  readonly entry: string;
  /** Text in, typed values out. */
  readonly env: z.ZodObject;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** The sessions it opens in spokes: their roles trust its own. */
  readonly assumes: readonly Purpose[];
  /** What stands for its ARN in the state machine; null: others call it. */
  readonly placeholder: string | null;
}

/** A Task waits this much longer than its function may take, or a copy of it would run on. */
const TASK_OUTLASTS_FUNCTION_SECONDS = 20;

/** What reading a whole plan takes: one of 400,000 entries some 680 MiB. */
const PLAN_MIB = 1024;

/**
 * Every function that is deployed, by name. Memory buys processor time, too: 1,769 MiB are one
 * whole processor.
 */
export const DEPLOYED = {
  Prepare: {
    ...called('PrepareFunctionArn'),
    entry: 'functions/lambda/prepare.ts',
    env: ENV.Prepare,
    memoryMiB: PLAN_MIB,
    assumes: [],
  },
  ListRegions: {
    ...called('ListRegionsFunctionArn'),
    entry: 'functions/lambda/list-regions.ts',
    env: ENV.ListRegions,
    memoryMiB: 512,
    assumes: ['discover'],
  },
  DiscoverTarget: {
    ...called('DiscoverTargetFunctionArn'),
    entry: 'functions/lambda/discover-target.ts',
    env: ENV.DiscoverTarget,
    // A target of 100,000 snapshots needs some 320 (docs/figures.md).
    memoryMiB: 1024,
    assumes: ['discover'],
  },
  RecordFailedTarget: {
    ...called('RecordFailedTargetFunctionArn'),
    entry: 'functions/lambda/record-failed-target.ts',
    env: ENV.RecordFailedTarget,
    memoryMiB: 512,
    assumes: [],
  },
  Plan: {
    ...called('PlanFunctionArn'),
    entry: 'functions/lambda/plan.ts',
    env: ENV.Plan,
    memoryMiB: 1769,
    assumes: [],
  },
  RequestApproval: {
    placeholder: 'RequestApprovalFunctionArn',
    entry: 'functions/lambda/request-approval.ts',
    env: ENV.RequestApproval,
    // The Task that calls it waits for a person, three days. It counts all that the plan holds back:
    // some 20 seconds for each million.
    timeoutSeconds: 900,
    memoryMiB: PLAN_MIB,
    assumes: [],
  },
  // Invoked by people, through `orgsweep approve` and `reject`.
  DecideApproval: {
    placeholder: null,
    entry: 'functions/lambda/decide-approval.ts',
    env: ENV.DecideApproval,
    timeoutSeconds: 60,
    memoryMiB: PLAN_MIB,
    assumes: [],
  },
  RemovePlanned: {
    ...called('RemovePlannedFunctionArn'),
    entry: 'functions/lambda/remove-planned.ts',
    env: ENV.RemovePlanned,
    memoryMiB: 1024,
    assumes: ['discover', 'remove'],
  },
  Summarize: {
    ...called('SummarizeFunctionArn'),
    entry: 'functions/lambda/summarize.ts',
    env: ENV.Summarize,
    memoryMiB: 1769,
    assumes: [],
  },
  StartGovernanceRun: {
    placeholder: null,
    entry: 'functions/lambda/start-governance-run.ts',
    env: ENV.StartGovernanceRun,
    timeoutSeconds: 60,
    memoryMiB: 512,
    assumes: [],
  },
  /** Only where there is a chat channel. */
  ForwardToChat: {
    placeholder: null,
    entry: 'functions/lambda/forward-to-chat.ts',
    env: ENV.ForwardToChat,
    timeoutSeconds: 60,
    memoryMiB: 512,
    assumes: [],
  },
} as const satisfies Record<string, DeployedFunction>;

export type DeployedName = keyof typeof DEPLOYED;

/** The environment that a function is to be given, as text. */
export type DeployedEnv<N extends DeployedName> = z.input<(typeof DEPLOYED)[N]['env']>;

/** `list-regions` for `ListRegions`: how names of AWS resources are written. */
export function kebabName(name: DeployedName): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}

/** How long a function may take follows from how long the states that call it wait. */
function called(placeholder: FunctionName) {
  const waits = tasksOf(loadDefinition())
    .filter(({ state }) => state.Resource === `\${${placeholder}}`)
    .map(({ state }) => state.TimeoutSeconds);
  const timeoutSeconds = Math.min(...waits) - TASK_OUTLASTS_FUNCTION_SECONDS;
  return { placeholder, timeoutSeconds };
}
