import type { Clock } from '../../clock/clock.ts';
import type { SimEstate, SimEstateView, SimOrganization } from '../model/organization.ts';
import type { SimPage } from '../model/page.ts';
import type { Endpoint } from '../services/call/endpoint.ts';
import type { SpokeRole } from '../services/call/service.ts';
import type { ChangeRule } from '../services/ec2/change-rule.ts';
import type { Ec2Operation } from '../services/ec2/operation.ts';
import type { MayChange } from '../services/ec2/role-conditions.ts';
import type { TaggableKind } from '../services/ec2/tags.ts';

/**
 * What the simulated AWS answers for one kind of resource. All that isn't said is left out. The
 * servers, the journals of kept organizations and the roles get all of it from the list in
 * `registry.ts`.
 */
export interface SimKind {
  readonly name: string;
  /** Puts into a new estate what it begins with, by the amount that its scenario has of the kind. */
  readonly populate?: (estate: SimEstate) => void;
  /**
   * What must become of each of its resources that a target began with, written down by whoever made
   * them up and never computed.
   */
  readonly truths?: (estate: SimEstate) => Iterable<SimTruth>;
  /** Listings that tell one made-up target from another, where it has any (`fingerprint.ts`). */
  readonly listings?: (estate: SimEstateView) => readonly SimListing[];
  /** What calls change, as it stands in journals. */
  readonly changes?: readonly ChangeRule[];
  /** EC2's operations, by the names of their actions. */
  readonly ec2?: Readonly<Record<string, Ec2Operation>>;
  /** How CreateTags knows its resources. */
  readonly taggable?: TaggableKind;
  /** Other services, by their names in credential scopes. */
  readonly services?: (options: ServiceOptions) => Readonly<Record<string, Endpoint>>;
  /** What each role may do because of this kind. */
  readonly roleActions?: Partial<Readonly<Record<SpokeRole, readonly string[]>>>;
  /** The roles' conditions on the resources with its type in their ARNs. */
  readonly conditions?: { readonly arnType: string; readonly mayChange: MayChange };
}

export interface SimTruth {
  readonly resourceId: string;
  readonly verdict: 'STALE' | 'KEEP' | 'UNKNOWN';
  /** All reasons a correct verdict carries, in any order. */
  readonly reasons: readonly string[];
  /** The situation that it was made up in. */
  readonly situation: string;
}

export type SimListing = (from: number, limit: number) => SimPage<unknown>;

export interface ServiceOptions {
  readonly organization: SimOrganization;
  readonly clock: Clock;
  readonly seed: number;
}
