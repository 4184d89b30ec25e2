import type { Execution, MapRun } from './execution.ts';

/** JSON has no dates: AWS's JSON protocols write seconds. */
const seconds = (date: Date) => date.getTime() / 1000;

export function describeInList(execution: Execution, stateMachineArn: string) {
  const { executionArn, name, status, startDate, stopDate } = execution;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: seconds(startDate),
    ...(stopDate && { stopDate: seconds(stopDate) }),
    redriveCount: 0,
  };
}

export function describeExecution(execution: Execution, stateMachineArn: string) {
  return {
    ...describeInList(execution, stateMachineArn),
    input: execution.input,
    inputDetails: { included: true },
    ...execution.ending,
    redriveStatus: 'NOT_REDRIVABLE',
  };
}

export function describeMapRun(run: MapRun, execution: Execution) {
  const { SUCCEEDED, FAILED } = run.counts;
  const open = run.total - SUCCEEDED - FAILED;
  const isRunning = run.stopDate === undefined;
  const counts = {
    pending: isRunning ? open : 0,
    running: 0,
    succeeded: SUCCEEDED,
    failed: FAILED,
    timedOut: 0,
    aborted: isRunning ? 0 : open,
    total: run.total,
    resultsWritten: 0,
  };
  return {
    mapRunArn: run.mapRunArn,
    executionArn: execution.executionArn,
    status: mapRunStatus(run, execution),
    startDate: seconds(run.startDate),
    ...(run.stopDate && { stopDate: seconds(run.stopDate) }),
    maxConcurrency: 0,
    toleratedFailurePercentage: 100,
    toleratedFailureCount: 0,
    itemCounts: counts,
    executionCounts: counts,
    redriveCount: 0,
  };
}

function mapRunStatus({ stopDate, counts, total }: MapRun, { status }: Execution): string {
  if (stopDate === undefined) return 'RUNNING';
  if (counts.SUCCEEDED + counts.FAILED === total) return 'SUCCEEDED';
  return status === 'ABORTED' ? 'ABORTED' : 'FAILED';
}
