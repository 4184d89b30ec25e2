import { CaughtError, contracts } from '../../statemachine/contracts.ts';
import { toFailure } from '../../steps/targets/record-failed-target.ts';

/** What a Catch may leave behind, and what is told of it. */
const CAUGHT: readonly [string, unknown, { code: string; message: string }][] = [
  [
    'of a function that threw',
    { Error: 'Broken', Cause: '{"errorType":"Broken","errorMessage":"it broke","trace":[]}' },
    { code: 'Broken', message: 'it broke' },
  ],
  [
    'of a function that died',
    { Error: 'Lambda.Unknown', Cause: '{"errorMessage":"Process exited"}' },
    { code: 'Lambda.Unknown', message: 'Process exited' },
  ],
  ['with a text', { Error: 'A', Cause: 'words' }, { code: 'A', message: 'words' }],
  ['with a cause of null', { Error: 'A', Cause: null }, toldNothing('A')],
  ['without a cause', { Error: 'A' }, toldNothing('A')],
  ['with an empty cause', { Error: 'A', Cause: '' }, toldNothing('A')],
  ['with a cause that is no text', { Error: 'A', Cause: { a: 1 } }, toldNothing('A')],
  ['without a name', { Cause: 'words' }, { code: 'Unknown', message: 'words' }],
  ['with a name of null', { Error: null, Cause: null }, toldNothing('Unknown')],
  ['with an empty name', { Error: '', Cause: 'words' }, { code: 'Unknown', message: 'words' }],
  ['that is no object', 'words', toldNothing('Unknown')],
];

function toldNothing(code: string) {
  return { code, message: 'nothing more was told' };
}

describe('a caught error', () => {
  it.each(CAUGHT)('%s is taken, and told', (_, caught, told) => {
    expect(toFailure(CaughtError.parse(caught))).toEqual(told);
  });

  it.each(CAUGHT)('%s reaches Summarize as the end of a wait, and stays one', (_, notApproved) => {
    const input = { executionId: 'e1', carried: { notApproved, error: notApproved } };
    const { carried } = contracts.SummarizeFunctionArn.input.parse(input) as {
      carried: { notApproved?: CaughtError; error?: CaughtError };
    };
    expect(carried.notApproved).toEqual(CaughtError.parse(notApproved));
    expect(carried.error).toEqual(CaughtError.parse(notApproved));
  });

  it.each(CAUGHT)('%s of ShowPlan keeps nobody from being asked', (_, shown) => {
    const input = { executionId: 'e1', planDigest: 'p', taskToken: 't', timeoutSeconds: 1, shown };
    expect(contracts.RequestApprovalFunctionArn.input.parse(input)).toMatchObject({
      shown: CaughtError.parse(shown),
    });
  });

  it.each(CAUGHT)('%s of a target is recorded', (_, error) => {
    const target = { accountId: '111111111111', region: 'eu-west-1' };
    const input = { executionId: 'e1', expectedDigest: 'a'.repeat(64), target, error };
    expect(contracts.RecordFailedTargetFunctionArn.input.parse(input)).toMatchObject({
      error: CaughtError.parse(error),
    });
  });

  it('is none where nothing was caught', () => {
    const input = { executionId: 'e1', carried: {} };
    expect(contracts.SummarizeFunctionArn.input.parse(input)).toEqual(input);
  });
});
