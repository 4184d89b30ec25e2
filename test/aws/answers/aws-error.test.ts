import {
  classifyCode,
  noteOperation,
  statusOf,
  toAwsFailure,
  toNamedError,
} from '../../../aws/answers/aws-error.ts';
import { AccessDenied, Throttled, WrongAccount } from '../../../core/model/errors.ts';

/** An error as SDK v3 throws it: `name` is the AWS code. */
function sdkError(name: string, message = 'no', status = 400): Error {
  const error = new Error(message);
  return Object.assign(error, { name, $metadata: { requestId: 'req-7', httpStatusCode: status } });
}

const SCP_MESSAGE =
  'User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: ec2:DescribeVolumes with an explicit deny in a service control policy';

describe('an AWS error gets the name that the state machine matches', () => {
  it.each([
    'RequestLimitExceeded',
    'EC2ThrottledException',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
    'ThrottledException',
    'RequestThrottled',
    'SlowDown',
    'BandwidthLimitExceeded',
  ])('%s is Throttled', (code) => {
    const named = toNamedError(sdkError(code));
    expect(named.name).toBe('Throttled');
    expect(statusOf(named.name)).toBe('THROTTLED');
  });

  it.each(['UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'])(
    '%s is AccessDenied, and DeniedByScp where AWS names a service control policy',
    (code) => {
      expect(toNamedError(sdkError(code)).name).toBe('AccessDenied');
      expect(toNamedError(sdkError(code, SCP_MESSAGE)).name).toBe('DeniedByScp');
    },
  );

  it.each(['OptInRequired', 'AuthFailure', 'RegionDisabledException'])(
    '%s is RegionDisabled',
    (code) => expect(statusOf(toNamedError(sdkError(code)).name)).toBe('REGION_DISABLED'),
  );

  it('AccessDenied of AssumeRole is RoleUnavailable, told by operation or by message', () => {
    const byOperation = sdkError('AccessDenied');
    noteOperation(byOperation, 'sts:AssumeRole');
    const byMessage = sdkError('AccessDenied', 'not authorized to perform: sts:AssumeRole on …');
    for (const error of [byOperation, byMessage]) {
      expect(statusOf(toNamedError(error).name)).toBe('ROLE_UNAVAILABLE');
    }
  });

  it('keeps the AWS error as the cause, and its code, message and request id in the message', () => {
    const error = sdkError('UnauthorizedOperation', 'You are not authorized');
    noteOperation(error, 'ec2:DescribeVolumes');
    const named = toNamedError(error);
    expect(named.cause).toBe(error);
    expect(named.message).toBe(
      'ec2:DescribeVolumes answered UnauthorizedOperation: You are not authorized (request req-7)',
    );
  });

  it.each(['ExpiredToken', 'InvalidClientTokenId', 'SomethingNew'])(
    '%s comes back as it is, and its target is FAILED',
    (code) => {
      const error = sdkError(code);
      expect(toNamedError(error)).toBe(error);
      expect(statusOf(error.name)).toBe('FAILED');
    },
  );

  it('names the operation of an answer that broke off, without the hint for programmers', () => {
    const error = new Error(
      'aborted\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.',
    );
    noteOperation(error, 'ec2:DescribeSnapshots');
    expect(toNamedError(error).message).toBe('ec2:DescribeSnapshots: aborted');
  });

  it.each(['EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ECONNRESET'])(
    'takes %s for trouble that passes',
    (code) => expect(classifyCode(code)).toBe('SERVER'),
  );

  it('leaves an error that already has a name of its own as it is', () => {
    const wrong = new WrongAccount('other');
    const throttled = new Throttled('slow', { cause: sdkError('Throttling') });
    expect(toNamedError(wrong)).toBe(wrong);
    expect(toNamedError(throttled)).toBe(throttled);
  });

  it('makes an error of what was thrown without being one', () => {
    expect(toNamedError('boom').message).toBe('boom');
  });
});

describe('a failure keeps the AWS error as it came', () => {
  it('with code, message, request id, operation and the source that was listed', () => {
    const error = sdkError('InternalError', 'An internal error has occurred', 500);
    noteOperation(error, 'ec2:DescribeVolumes');
    noteOperation(error, 'never:TheSecondOne');
    expect(toAwsFailure(error, 'volumes')).toEqual({
      code: 'InternalError',
      message: 'An internal error has occurred',
      requestId: 'req-7',
      operation: 'ec2:DescribeVolumes',
      source: 'volumes',
    });
  });

  it('looks through a named error to the AWS error that caused it', () => {
    const named = new AccessDenied('ours', { cause: sdkError('UnauthorizedOperation', 'theirs') });
    expect(toAwsFailure(named)).toMatchObject({ code: 'UnauthorizedOperation', message: 'theirs' });
  });

  it('names a broken connection by its system code', () => {
    const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    expect(toAwsFailure(reset).code).toBe('ECONNRESET');
  });

  it("names an answer that isn't AWS's by its status", () => {
    expect(toAwsFailure(sdkError('Unknown', 'Unknown', 502)).code).toBe('Http502');
  });

  it('takes server trouble for what may pass, and an unknown code for what may not', () => {
    expect(['InternalError', 'Http503', 'ECONNRESET', 'TimeoutError'].map(classifyCode)).toEqual(
      Array(4).fill('SERVER'),
    );
    expect(classifyCode('SomethingNew')).toBe('OTHER');
  });
});
