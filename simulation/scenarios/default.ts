import type { Scenario, SimRegion } from '../model/organization.ts';
import type { OrganizationSpec } from '../population/organization.ts';
import { populateKinds } from '../kinds/populate.ts';
import { MARKER_RULE } from '../population/retention-rules.ts';
import { builtBy } from './built-by.ts';
import { enabledRegion, layOut, ORGANIZATION_ID, TRUTH_POLICY } from './layout.ts';

const OU = {
  infrastructure: 'ou-s1m0-infra001',
  security: 'ou-s1m0-security',
  prod: 'ou-s1m0-prod0001',
  dev: 'ou-s1m0-dev00001',
  devTest: 'ou-s1m0-devtest1',
  sandbox: 'ou-s1m0-sandbox1',
  closing: 'ou-s1m0-closing1',
} as const;

const OU_NAMES = {
  [OU.infrastructure]: 'Infrastructure',
  [OU.security]: 'Security',
  [OU.prod]: 'Production',
  [OU.dev]: 'Development',
  [OU.devTest]: 'Test',
  [OU.sandbox]: 'Sandbox',
  [OU.closing]: 'Closing down',
};

const OPT_IN_REGION = 'ap-east-1';
const REGIONS = ['eu-west-1', 'ap-southeast-2', 'eu-central-1', 'us-east-1', 'us-west-2'];

/** The Regions of an account that has enabled the opt-in Region, has not, or must not use it. */
function regions(optIn: 'enabled' | 'disabled' | 'denied-by-scp'): readonly SimRegion[] {
  return [
    ...REGIONS.map(enabledRegion),
    {
      name: OPT_IN_REGION,
      optIn: optIn === 'disabled' ? 'not-opted-in' : 'opted-in',
      deniedByScp: optIn === 'denied-by-scp',
    },
  ];
}

const HUB_ACCOUNT_ID = '210000000002';
const SEED = 20_240_229;

/** Account ids that other scenarios and tests of this organization refer to. */
export const ACCOUNT = {
  management: '210000000001',
  hub: HUB_ACCOUNT_ID,
  prodShop: '210000000011',
  prodPayments: '210000000012',
  prodData: '210000000013',
  devShop: '210000000021',
  devPayments: '210000000022',
  devTest: '210000000023',
  sandboxAna: '210000000031',
  sandboxBen: '210000000032',
  suspended: '210000000041',
  pendingClosure: '210000000042',
} as const;

/**
 * Targets where the roll-out of the Recycle Bin's rule has not arrived, and where it is under way.
 *
 * @internal Tests look there.
 */
export const WITHOUT_RETENTION_RULE = [
  `${ACCOUNT.devShop}/us-west-2`,
  `${ACCOUNT.sandboxBen}/us-east-1`,
  `${ACCOUNT.pendingClosure}/ap-southeast-2`,
] as const;
/** @internal Tests look there. */
export const WITH_PENDING_RETENTION_RULE = [`${ACCOUNT.devTest}/eu-central-1`] as const;

/**
 * The organization that `default` and `bad-day` share. A Recycle Bin rule keeps what carries
 * orgsweep's marker for 14 days; in four targets of dev-shop, dev-test, sandbox-ben and
 * old-intranet there is none, or a pending one. The opt-in Region has no Storage Gateway.
 */
export const DEFAULT_ORGANIZATION: OrganizationSpec = {
  seed: SEED,
  organizationId: ORGANIZATION_ID,
  hubAccountId: HUB_ACCOUNT_ID,
  allRegions: [...REGIONS, OPT_IN_REGION],
  snapshotsPerTarget: 60,
  // More than the 1,000 of DescribeSnapshots' largest page.
  snapshotsIn: { [`${ACCOUNT.prodShop}/us-east-1`]: 1_200 },
  weights: {},
  amounts: { 'ebs-snapshot': 1, 'ebs-volume': 1, ami: 1 },
  populate: populateKinds,
  regionsWithoutStorageGateway: [OPT_IN_REGION],
  retentionRules: [
    { ...MARKER_RULE, except: [...WITHOUT_RETENTION_RULE, ...WITH_PENDING_RETENTION_RULE] },
    { ...MARKER_RULE, status: 'pending', only: WITH_PENDING_RETENTION_RULE },
  ],
  organizationalUnits: OU_NAMES,
  accounts: [
    layOut({
      id: ACCOUNT.management,
      name: 'management',
      management: true,
      regions: regions('disabled'),
    }),
    layOut({
      id: HUB_ACCOUNT_ID,
      name: 'cloud-ops',
      organizationalUnits: [OU.infrastructure],
      regions: regions('disabled'),
    }),
    layOut({
      id: '210000000003',
      name: 'log-archive',
      organizationalUnits: [OU.security],
      regions: regions('disabled'),
    }),
    layOut({
      id: ACCOUNT.prodShop,
      name: 'prod-shop',
      organizationalUnits: [OU.prod],
      regions: regions('enabled'),
    }),
    layOut({
      id: ACCOUNT.prodPayments,
      name: 'prod-payments',
      organizationalUnits: [OU.prod],
      regions: regions('disabled'),
    }),
    layOut({
      id: ACCOUNT.prodData,
      name: 'prod-data',
      organizationalUnits: [OU.prod],
      regions: regions('enabled'),
    }),
    layOut({
      id: ACCOUNT.devShop,
      name: 'dev-shop',
      organizationalUnits: [OU.dev],
      regions: regions('disabled'),
    }),
    layOut({
      id: ACCOUNT.devPayments,
      name: 'dev-payments',
      organizationalUnits: [OU.dev],
      regions: regions('disabled'),
    }),
    layOut({
      id: ACCOUNT.devTest,
      name: 'dev-test',
      organizationalUnits: [OU.dev, OU.devTest],
      regions: regions('enabled'),
    }),
    layOut({
      id: ACCOUNT.sandboxAna,
      name: 'sandbox-ana',
      organizationalUnits: [OU.sandbox],
      regions: regions('disabled'),
    }),
    layOut({
      id: ACCOUNT.sandboxBen,
      name: 'sandbox-ben',
      organizationalUnits: [OU.sandbox],
      regions: regions('denied-by-scp'),
    }),
    layOut({
      id: ACCOUNT.suspended,
      name: 'old-crm',
      organizationalUnits: [OU.closing],
      state: 'SUSPENDED',
      regions: regions('disabled'),
    }),
    layOut({
      id: ACCOUNT.pendingClosure,
      name: 'old-intranet',
      organizationalUnits: [OU.closing],
      state: 'PENDING_CLOSURE',
      regions: regions('disabled'),
    }),
  ],
};

/** An ordinary week: everything that isn't looked at is known and wanted. */
export const defaultScenario: Scenario = {
  name: 'default',
  description: '13 accounts in 7 OUs, 5 Regions and an opt-in one; ends complete',
  seed: SEED,
  input: {
    scope: {
      accepted: [
        {
          organizationalUnits: [OU.sandbox],
          regions: [OPT_IN_REGION],
          reason: 'sandboxes never used ap-east-1: denied by SCP',
          mayRefer: false,
        },
        {
          accounts: [ACCOUNT.suspended],
          reason: 'old-crm is closed: nothing can be launched there',
          mayRefer: false,
        },
      ],
    },
    policy: TRUTH_POLICY,
  },
  faults: [],
  ...builtBy(DEFAULT_ORGANIZATION),
};
