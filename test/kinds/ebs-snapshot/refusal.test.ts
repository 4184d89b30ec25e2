import { classifyRefusal } from '../../../kinds/ebs-snapshot/refusal.ts';

const refusalOf = (code: string, message = 'no') => classifyRefusal({ code, message });

describe('what EC2 says to a removal', () => {
  it('gone already is not a failure', () =>
    expect(refusalOf('InvalidSnapshot.NotFound')).toEqual({ outcome: 'ALREADY_GONE' }));

  it('in use by an AMI is protected', () =>
    expect(refusalOf('InvalidSnapshot.InUse', 'currently in use by ami-1')).toEqual({
      outcome: 'PROTECTED',
      reason: 'USED_BY_AMI',
    }));

  it("AWS Backup's is protected, told by the message: the code alone means a malformed id", () => {
    const message =
      'This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs.';
    expect(refusalOf('InvalidParameterValue', message)).toEqual({
      outcome: 'PROTECTED',
      reason: 'MANAGED_BY_AWS_BACKUP',
    });
    expect(refusalOf('InvalidParameterValue', 'snap-x is malformed')).toEqual({
      outcome: 'FAILED',
    });
  });

  it.each([
    ['SnapshotLocked', 'no'],
    ['OperationNotPermitted', 'The snapshot is locked in compliance mode'],
  ])('locked is protected: %s, %s', (code, message) =>
    expect(refusalOf(code, message)).toEqual({ outcome: 'PROTECTED', reason: 'LOCKED' }),
  );

  it.each(['UnauthorizedOperation', 'AccessDenied'])('%s is denied', (code) =>
    expect(refusalOf(code)).toEqual({ outcome: 'DENIED' }),
  );

  it.each([
    'RequestLimitExceeded',
    'EC2ThrottledException',
    'InternalError',
    'Unavailable',
    'ServiceUnavailable',
    'Http502',
    'TimeoutError',
    'ECONNRESET',
  ])('%s is tried again', (code) => expect(refusalOf(code)).toEqual({ outcome: 'RETRY' }));

  it.each(['InvalidSnapshotID.Malformed', 'SomethingNew', 'Blocked', 'ExpiredToken', 'Error'])(
    '%s is terminal: no delete is tried again on a guess',
    (code) => expect(refusalOf(code)).toEqual({ outcome: 'FAILED' }),
  );
});

it('is no failure where the 50th tag leaves no room for the marker', () => {
  expect(refusalOf('TagLimitExceeded')).toEqual({
    ...{ outcome: 'PROTECTED', reason: 'TAG_LIMIT_REACHED' },
  });
});
