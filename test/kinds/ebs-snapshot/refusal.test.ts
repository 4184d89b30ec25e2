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

  it.each([
    [
      'The snapshot snap-1 is currently enabled for fast restores in eu-west-1b. Fast snapshot restores must be disabled within all Availability Zones before the snapshot may be deleted.',
      { outcome: 'PROTECTED', reason: 'FAST_RESTORE_ENABLED' },
    ],
    ['The snapshot snap-1 is currently in use by something new', { outcome: 'PROTECTED' }],
    ['', { outcome: 'PROTECTED' }],
  ])('in use is told as what the message says, and else in AWS own words: %s', (message, refusal) =>
    expect(refusalOf('InvalidSnapshot.InUse', message)).toEqual(refusal),
  );

  it.each([
    ['OperationNotPermitted', 'Your account is locked'],
    ['OptInRequired', 'This account is currently blocked and not recognized as a valid account'],
    ['KmsKeyLocked', 'The key of the volume is locked'],
    ['OperationNotPermitted', 'The snapshot can not be deleted while the account is locked'],
    ['OperationNotPermitted', 'Snapshot snap-0abc: your user is temporarily locked'],
    ['SomethingNew', 'The KMS key of the snapshot snap-0abc, key 1234, is locked'],
  ])('what is locked, and is no snapshot, says nothing of the snapshot: %s', (code, message) =>
    expect(refusalOf(code, message)).not.toMatchObject({ reason: 'LOCKED' }),
  );

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
    ['OperationNotPermitted', 'Snapshot snap-0abc of account 111122223333 is locked'],
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
