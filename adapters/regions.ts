import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { toNamedError } from './aws-error.ts';
import { brokenListing, idOf } from './pages.ts';

export interface AccountRegion {
  readonly name: string;
  readonly enabled: boolean;
  /** `opt-in-not-required`, `opted-in` or `not-opted-in`, as EC2 says it. */
  readonly optInStatus: string;
}

const OPERATION = 'ec2:DescribeRegions';
/** Every other status is tried, those not yet known included: what can't be seen is a gap then. */
const NOT_ENABLED = 'not-opted-in';

/**
 * All Regions as the caller's account sees them, those it hasn't enabled included. DescribeRegions
 * isn't paginated.
 *
 * @throws {AccessDenied | DeniedByScp | Throttled} and whatever else EC2 answers
 */
export async function listRegions(ec2: EC2Client): Promise<readonly AccountRegion[]> {
  try {
    const { Regions } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
    // No account has no Region: an empty answer isn't one.
    if (!Regions?.length) throw brokenListing(OPERATION, 'the answer names no Region');
    return Regions.map(({ RegionName, OptInStatus = 'unknown' }) => ({
      name: idOf(RegionName, OPERATION),
      enabled: OptInStatus !== NOT_ENABLED,
      optInStatus: OptInStatus,
    }));
  } catch (error) {
    throw toNamedError(error);
  }
}
