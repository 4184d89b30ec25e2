import { z } from 'zod';
import { DAY_MS } from '../../core/model/age.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { Approval, Mode } from '../../core/input/input.ts';
import type { PastExecution } from '../../core/scope/past-execution.ts';
import { CaughtError, Resumed } from '../../statemachine/contracts.ts';

/** A plan is made of what was scanned, and that grows old. */
const LONGEST_SINCE_START_MS = DAY_MS;
/** So long a function may still work whose execution was stopped. */
const LONGEST_FUNCTION_MS = 15 * 60_000;

/** What Prepare gave: the execution's own state, which no file and no input can change. */
const Prepared = z.looseObject({
  executionId: ExecutionId,
  accountCount: z.int(),
  expectedDigest: z.string().regex(/^[0-9a-f]{64}$/),
  mode: Mode,
  approval: Approval,
  resumed: Resumed.optional(),
});
export type Prepared = z.infer<typeof Prepared>;

/** What steps after it added. */
const Added = z.looseObject({
  plan: z.object({ planDigest: z.string() }).optional().catch(undefined),
  error: CaughtError.optional(),
  notApproved: CaughtError.optional(),
});
type Added = z.infer<typeof Added>;

/** What an execution that is taken up goes on with. */
export interface GoingOn {
  readonly at: 'PLAN' | 'SUMMARIZE';
  readonly prepared: Prepared;
  readonly startedAt: Date;
  readonly scannedAt: Date;
  readonly carried: Added;
}

/** What can't be taken up, and what to do instead. */
export interface NotResumable {
  readonly refused: string;
}

/** Entered only where Prepare did well; of earlier versions the second. */
const AFTER_PREPARE = new Set(['GoOnAt', 'AnyAccounts']);

/** undefined: Prepare didn't do well, or what it gave is of a version that had no digests. */
export function preparedIn({ entered }: PastExecution): Prepared | undefined {
  const after = entered.find(({ name }) => AFTER_PREPARE.has(name));
  return Prepared.safeParse(after?.input).data;
}

/** Where an execution that has ended can be taken up, by what Step Functions remembers of it. */
export function whereToGoOn(past: PastExecution, now: Date): GoingOn | NotResumable {
  const { executionId: id, entered, status } = past;
  const has = (state: string) => entered.some(({ name }) => name === state);
  if (status === 'RUNNING') return no(`it still runs: orgsweep watch ${id}`);
  const prepared = preparedIn(past);
  if (prepared === undefined) {
    return [...AFTER_PREPARE].some(has)
      ? no('an earlier version of orgsweep began it; start anew')
      : no(whatItWasToDo(past));
  }
  const scanned = entered.find(({ name }) => name === 'Plan')?.at;
  const scannedAt = prepared.resumed === undefined ? scanned : new Date(prepared.resumed.scannedAt);
  if (scannedAt === undefined) {
    return no(`it ended before its scan did; what it did not see: orgsweep start --retry ${id}`);
  }
  const startedAt = new Date(prepared.resumed?.startedAt ?? past.startedAt);
  const carried = addedIn(past);
  const goingOn = { prepared, startedAt, scannedAt };
  if (carried.plan === undefined) {
    return now.getTime() - startedAt.getTime() <= LONGEST_SINCE_START_MS
      ? { ...goingOn, at: 'PLAN', carried: {} }
      : no(
          `it began on ${startedAt.toISOString()}, and what is planned may be 24 hours old; start anew`,
        );
  }
  const refused = afterPlan(past, carried, has, now);
  if (refused !== undefined) return no(refused);
  const isStopped = !has('RemoveTargets') && !has('Summarize') && carried.notApproved === undefined;
  return {
    ...goingOn,
    at: 'SUMMARIZE',
    carried: { ...carried, ...(isStopped && { notApproved: STOPPED }) },
  };
}

/** What a run was started with. It is only told to people: nothing is taken up by it. */
const AskedToResume = z.looseObject({
  resume: ExecutionId,
  mode: Mode.optional().catch(undefined),
});

function whatItWasToDo({ executionId, entered }: PastExecution): string {
  const input = entered.find(({ name }) => name === 'Prepare')?.input;
  const asked = AskedToResume.safeParse(input).data;
  if (asked === undefined || asked.resume === executionId) {
    return 'it failed before anything was scanned; start anew';
  }
  const mode = asked.mode === 'delete' ? '--mode delete ' : '';
  return `it was to resume ${asked.resume}, and did not; orgsweep start ${mode}--resume ${asked.resume}`;
}

const STOPPED: CaughtError = { Error: 'Interrupted', Cause: 'the run was stopped while it waited' };

/** What stands against summing up an execution whose plan was made. */
function afterPlan(
  { executionId: id, status, error, stoppedAt }: PastExecution,
  carried: Added,
  has: (state: string) => boolean,
  now: Date,
): string | undefined {
  if (status === 'SUCCEEDED') return 'it ended well: there is nothing to resume';
  const removalsOf = `orgsweep start --mode delete --plan ${id}`;
  if (has('Verdict')) {
    switch (error) {
      case 'PartialCoverage':
        return `it is summed up; what it did not see: orgsweep start --retry ${id}`;
      case 'RemovalsIncomplete':
        return `it is summed up; what it did not delete: ${removalsOf}`;
      case 'PlanRefused':
        return 'its plan was refused, which its message explains; start anew';
      case 'PlanNotApproved':
        return `its plan was not approved; to ask again: ${removalsOf}`;
      default:
        return (carried.error ?? carried.notApproved)
          ? `it is summed up, and neither Plan nor Summarize failed; what it did not delete: ${removalsOf}`
          : undefined;
    }
  }
  const until = (stoppedAt?.getTime() ?? now.getTime()) + LONGEST_FUNCTION_MS;
  return has('RemoveTargets') && !has('Summarize') && until > now.getTime()
    ? `it was stopped while it deleted, and may do so until ${new Date(until).toISOString()}; wait until then`
    : undefined;
}

/** The newest state has all that the earlier ones added. */
function addedIn({ entered }: PastExecution): Added {
  const WITH_STATE =
    /^(GoOnAt|AnythingToRemove|ApprovalNeeded|ShowPlan|AwaitApproval|RemoveTargets|Summarize)$/;
  const last = entered.findLast(({ name }) => WITH_STATE.test(name));
  return Added.safeParse(last?.input).data ?? {};
}

function no(refused: string): NotResumable {
  return { refused };
}
