import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { AccountRegion } from '../../core/input/account-regions.ts';
import { classifyFailure, toAwsFailure, toToldError } from '../answers/aws-error.ts';
import type { Clock } from '../../clock/clock.ts';
import { brokenListing, idOf } from '../answers/pages.ts';

const OPERATION = 'ec2:DescribeRegions';
/** Every other status is tried, those not yet known included: what can't be seen is a gap then. */
const NOT_ENABLED = 'not-opted-in';
const NEEDS_NO_OPT_IN = 'opt-in-not-required';

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
    return Regions.map(({ RegionName, OptInStatus }) => ({
      name: idOf(RegionName, OPERATION),
      enabled: OptInStatus !== NOT_ENABLED,
      needsOptIn: OptInStatus !== NEEDS_NO_OPT_IN,
    }));
  } catch (error) {
    throw toToldError(error);
  }
}

/** A Region that doesn't answer at all takes half a minute: then the others aren't waited for, too. */
const LONGEST_ASKING_MS = 60_000;

/**
 * The same, from the first Region that tells: a policy, or an outage, may keep one of them from it.
 * Credentials that are no good in one are no good in any.
 *
 * @param askIn one after the other
 * @throws what the first of them answered, where none tells
 */
export async function listRegionsFromAny(
  askIn: readonly string[],
  open: (region: string) => EC2Client | Promise<EC2Client>,
  clock: Pick<Clock, 'now'>,
): Promise<readonly AccountRegion[]> {
  const began = clock.now().getTime();
  let first: { readonly error: unknown } | undefined;
  for (const region of askIn) {
    if (clock.now().getTime() - began > LONGEST_ASKING_MS) break;
    const ec2 = await open(region);
    try {
      return await listRegions(ec2);
    } catch (error) {
      first ??= { error };
      if (classifyFailure(toAwsFailure(error)) === 'CREDENTIALS') break;
    }
  }
  throw first === undefined ? new Error('no Region to ask in') : first.error;
}
