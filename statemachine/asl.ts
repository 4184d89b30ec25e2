import { z } from 'zod';
import {
  flatPayloadTemplate,
  payloadTemplate,
  type PayloadTemplate,
  ReferencePath,
} from './payload-template.ts';

/**
 * The part of the Amazon States Language that orgsweep uses, as strict schemas: a field is listed
 * only if Step Functions and the local run both carry it out. Anything else is refused by name,
 * because an ignored field (a Retry, a tolerated failure) would make another machine of it.
 */

const Name = z.string().min(1).max(80);

// States.ALL catches neither of them in AWS, and no retrier or catcher may name them here.
const NEVER_CAUGHT = ['States.DataLimitExceeded', 'States.Runtime'];
const ErrorEquals = z
  .array(z.string().refine((error) => !NEVER_CAUGHT.includes(error), 'is never caught'))
  .min(1)
  .refine((errors) => !errors.includes('States.ALL') || errors.length === 1, {
    message: 'States.ALL stands alone',
  });

const Retrier = z.strictObject({
  ErrorEquals,
  IntervalSeconds: z.int().min(1),
  MaxAttempts: z.int().min(0),
  BackoffRate: z.number().min(1),
  MaxDelaySeconds: z.int().min(1).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});
/** @internal A test reads the patience of every Task. */
export type Retrier = z.infer<typeof Retrier>;

const Catcher = z.strictObject({ ErrorEquals, ResultPath: ReferencePath, Next: Name });
type Catcher = z.infer<typeof Catcher>;

const Comment = { Comment: z.string().optional() };
const Transition = { Next: Name.optional(), End: z.literal(true).optional() };
const ONE_TRANSITION = 'accepted: exactly one of Next and End';
const hasOneTransition = (state: { Next?: string | undefined; End?: true | undefined }) =>
  (state.Next === undefined) !== (state.End === undefined);

const taskFields = {
  Type: z.literal('Task'),
  ...Comment,
  ...Transition,
  // Left out, the interpreter takes 60 seconds and AWS more than three years.
  TimeoutSeconds: z.int().min(1),
  ResultPath: ReferencePath.nullable().optional(),
  Retry: z.array(Retrier).optional(),
  Catch: z.array(Catcher).optional(),
};
const OTHER_PATTERN = /\.(sync(:\d+)?|waitForTaskToken)$/;
const PlainTaskState = z
  .strictObject({
    ...taskFields,
    Resource: z
      .string()
      .min(1)
      .refine((resource) => !OTHER_PATTERN.test(resource), 'waits in a way that is not understood'),
    Parameters: payloadTemplate('Execution.Name', 'Execution.Input').optional(),
  })
  .refine(hasOneTransition, ONE_TRANSITION);

const CALLBACK_RESOURCE = /:states:::lambda:invoke\.waitForTaskToken$/;
/** Calls a function with a token, and waits until somebody sends the outcome for that token. */
const CallbackTaskState = z
  .strictObject({
    ...taskFields,
    Resource: z.string().regex(CALLBACK_RESOURCE),
    Parameters: z.strictObject({
      FunctionName: z.string().min(1),
      // Where the token is filled in later, by field.
      Payload: flatPayloadTemplate('Execution.Name', 'Task.Token').refine(
        (payload) => Object.values(payload).includes('$$.Task.Token'),
        'accepted: with a "name.$": "$$.Task.Token", or nobody could ever answer',
      ),
    }),
  })
  .refine(hasOneTransition, ONE_TRANSITION);
export type CallbackTaskState = z.infer<typeof CallbackTaskState>;
export type TaskState = z.infer<typeof PlainTaskState> | CallbackTaskState;

export function waitsForCallback(task: TaskState): task is CallbackTaskState {
  return CALLBACK_RESOURCE.test(task.Resource);
}

const comparison = {
  Variable: ReferencePath,
  StringEquals: z.string().optional(),
  NumericGreaterThan: z.number().optional(),
};
const comparesOnce = (rule: { StringEquals?: unknown; NumericGreaterThan?: unknown }) =>
  (rule.StringEquals === undefined) !== (rule.NumericGreaterThan === undefined);
const ONE_COMPARISON = 'accepted: exactly one of StringEquals and NumericGreaterThan';
const ChoiceRule = z.union([
  z.strictObject({
    And: z.array(z.strictObject(comparison).refine(comparesOnce, ONE_COMPARISON)).min(2),
    Next: Name,
  }),
  z.strictObject({ ...comparison, Next: Name }).refine(comparesOnce, ONE_COMPARISON),
]);
const ChoiceState = z.strictObject({
  Type: z.literal('Choice'),
  ...Comment,
  Choices: z.array(ChoiceRule).min(1),
  // Without it an unexpected value would end the execution before it publishes.
  Default: Name,
});
type ChoiceState = z.infer<typeof ChoiceState>;

const SucceedState = z.strictObject({ Type: z.literal('Succeed'), ...Comment });
const FailState = z.strictObject({
  Type: z.literal('Fail'),
  ...Comment,
  Error: z.string().min(1),
  Cause: z.string().min(1),
});

interface MapFields {
  Type: 'Map';
  Comment?: string | undefined;
  Next?: string | undefined;
  End?: true | undefined;
  ItemSelector: PayloadTemplate;
  MaxConcurrency: number;
  ResultPath?: string | null | undefined;
  Catch?: Catcher[] | undefined;
}
/** @internal A test looks into the Maps. */
export interface InlineMapState extends MapFields {
  ItemsPath: string;
  ItemProcessor: Machine & { ProcessorConfig: { Mode: 'INLINE' } };
}
export interface DistributedMapState extends MapFields {
  Label: string;
  ItemReader: {
    Resource: string;
    ReaderConfig: { InputType: 'JSONL' };
    Parameters: PayloadTemplate;
  };
  ToleratedFailurePercentage: number;
  ItemProcessor: Machine & {
    ProcessorConfig: { Mode: 'DISTRIBUTED'; ExecutionType: 'STANDARD' };
  };
  ResultWriter: { Resource: string; Parameters: PayloadTemplate };
}
export type State =
  | TaskState
  | ChoiceState
  | z.infer<typeof SucceedState>
  | z.infer<typeof FailState>
  | InlineMapState
  | DistributedMapState;
export interface Machine {
  /** Of the whole execution; only the outermost machine has it. */
  TimeoutSeconds?: number | undefined;
  StartAt: string;
  States: Record<string, State>;
}

/** Its schema is chosen by hand, so that complaints are about a field and not about a union. */
const State: z.ZodType<State> = z.unknown().transform((raw, context) => {
  const parsed = schemaOf(raw).safeParse(raw);
  if (parsed.success) return parsed.data as State;
  context.issues.push(...parsed.error.issues.map((issue) => ({ ...issue, input: raw }) as never));
  return z.NEVER;
});

const machine = { StartAt: Name, States: z.record(Name, State) };
const mapFields = {
  Type: z.literal('Map'),
  ...Comment,
  ...Transition,
  ItemSelector: payloadTemplate('Execution.Name', 'Map.Item'),
  ResultPath: ReferencePath.nullable().optional(),
  // No Retry: on a distributed Map it would run all children again in a new Map Run.
  Catch: z.array(Catcher).optional(),
};

const InlineMapState: z.ZodType<InlineMapState> = z
  .strictObject({
    ...mapFields,
    ItemsPath: ReferencePath,
    // AWS runs at most 40 iterations of an inline Map at a time.
    MaxConcurrency: z.int().min(1).max(40),
    ItemProcessor: z.strictObject({
      ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }),
      ...machine,
    }),
  })
  .refine(hasOneTransition, ONE_TRANSITION);

const DistributedMapState: z.ZodType<DistributedMapState> = z
  .strictObject({
    ...mapFields,
    Label: z.string().regex(/^[\w-]{1,40}$/),
    ItemReader: z.strictObject({
      Resource: z.string().regex(/:states:::s3:getObject$/),
      ReaderConfig: z.strictObject({ InputType: z.literal('JSONL') }),
      Parameters: payloadTemplate('Execution.Name'),
    }),
    MaxConcurrency: z.int().min(1).max(10_000),
    ToleratedFailurePercentage: z.number().min(0).max(100),
    ItemProcessor: z.strictObject({
      ProcessorConfig: z.strictObject({
        Mode: z.literal('DISTRIBUTED'),
        ExecutionType: z.literal('STANDARD'),
      }),
      ...machine,
    }),
    ResultWriter: z.strictObject({
      Resource: z.string().regex(/:states:::s3:putObject$/),
      Parameters: payloadTemplate('Execution.Name'),
    }),
  })
  .refine(hasOneTransition, ONE_TRANSITION);

const StateOfSomeType = z.looseObject({
  Type: z.enum(['Task', 'Choice', 'Map', 'Succeed', 'Fail']),
});
const MapOfSomeMode = z.looseObject({
  ItemProcessor: z.looseObject({
    ProcessorConfig: z.looseObject({ Mode: z.enum(['INLINE', 'DISTRIBUTED']) }),
  }),
});
const PLAIN_STATES = {
  Choice: ChoiceState,
  Succeed: SucceedState,
  Fail: FailState,
};

function schemaOf(raw: unknown): z.ZodType {
  const state = StateOfSomeType.safeParse(raw);
  if (!state.success) return StateOfSomeType;
  if (state.data.Type === 'Task') {
    const isCallback = CALLBACK_RESOURCE.test(String(state.data['Resource']));
    return isCallback ? CallbackTaskState : PlainTaskState;
  }
  if (state.data.Type !== 'Map') return PLAIN_STATES[state.data.Type];
  const map = MapOfSomeMode.safeParse(raw);
  if (!map.success) return MapOfSomeMode;
  const inline = map.data.ItemProcessor.ProcessorConfig.Mode === 'INLINE';
  return inline ? InlineMapState : DistributedMapState;
}

export const Definition = z.strictObject({
  Comment: z.string().optional(),
  // Left out, an execution that hangs would hang for a year, and keep the next from starting.
  TimeoutSeconds: z.int().min(1).optional(),
  ...machine,
});
export type Definition = z.infer<typeof Definition>;

export function isDistributed(state: State): state is DistributedMapState {
  return state.Type === 'Map' && state.ItemProcessor.ProcessorConfig.Mode === 'DISTRIBUTED';
}
