import { type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { makePastExecutions } from '../../../aws/hub/past-executions.ts';

const MACHINE = 'arn:aws:states:eu-west-1:111111111111:stateMachine:orgsweep';
const AT = new Date('2026-11-23T06:00:00.000Z');

const STARTED: HistoryEvent = { id: 1, type: 'ExecutionStarted', timestamp: AT };
const PLAN: HistoryEvent = {
  ...{ id: 2, type: 'TaskStateEntered', timestamp: AT },
  stateEnteredEventDetails: { name: 'Plan', input: '{}' },
};
const ABORTED: HistoryEvent = { id: 3, type: 'ExecutionAborted', timestamp: AT };

/** Step Functions that tells of one execution, which was stopped, in pages of a history. */
async function remembered(...pages: HistoryEvent[][]) {
  const sfn = new SFNClient({ region: 'eu-west-1' });
  const answers = [
    { status: 'ABORTED', stateMachineArn: MACHINE, startDate: AT, stopDate: AT },
    ...pages.map((events, page) => ({
      events,
      ...(page < pages.length - 1 && { nextToken: `token ${page}` }),
    })),
  ];
  sfn.send = async () => answers.shift();
  return makePastExecutions(sfn, MACHINE)('old');
}

it('tells of all pages what was entered', async () => {
  const past = await remembered([STARTED], [PLAN], [ABORTED]);
  expect(past?.entered).toEqual([{ name: 'Plan', at: AT, input: {} }]);
});

// A state that is missing would be one that was never entered: RemoveTargets, or Verdict.
it.each<[string, HistoryEvent[][]]>([
  ['has no end yet', [[STARTED, PLAN]]],
  ['has nothing', [[]]],
  ['has a gap', [[STARTED], [ABORTED]]],
  ['does not begin at its beginning', [[PLAN, ABORTED]]],
  ['comes in another order', [[PLAN, STARTED, ABORTED]]],
])('concludes nothing from a history that %s', async (_, pages) => {
  await expect(remembered(...pages)).rejects.toThrow(
    'states:GetExecutionHistory: the history of old is not whole',
  );
});
