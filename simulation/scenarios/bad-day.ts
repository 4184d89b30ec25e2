import type { SimFault } from '../model/fault.ts';
import type { Scenario } from '../model/organization.ts';
import type { OrganizationSpec } from '../population/organization.ts';
import { builtBy } from './built-by.ts';
import { ACCOUNT, DEFAULT_ORGANIZATION } from './default.ts';
import { TRUTH_POLICY } from './layout.ts';

const ORGANIZATION: OrganizationSpec = {
  ...DEFAULT_ORGANIZATION,
  accounts: DEFAULT_ORGANIZATION.accounts.map((account) =>
    account.id === ACCOUNT.devPayments ? { ...account, roles: 'MISSING' } : account,
  ),
};

/** Each on a target of its own, so that every ending can be told from the others. */
const FAULTS: readonly SimFault[] = [
  // Without the volumes every snapshot here would look stale.
  {
    operation: 'DescribeVolumes',
    accountId: ACCOUNT.prodShop,
    region: 'eu-west-1',
    answer: 'deny',
  },
  {
    operation: 'DescribeSnapshots',
    accountId: ACCOUNT.prodData,
    region: 'us-east-1',
    answer: 'deny',
  },
  {
    operation: 'DescribeSnapshots',
    accountId: ACCOUNT.prodPayments,
    region: 'us-west-2',
    answer: 'throttle',
  },
  {
    operation: 'DescribeInstances',
    accountId: ACCOUNT.devShop,
    region: 'eu-central-1',
    answer: 'truncate',
  },
  // The first page comes whole, the second never does.
  {
    operation: 'DescribeSnapshots',
    accountId: ACCOUNT.prodShop,
    region: 'us-east-1',
    calls: { from: 2, to: Number.MAX_SAFE_INTEGER },
    answer: 'truncate',
  },
  // Passes within the three attempts the SDK makes.
  {
    operation: 'DescribeImages',
    accountId: ACCOUNT.prodShop,
    region: 'us-west-2',
    calls: { from: 1, to: 2 },
    answer: 'error',
  },
  {
    operation: 'DescribeVolumes',
    accountId: ACCOUNT.prodData,
    region: 'eu-central-1',
    calls: { from: 1, to: 1 },
    answer: 'reset',
  },
];

/** The organization of `default` on a day when much goes wrong, and nothing is accepted. */
export const badDayScenario: Scenario = {
  name: 'bad-day',
  description: 'a missing role, denials, throttling, a broken listing, a crash; ends partial',
  seed: ORGANIZATION.seed,
  input: { policy: TRUTH_POLICY },
  faults: FAULTS,
  crash: {
    functionName: 'DiscoverTargetFunctionArn',
    accountId: ACCOUNT.sandboxAna,
    region: 'us-east-1',
  },
  ...builtBy(ORGANIZATION),
};
