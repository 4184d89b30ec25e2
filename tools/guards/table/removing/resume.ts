import type { Guard } from '../../guard.ts';

const ON_HUB = ['resume'];
const ASL = ['definition'];
const DECISION = ['where-to-go-on'];

/** Between an execution that failed and what takes it up. */
export const RESUME: readonly Guard[] = [
  {
    name: 'patience-at-plan',
    promise: 2,
    keeps: 'a minute without room in Lambda ends an execution after its whole scan',
    in: 'sweep.asl.json#Plan',
    find: '"Parameters": { "executionId.$": "$.executionId", "carried.$": "$" }, "TimeoutSeconds": 920, "Retry": [ { "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 5, "MaxAttempts": 60, "BackoffRate": 2, "MaxDelaySeconds": 120, "JitterStrategy": "FULL" }, { "ErrorEquals": ["Throttled"], "IntervalSeconds": 10, "MaxAttempts": 20, "BackoffRate": 2, "MaxDelaySeconds": 120, "JitterStrategy": "FULL" }, { "ErrorEquals": [ "Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.ClientExecutionTimeoutException" ], "IntervalSeconds": 5, "MaxAttempts": 3, "BackoffRate": 2, "JitterStrategy": "FULL" }, { "ErrorEquals": ["Lambda.Unknown", "Sandbox.Timedout", "Runtime.ExitError"], "IntervalSeconds": 60, "MaxAttempts": 1, "BackoffRate": 1 } ], "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Summarize" }],',
    replace:
      '"Parameters": { "executionId.$": "$.executionId", "carried.$": "$" }, "TimeoutSeconds": 920, "Retry": [ { "ErrorEquals": ["Lambda.TooManyRequestsException", "Throttled"], "IntervalSeconds": 5, "MaxAttempts": 3, "BackoffRate": 2, "JitterStrategy": "FULL" } ], "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Summarize" }],',
    tests: ['patience'],
  },
  {
    name: 'caught-whatever-it-looks-like',
    promise: 6,
    keeps: 'a rejection without a cause is told as a summary that could not be made',
    in: 'CaughtError',
    find: 'Cause: z.string().optional().catch(undefined)',
    replace: 'Cause: z.string().optional()',
    tests: ['contracts'],
  },
  {
    name: 'input-is-no-state',
    promise: 5,
    keeps: 'an input that Prepare did not take passes for the state of an execution',
    in: 'sweep.asl.json#SummarizeUnprepared',
    find: '"carried": { "error.$": "$.error" }',
    replace: '"carried.$": "$"',
    tests: ASL,
  },
  {
    name: 'resumed-by-its-own-state',
    promise: 5,
    keeps: 'an execution is taken up by what its input claims, and not by what Prepare gave',
    in: 'AFTER_PREPARE',
    find: "new Set(['GoOnAt', 'AnyAccounts'])",
    replace: "new Set(['GoOnAt', 'AnyAccounts', 'SummarizeUnprepared'])",
    tests: DECISION,
  },
  {
    name: 'resumed-while-fresh',
    promise: 3,
    keeps: 'a plan is made of a scan that is older than a day',
    in: 'whereToGoOn',
    find: '<= LONGEST_SINCE_START_MS',
    replace: '<= 100 * LONGEST_SINCE_START_MS',
    tests: DECISION,
  },
  {
    name: 'resumed-deletes-if-asked-again',
    promise: 3,
    keeps: 'a run that deletes is taken up by somebody who asked for a report',
    in: 'refuseOtherMode',
    find: "if (before === mode || (at === 'SUMMARIZE' && mode === 'report')) return;",
    replace: "if (before === mode || mode === 'report') return;",
    tests: ON_HUB,
    title: 'asked for again',
  },
  {
    name: 'resumed-by-one-at-a-time',
    promise: 3,
    keeps: 'two executions take the same one up at once',
    in: 'noteTakenUp',
    find: 'const condition = stored ? { version: stored.version } : ({ absent: true } as const);',
    replace: 'const condition = undefined;',
    tests: ['take-up-execution'],
  },
  {
    name: 'resumed-by-what-the-deployment-says-now',
    promise: 3,
    keeps: 'an execution of before the floors were raised goes on below them',
    in: 'takeUpExecution',
    find: "if (at === 'PLAN') await refuseUnlessAsOfNow(deps, resume, found);",
    replace: '',
    tests: ['take-up-execution'],
  },
  {
    name: 'resumed-plans-as-of-its-scan',
    promise: 1,
    keeps: 'grace counts the time in which a failed execution waited to be taken up',
    in: 'makeAndWritePlan',
    find: 'resumed === undefined ? takenInAt : new Date(resumed.scannedAt)',
    replace: 'takenInAt',
    tests: ON_HUB,
    title: 'under its own id',
  },
  {
    name: 'resumed-under-a-definition-that-goes-on',
    promise: 3,
    keeps:
      'during an upgrade an execution that takes up another deletes what nobody was asked about, as its definition is of before',
    in: 'prepareExecution',
    find: 'if (!hasGoOnAt) throw',
    replace: 'if (false) throw',
    tests: ['take-up-execution'],
  },
  {
    name: 'resumed-by-a-whole-history',
    promise: 3,
    keeps: 'a state that a cut history leaves out passes for one that was never entered',
    in: 'readEntered',
    find: "if (!END.test(last?.type ?? '')) throw",
    replace: "if (last?.type === 'none') throw",
    tests: ['past-executions'],
  },
  {
    name: 'resumed-when-the-last-one-is-known',
    promise: 3,
    keeps:
      'two executions take the same one up while Step Functions does not know yet of the first',
    in: 'newestOf',
    find: 'if (past === undefined) throw refusal(resume, notTold(executionId));',
    replace: 'if (past === undefined) continue;',
    tests: ['take-up-execution'],
  },
];
