import type { SimChange } from '../../model/change.ts';
import type { SimEstateView, SimOrganization } from '../../model/organization.ts';
import type { BucketSize } from '../call/token-buckets.ts';
import type { QueryParameters } from '../protocols/query-protocol.ts';
import type { Caller } from '../call/service.ts';
import { commonRefusal } from '../call/refusals.ts';
import type { MayChange } from './role-conditions.ts';
import type { Place, Visibility } from './visibility.ts';

/** A call of one EC2 operation, by a caller in its own account, in one Region. */
export interface Ec2Call {
  readonly operation: string;
  readonly parameters: QueryParameters;
  readonly caller: Caller;
  readonly region: string;
  readonly organization: SimOrganization;
  readonly visibility: Visibility;
  readonly mayChange: MayChange;
  /** Made on demand: DescribeRegions has no need of it. */
  estate(): SimEstateView;
  /** Changes the estate, and no call does otherwise: what is changed here may outlive the server. */
  change(change: SimChange): void;
}

/** Where changes made by calls show late. */
export function placeOf({ caller, region }: Ec2Call): Place {
  return { accountId: caller.accountId, region };
}

export interface Ec2Operation {
  /** Names of the parameters without list indexes; any other is refused, never ignored. */
  readonly accepts: readonly string[];
  bucket(parameters: QueryParameters): { readonly name: string; readonly size: BucketSize };
  /** The ARNs that IAM looks at; omitted: `*`. */
  resources?(call: Ec2Call): readonly string[];
  /** Conditions of IAM on what is there. @throws {ServiceError} */
  authorize?(call: Ec2Call): void;
  /** The markup inside the response element. @throws {ServiceError} */
  answer(call: Ec2Call): string;
}

/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
export const BUCKETS = {
  nonMutating: { capacity: 100, refillPerSecond: 20 },
  unfilteredUnpaginated: { capacity: 50, refillPerSecond: 10 },
  deleteSnapshot: { capacity: 100, refillPerSecond: 5 },
  mutating: { capacity: 50, refillPerSecond: 5 },
  createTags: { capacity: 100, refillPerSecond: 10 },
} as const;

/** The bucket of a listing that has a smaller one for calls that ask for everything at once. */
export function listingBucket(idParameter: string): Ec2Operation['bucket'] {
  return (parameters) => {
    const narrowed = ['MaxResults', 'NextToken'].some((name) => parameters.get(name) !== undefined);
    const picked = [idParameter, 'Filter'].some((name) => parameters.indexes(name).length > 0);
    return narrowed || picked
      ? { name: 'listing', size: BUCKETS.nonMutating }
      : { name: 'everything', size: BUCKETS.unfilteredUnpaginated };
  };
}

/** The bucket of a describe that has one size only. */
export const nonMutatingBucket: Ec2Operation['bucket'] = () => ({
  name: 'listing',
  size: BUCKETS.nonMutating,
});

export function snapshotArn(region: string, snapshotId: string): string {
  return `arn:aws:ec2:${region}::snapshot/${snapshotId}`;
}

/**
 * Asks the conditions of the caller's role.
 *
 * @param isNew whether the call makes the resource
 * @throws {ServiceError} UnauthorizedOperation
 */
export function refuseUnlessRoleAllows(
  call: Ec2Call,
  { arn, tags }: { readonly arn: string; readonly tags: Readonly<Record<string, string>> },
  requestTags?: Readonly<Record<string, string>>,
  isNew = false,
): void {
  const { role } = call.caller;
  if (role === 'hub') return;
  const allowed = call.mayChange({
    role,
    action: `ec2:${call.operation}`,
    resource: arn,
    resourceTags: tags,
    ...(requestTags && { requestTags }),
    ...(isNew && { createAction: call.operation }),
  });
  if (!allowed) throw commonRefusal('ec2', 'DENIED');
}
