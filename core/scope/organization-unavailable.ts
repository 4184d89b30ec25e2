import { OrganizationUnavailable } from '../model/errors.ts';
import { classifyFailure } from '../outcome/failure-class.ts';
import type { AwsFailure } from '../outcome/outcome.ts';

const MAY_LIST =
  'credentials of the management account, or of a delegated administrator, that allow organizations:ListAccounts';
const ALONE = "or `orgsweep run --self`, which looks at the caller's own account alone";

/** Why the organization's accounts can't be listed, and what lists them. */
export function organizationUnavailable(
  failure: AwsFailure,
  options?: ErrorOptions,
): OrganizationUnavailable {
  const { code, message } = failure;
  const { what, accepted } = tell(failure);
  const answer = `${code}: ${message.replace(/\s+/g, ' ')}`;
  return new OrganizationUnavailable(
    `organization: ${what} (${answer}) – accepted: ${accepted}; ${ALONE}`,
    options,
  );
}

function tell(failure: AwsFailure): { what: string; accepted: string } {
  if (failure.code === 'AWSOrganizationsNotInUseException')
    return { what: "the caller's account is in no organization", accepted: MAY_LIST };
  switch (classifyFailure(failure)) {
    case 'DENIED':
      return { what: 'the caller may not list its accounts', accepted: MAY_LIST };
    case 'CREDENTIALS':
    case 'REGION_DISABLED':
    case 'ACCOUNT':
      return { what: "AWS Organizations doesn't take the credentials", accepted: MAY_LIST };
    case 'UNSUPPORTED':
      return { what: 'no AWS Organizations answers here', accepted: 'an endpoint that has it' };
    case 'THROTTLED':
    case 'SERVER':
    case 'OTHER':
      return {
        what: 'AWS Organizations gave no list of its accounts',
        accepted: 'a network on which AWS Organizations answers, perhaps a little later',
      };
  }
}
