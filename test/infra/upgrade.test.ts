import { readFileSync } from 'node:fs';
import type { OrgsweepConfigInput } from '../../infra/config/config.ts';
import { type Template, replacements } from '../support/hub/replacements.ts';
import { synthApp } from '../support/hub/synth-app.ts';

/**
 * Of each stack as it was deployed before stacks carried a prefix (commit ab222b2): logical ids, types
 * and the properties whose change replaces a resource. It stays as it is, as those deployments do.
 */
const DEPLOYED = JSON.parse(
  readFileSync(new URL('../golden/deployed-templates.json', import.meta.url), 'utf8'),
) as Record<'default' | 'full', Record<string, Template>>;

const ENV = { account: '111122223333', region: 'eu-west-1' };
const FULL: OrgsweepConfigInput = {
  deletion: { enabled: true, organizationalUnits: ['ou-ab12-cdef3456'] },
  recycleBin: { regions: ['eu-west-1'] },
  notifications: {
    emails: ['ops@example.com'],
    slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
    teams: {
      tenantId: '12345678-90ab-cdef-1234-567890abcdef',
      teamId: '12345678-90ab-cdef-1234-567890abcdef',
      channelId: '19%3Aab12cd34%40thread.tacv2',
    },
  },
  hubAccountId: ENV.account,
  organizationId: 'o-a1b2c3d4e5',
  organizationalUnits: ['r-ab12'],
  externalId: 'between-us',
};

describe.each([
  ['default', {}],
  ['full', FULL],
  ['full', { ...FULL, region: ENV.region, managementAccountId: '777788889999' }],
] as const)('an update of a deployment of today, %s', (configuration, context) => {
  const now = synthApp(context);

  it.each(Object.entries(DEPLOYED[configuration]))(
    'replaces nothing of %s and takes nothing away',
    (name, before) => {
      expect(Object.keys(before.Resources).length).toBeGreaterThan(0);
      expect(replacements(before, now[name]!.template, ENV)).toEqual([]);
    },
  );

  it('knows every stack by the name that it has', () =>
    expect(Object.keys(now).toSorted()).toEqual(Object.keys(DEPLOYED[configuration]).toSorted()));
});

it('would be seen: under the old ids another prefix would make nearly everything anew', () => {
  const other = synthApp({ prefix: 'other' });
  expect(Object.keys(other)).not.toContain('OrgsweepHub');
  const asUpdate = (name: string, now: string) =>
    replacements(DEPLOYED.default[name]!, other[now]!.template, ENV);
  expect(asUpdate('OrgsweepHub', 'OrgsweepHub-other').length).toBeGreaterThan(40);
  expect(asUpdate('OrgsweepSpokes', 'OrgsweepSpokes-other')).toEqual([
    'WILL_REPLACE AWS::CloudFormation::StackSet Spoke',
  ]);
  expect(asUpdate('OrgsweepSpoke-Roles', 'OrgsweepSpoke-other-Roles')).toEqual([
    expect.stringMatching(/^WILL_REPLACE AWS::IAM::Role Rolesdiscovery/),
    expect.stringMatching(/^WILL_REPLACE AWS::IAM::Role Rolesrestore/),
  ]);
});

it('would be seen: so would a resource that is gone', () => {
  const { template } = synthApp()['OrgsweepHub']!;
  const id = Object.keys(template.Resources).find((one) => /^OrgsweepStoreBucket.{8}$/.test(one))!;
  const { [id]: _gone, ...others } = template.Resources;
  expect(replacements(DEPLOYED.default['OrgsweepHub']!, { Resources: others }, ENV)).toEqual([
    `WILL_DESTROY AWS::S3::Bucket ${id}`,
  ]);
});
