import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import type { GapCause } from '../../../report/gaps/gap-cause.ts';
import type { Gap } from '../../../core/summary/summary.ts';

const failure = (code: string, message = 'no', operation?: string): AwsFailure => ({
  ...{ code, message },
  ...(operation !== undefined && { operation }),
});
const denied = (why: string) =>
  failure('UnauthorizedOperation', `You are not authorized to perform this operation ${why}`);

/** A gap of each cause. */
const OF_CAUSE: Readonly<
  Record<
    GapCause,
    Pick<Gap, 'status' | 'failure' | 'accountState' | 'missingKinds' | 'kindFailures'>
  >
> = {
  ROLE_UNAVAILABLE: {
    status: 'ROLE_UNAVAILABLE',
    failure: failure('AccessDenied', 'not authorized to perform: sts:AssumeRole'),
  },
  ACCOUNT_CLOSING: {
    status: 'ROLE_UNAVAILABLE',
    failure: failure('AccessDenied'),
    accountState: 'PENDING_CLOSURE',
  },
  ACCESS_DENIED: { status: 'ACCESS_DENIED', failure: failure('UnauthorizedOperation') },
  ROLE_BEHIND: {
    status: 'ACCESS_DENIED',
    failure: failure('UnauthorizedOperation'),
    missingKinds: ['elastic-ip'],
    kindFailures: {
      'elastic-ip': { ...failure('UnauthorizedOperation'), action: 'ec2:DescribeAddresses' },
    },
  },
  DENIED_BY_BOUNDARY: {
    status: 'ACCESS_DENIED',
    failure: denied('because no permissions boundary allows the ec2:DescribeVolumes action'),
  },
  DENIED_BY_SESSION_POLICY: {
    status: 'ACCESS_DENIED',
    failure: denied('because no session policy allows the ec2:DescribeVolumes action'),
  },
  DENIED_BY_ENDPOINT_POLICY: {
    status: 'ACCESS_DENIED',
    failure: denied('because no VPC endpoint policy allows the ec2:DescribeVolumes action'),
  },
  DENIED_BY_RCP: {
    status: 'ACCESS_DENIED',
    failure: denied('with an explicit deny in a resource control policy'),
  },
  DENIED_BY_SCP: {
    status: 'DENIED_BY_SCP',
    failure: denied('with an explicit deny in a service control policy'),
  },
  REGION_DISABLED: { status: 'REGION_DISABLED', failure: failure('OptInRequired') },
  STS_NOT_ENABLED: {
    status: 'REGION_DISABLED',
    failure: failure('RegionDisabledException', 'no', 'sts:AssumeRole'),
  },
  CREDENTIALS_EXPIRED: { status: 'FAILED', failure: failure('ExpiredToken') },
  CREDENTIALS_REFUSED: { status: 'FAILED', failure: failure('InvalidClientTokenId') },
  CLOCK_WRONG: { status: 'FAILED', failure: failure('RequestTimeTooSkewed') },
  ACCOUNT_NOT_SERVED: { status: 'FAILED', failure: failure('PendingVerification') },
  ACCOUNT_LEFT: { status: 'FAILED', failure: failure('AccountNotInOrganization') },
  ACCOUNT_STATE_UNKNOWN: { status: 'FAILED', failure: failure('AccountStateUnknown') },
  WRONG_ACCOUNT: { status: 'FAILED', failure: failure('WrongAccount') },
  UNSUPPORTED: { status: 'FAILED', failure: failure('InvalidAction') },
  TOO_MANY_REFERENCES: { status: 'FAILED', failure: failure('TooManyReferences') },
  RECORD_TAMPERED: { status: 'FAILED', failure: failure('RecordTampered') },
  SEAL_UNAVAILABLE: { status: 'FAILED', failure: failure('SealUnavailable') },
  NO_CONNECTION: { status: 'FAILED', failure: failure('ENOTFOUND') },
  OUT_OF_TIME: { status: 'FAILED', failure: failure('States.Timeout', '') },
  NOT_KNOWN: { status: 'FAILED', failure: failure('TypeError', 'x is not a function') },
  THROTTLED: { status: 'THROTTLED', failure: failure('RequestLimitExceeded') },
  SERVER_TROUBLE: { status: 'FAILED', failure: failure('InternalError') },
  BROKEN_ANSWER: { status: 'FAILED', failure: failure('BrokenListing') },
  INTERRUPTED: { status: 'FAILED', failure: failure('Interrupted') },
  NOT_RECORDED: { status: 'FAILED', failure: failure('OutcomeMissing') },
};

export function aGap(cause: GapCause, given: Partial<Gap> = {}): Gap {
  return {
    ...{ accountId: '111122223333', accountName: 'shop-prod', region: 'sa-east-1', accepted: null },
    ...OF_CAUSE[cause],
    ...given,
  };
}

/** Each of so many accounts, in each of the Regions. */
export function gapsIn(
  accounts: number,
  regions: readonly (string | null)[],
  cause: GapCause,
  given: Partial<Gap> = {},
): Gap[] {
  return Array.from({ length: accounts }, (_, i) => ({
    accountId: String(310_000_000_001 + i),
    accountName: `account-${i + 1}`,
  })).flatMap((account) => regions.map((region) => aGap(cause, { ...account, region, ...given })));
}
