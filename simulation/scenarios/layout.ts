import type { SimAccount, SimRegion } from '../model/organization.ts';

export const ORGANIZATION_ID = 'o-sim4u8k2d7';
const ROOT_ID = 'r-s1m0';

/** The Regions enabled from the start, in the order DescribeRegions gives them. */
export const DEFAULT_REGIONS: readonly string[] = [
  'ap-south-1',
  'eu-north-1',
  'eu-west-3',
  'eu-west-2',
  'eu-west-1',
  'ap-northeast-3',
  'ap-northeast-2',
  'ap-northeast-1',
  'ca-central-1',
  'sa-east-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-central-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** What an account may differ in from a usual one: active, at the root, its roles in place. */
export interface AccountLayout {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly SimRegion[];
  /** OU ids from the root down. */
  readonly organizationalUnits?: readonly string[];
  readonly state?: SimAccount['state'];
  readonly management?: boolean;
  readonly roles?: SimAccount['roles'];
  /** Left out: those of the simulated organization. */
  readonly organizationId?: string | undefined;
  readonly rootId?: string | undefined;
}

export function layOut(account: AccountLayout): SimAccount {
  const { id, name, regions, organizationalUnits = [] } = account;
  const { organizationId = ORGANIZATION_ID, rootId = ROOT_ID } = account;
  return {
    id,
    name,
    email: `aws+${name}@example.com`,
    state: account.state ?? 'ACTIVE',
    path: `${[organizationId, rootId, ...organizationalUnits, id].join('/')}/`,
    management: account.management ?? false,
    roles: account.roles ?? 'PRESENT',
    regions,
  };
}

export function enabledRegion(name: string): SimRegion {
  return { name, optIn: 'opt-in-not-required', deniedByScp: false };
}

/**
 * What an execution of a scenario starts from, so that the ground truth holds: the archetypes say
 * which of these tags protect, and count 30 days as old enough.
 */
export const TRUTH_POLICY = { minAgeDays: 30, protectTags: ['Retain', 'Backup=yes'] };
