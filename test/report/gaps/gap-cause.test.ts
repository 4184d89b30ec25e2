import { CODES } from '../../../core/outcome/failure-class.ts';
import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import {
  causeOf,
  causesOf,
  GAP_CAUSES,
  type GapCause,
  REMEDIES,
} from '../../../report/gaps/gap-cause.ts';
import type { Gap } from '../../../core/summary/summary.ts';

const failure = (code: string, message = 'no', over: Partial<AwsFailure> = {}): AwsFailure => ({
  ...{ code, message },
  ...over,
});
const gap = (status: Gap['status'], of: AwsFailure | null, over: Partial<Gap> = {}): Gap => ({
  ...{ accountId: '111122223333', accountName: null, region: 'eu-west-1', accepted: null },
  ...{ status, failure: of },
  ...over,
});

it('every cause has one remedy, and no two that need somebody have the same', () => {
  expect(Object.keys(REMEDIES).toSorted()).toEqual([...GAP_CAUSES].toSorted());
  const toCorrect = Object.values(REMEDIES).filter((remedy) => remedy !== 'WAIT');
  expect(toCorrect).toEqual([...new Set(toCorrect)]);
});

it.each(Object.entries(CODES).flatMap(([, codes]) => codes))(
  '%s has a remedy of its own kind, never "not known"',
  (code) => expect(causeOf(failure(code))).not.toBe('NOT_KNOWN'),
);

it.each<[string, string, GapCause]>([
  ['ExpiredToken', 'no', 'CREDENTIALS_EXPIRED'],
  ['RequestExpired', 'no', 'CREDENTIALS_EXPIRED'],
  ['UnrecognizedClientException', 'no', 'CREDENTIALS_REFUSED'],
  ['InvalidClientTokenId', 'no', 'CREDENTIALS_REFUSED'],
  ['SignatureDoesNotMatch', 'The signature we calculated does not match', 'CREDENTIALS_REFUSED'],
  ['SignatureDoesNotMatch', 'Signature expired: 2026… is now earlier than 2026…', 'CLOCK_WRONG'],
  ['InvalidSignatureException', 'Signature not yet current: 2026…', 'CLOCK_WRONG'],
  ['RequestTimeTooSkewed', 'no', 'CLOCK_WRONG'],
  ['ClockDisagrees', 'no', 'CLOCK_WRONG'],
  ['InvalidAction', 'no', 'UNSUPPORTED'],
  ['UnknownOperationException', 'no', 'UNSUPPORTED'],
  ['SubscriptionRequiredException', 'no', 'ACCOUNT_NOT_SERVED'],
  ['PendingVerification', 'no', 'ACCOUNT_NOT_SERVED'],
  ['RequestLimitExceeded', 'no', 'THROTTLED'],
  ['InternalError', 'no', 'SERVER_TROUBLE'],
  ['Http503', 'no', 'SERVER_TROUBLE'],
  ['ENOTFOUND', 'no', 'NO_CONNECTION'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'no', 'NO_CONNECTION'],
  ['Http407', 'no', 'NO_CONNECTION'],
  ['BrokenListing', 'no', 'BROKEN_ANSWER'],
  ['States.Timeout', '', 'OUT_OF_TIME'],
  ['RecordTampered', 'no', 'RECORD_TAMPERED'],
  ['TypeError', 'x is not a function', 'NOT_KNOWN'],
  ['SomethingNew', 'no', 'NOT_KNOWN'],
])('%s (%s) is %s', (code, message, cause) => {
  expect(causeOf(failure(code, message))).toBe(cause);
});

it.each<[string, GapCause]>([
  ['because no identity-based policy allows the ec2:DescribeVolumes action', 'ACCESS_DENIED'],
  ['with an explicit deny in an identity-based policy', 'ACCESS_DENIED'],
  ['with an explicit deny in a service control policy', 'DENIED_BY_SCP'],
  ['because no service control policy allows the ec2:DescribeVolumes action', 'DENIED_BY_SCP'],
  ['with an explicit deny in a resource control policy', 'DENIED_BY_RCP'],
  ['because no permissions boundary allows the ec2:X action', 'DENIED_BY_BOUNDARY'],
  ['because no session policy allows the ec2:X action', 'DENIED_BY_SESSION_POLICY'],
  ['because no VPC endpoint policy allows the ec2:X action', 'DENIED_BY_ENDPOINT_POLICY'],
])('a denial %s is %s', (why, cause) => {
  expect(causeOf(failure('UnauthorizedOperation', `You are not authorized … ${why}`))).toBe(cause);
});

it.each<[string, GapCause]>([
  ['because no identity-based policy allows the ecr:X action', 'ROLE_BEHIND'],
  ['with an explicit deny in an identity-based policy', 'ACCESS_DENIED'],
  ['because no resource-based policy allows the ecr:X action', 'ACCESS_DENIED'],
])('of one kind alone, a denial %s is %s', (why, cause) => {
  const denied = failure('AccessDeniedException', `You are not authorized … ${why}`);
  const missingKinds = ['ecr-image'];
  expect(causesOf(gap('ACCESS_DENIED', denied, { missingKinds }))).toEqual([cause]);
  expect(causesOf(gap('ACCESS_DENIED', denied))).toEqual(['ACCESS_DENIED']);
});

describe('what depends on where it was', () => {
  it('AuthFailure and OptInRequired are a disabled Region only where the status says so', () => {
    expect(causesOf(gap('REGION_DISABLED', failure('AuthFailure')))).toEqual(['REGION_DISABLED']);
    expect(causesOf(gap('FAILED', failure('AuthFailure')))).toEqual(['CREDENTIALS_REFUSED']);
    expect(causesOf(gap('FAILED', failure('OptInRequired')))).toEqual(['ACCOUNT_NOT_SERVED']);
  });

  it("STS that refuses in the hub's Region is no Region to leave out", () => {
    const refused = failure('RegionDisabledException', 'no', { operation: 'sts:AssumeRole' });
    expect(causesOf(gap('REGION_DISABLED', refused, { region: null }))).toEqual([
      'STS_NOT_ENABLED',
    ]);
    const beside = gap('ACCESS_DENIED', failure('AccessDenied'), { otherFailures: [refused] });
    expect(causesOf(beside)).toEqual(['ACCESS_DENIED', 'STS_NOT_ENABLED']);
  });

  it.each(['ROLE_UNAVAILABLE', 'ACCESS_DENIED', 'DENIED_BY_SCP'] as const)(
    'an account that is being closed gets no role and no permission: %s',
    (status) => {
      const closing = gap(status, failure('AccessDenied'), { accountState: 'PENDING_CLOSURE' });
      expect(causesOf(closing)).toEqual(['ACCOUNT_CLOSING']);
    },
  );

  it('what passes by itself passes there, too', () => {
    const closing = { accountState: 'PENDING_CLOSURE' };
    expect(causesOf(gap('THROTTLED', failure('Throttling'), closing))).toEqual(['THROTTLED']);
  });

  it('several failures have each its cause', () => {
    const otherFailures = [failure('InvalidAction'), failure('UnauthorizedOperation')];
    expect(causesOf(gap('ACCESS_DENIED', failure('AccessDenied'), { otherFailures }))).toEqual([
      'ACCESS_DENIED',
      'UNSUPPORTED',
    ]);
  });
});

it("what isn't AWS's answer has something to check, rather than to wait for", () =>
  expect(REMEDIES[causeOf(failure('BrokenListing', 'no'))]).toContain(
    'Check that nothing answers',
  ));
