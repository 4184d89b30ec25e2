import { z } from 'zod';
import { AccountId, ExecutionId, Timestamp } from '../core/model/ids.ts';
import { Approval, Mode } from '../core/input/input.ts';
import { PlanStatus } from '../core/plan/plan.ts';
import { SummaryStatus } from '../core/summary/summary.ts';
import { Shown } from '../core/plan/shown.ts';
import { Target, TargetRef } from '../core/model/target.ts';

/**
 * What a Catch leaves under `$.error`; `Cause` is Lambda's JSON with errorType and errorMessage, or
 * text, or nothing. That something was caught holds whatever it looks like.
 */
export const CaughtError = z
  .object({
    Error: z.string().min(1).catch('Unknown'),
    Cause: z.string().optional().catch(undefined),
  })
  .catch({ Error: 'Unknown' });
export type CaughtError = z.infer<typeof CaughtError>;

/** The sha-256 of the file that Prepare wrote: who is handed it believes no other. */
const expectedDigest = z.string().regex(/^[0-9a-f]{64}$/, 'accepted: a sha-256, 64 hex digits');

/** Of an execution that another one took up: when it began, when all was scanned, and by which. */
export const Resumed = z.object({
  by: ExecutionId,
  at: Timestamp,
  startedAt: Timestamp,
  scannedAt: Timestamp,
});
export type Resumed = z.infer<typeof Resumed>;

/** Of ShowPlan: a plan that people are going to be asked about. */
export const PlanToShow = z.object({
  executionId: ExecutionId,
  expectedDigest,
  awaits: z.literal('APPROVAL'),
  planDigest: z.string(),
  /** How long the machine is going to wait for the answer. */
  timeoutSeconds: z.int().min(1),
});
export type PlanToShow = z.infer<typeof PlanToShow>;

const ToSummarize = z.object({
  /** Of an execution that Prepare refused for its name, one that Step Functions alone allows. */
  executionId: z.string(),
  carried: z.looseObject({
    resumed: Resumed.optional(),
    /** Absent where Prepare failed: then there is nothing to be believed. */
    expectedDigest: expectedDigest.optional().catch(undefined),
    /** Where Prepare failed, in executions that began before SummarizeUnprepared, it is the execution
     * input's own `plan`, whatever that is. */
    plan: z.looseObject({ planDigest: z.string() }).optional().catch(undefined),
    error: CaughtError.optional(),
    /** Why the wait for a person ended without approval. */
    notApproved: CaughtError.optional(),
  }),
});
export type ToSummarize = z.infer<typeof ToSummarize>;

const Summarized = z.strictObject({
  executionId: z.string(),
  status: SummaryStatus,
  subject: z.string().max(99),
  message: z.string(),
  summaryKey: z.string().nullable(),
});
export type Summarized = z.infer<typeof Summarized>;

/** What one invocation of RemovePlanned leaves to the next. */
const RemovalProgress = z.strictObject({
  remaining: z.int(),
  /** How many removals of the target have ended in each way. */
  outcomes: z.record(z.string(), z.int()),
});

/**
 * What each function takes and gives, by the placeholder its states name in `sweep.asl.json`.
 * States pass counters and pointers only: Step Functions allows 256 KiB.
 */
export const contracts = {
  PrepareFunctionArn: {
    // Name and input are untrusted: Prepare itself parses them, to answer in words.
    input: z.object({
      executionId: z.string(),
      input: z.unknown(),
      /** The definition that the execution began with goes on where Prepare says. */
      hasGoOnAt: z.boolean().optional(),
    }),
    output: z.strictObject({
      executionId: ExecutionId,
      accountCount: z.int(),
      accountsKey: z.string(),
      mapResultsPrefix: z.string(),
      expectedDigest,
      /** What was asked for, where no file of the store can change it. */
      mode: Mode,
      approval: Approval,
      /** Always there: a Choice fails by what isn't. */
      goOnAt: z.enum(['SCAN', 'PLAN', 'SUMMARIZE']),
      /** The rest only of one that takes up another, whose id is `executionId` then. */
      resumed: Resumed.optional(),
      plan: z.strictObject({ planDigest: z.string() }).optional(),
      error: CaughtError.optional(),
      notApproved: CaughtError.optional(),
    }),
  },
  ListRegionsFunctionArn: {
    input: z.object({ executionId: ExecutionId, expectedDigest, accountId: AccountId }),
    output: z.strictObject({
      executionId: ExecutionId,
      accountId: AccountId,
      targets: z.array(Target),
    }),
  },
  DiscoverTargetFunctionArn: {
    input: z.object({ executionId: ExecutionId, expectedDigest, target: Target }),
    output: z.strictObject({
      status: z.string(),
      resources: z.int(),
      stale: z.int(),
      outcomeKey: z.string(),
    }),
  },
  RecordFailedTargetFunctionArn: {
    input: z.object({
      executionId: ExecutionId,
      expectedDigest,
      /** An account whose Regions couldn't be listed has no target. */
      accountId: AccountId.optional(),
      target: TargetRef.loose().optional(),
      /** Present when a removal failed, not a discovery. */
      planDigest: z.string().optional(),
      error: CaughtError,
    }),
    output: z.strictObject({ status: z.string(), outcomeKey: z.string() }),
  },
  PlanFunctionArn: {
    // `carried.scanError`: the scan's Map itself failed; what it left undone shows in the reconciliation.
    input: z.object({
      executionId: ExecutionId,
      carried: z.looseObject({
        expectedDigest,
        scanError: CaughtError.optional(),
        resumed: Resumed.optional(),
      }),
    }),
    // Kept apart in the state, so that nothing here takes the place of what Prepare gave.
    output: z.strictObject({
      planStatus: PlanStatus,
      planDigest: z.string(),
      removals: z.int(),
      held: z.int(),
      removalTargetsKey: z.string(),
    }),
  },
  // Called with `.waitForTaskToken`: what it gives is not what the machine waits for.
  RequestApprovalFunctionArn: {
    input: z.object({
      executionId: ExecutionId,
      planDigest: z.string(),
      taskToken: z.string().min(1),
      /** How long the machine waits for the answer. */
      timeoutSeconds: z.int().min(1),
      /** What ShowPlan made, or why it made nothing; absent in executions that began without it. */
      shown: z.union([Shown, CaughtError]).optional(),
    }),
    output: z.strictObject({ published: z.boolean() }),
  },
  RemovePlannedFunctionArn: {
    input: z.object({
      executionId: ExecutionId,
      expectedDigest,
      mode: Mode,
      approval: Approval,
      planDigest: z.string(),
      target: TargetRef,
      /** What the invocation before it gave, where there was one. */
      progress: RemovalProgress.optional(),
    }),
    output: RemovalProgress,
  },
  // Called by two states: it has the code that draws, which is too large to be deployed twice.
  SummarizeFunctionArn: {
    input: z.union([PlanToShow, ToSummarize]),
    output: z.union([Shown, Summarized]),
  },
} as const;

export type FunctionName = keyof typeof contracts;
export type FunctionInput<N extends FunctionName> = z.infer<(typeof contracts)[N]['input']>;
export type FunctionOutput<N extends FunctionName> = z.infer<(typeof contracts)[N]['output']>;
