import { allowedOf, everyAction } from '../support/aws/every-action.ts';
import { hubRoles } from '../support/hub/hub-roles.ts';
import type { HubRole } from '../support/hub/hub-roles.ts';
import { SNAPSHOT, isAllowedUnchecked } from '../support/hub/iam.ts';
import { decideAssume } from '../support/hub/iam-trust.ts';
import { HUB, ORGANIZATION, SPOKE, spokeRoles } from '../support/hub/synthesized-spokes.ts';
import type { SynthesizedRole } from '../support/hub/synthesized-spokes.ts';

/** Services with which somebody could harm snapshots, or let himself do it. */
const DANGEROUS = ['ec2', 'ebs', 'rbin', 'backup', 'dlm', 'iam', 'organizations', 'cloudformation'];

const DELETION = { deletion: { enabled: true } };

let spokes: Record<string, SynthesizedRole>;
let hub: HubRole[];

beforeAll(() => {
  spokes = spokeRoles();
  hub = hubRoles(DELETION);
});

/** Which of these roles may assume which spoke role, by their own policy and the role's trust. */
async function assumptions(
  roles: readonly HubRole[],
  { account = SPOKE, resourceOrganizationId = ORGANIZATION } = {},
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { name, policy } of roles) {
    for (const spoke of Object.values(spokes)) {
      const answer = await decideAssume({
        trust: spoke.trust,
        roleArn: `arn:aws:iam::${account}:role/${spoke.name}`,
        by: `arn:aws:iam::${HUB}:role/${name}`,
        policy,
        organizationId: ORGANIZATION,
        resourceOrganizationId,
      });
      if (answer === 'Allowed') (found[name] ??= []).push(spoke.name);
    }
  }
  return found;
}

const READERS = {
  'orgsweep-hub-list-regions': ['orgsweep-discovery'],
  'orgsweep-hub-discover-target': ['orgsweep-discovery'],
  'orgsweep-operator': ['orgsweep-restore'],
};

describe("the hub's own roles", () => {
  it('change nothing about snapshots, nor about who may, in their own account', async () => {
    const actions = await everyAction(DANGEROUS);
    expect(actions.length).toBeGreaterThan(1000);
    expect(hub.length).toBeGreaterThan(10);
    const allowed = hub.flatMap(({ name, policy }) =>
      allowedOf(actions, {
        policy,
        resource: SNAPSHOT,
        resourceTags: { 'orgsweep:marked': 'true' },
        requestTags: { 'orgsweep:marked': 'true' },
      }).map((action) => `${name}: ${action.name}`),
    );
    expect(allowed.toSorted()).toEqual([
      'orgsweep-hub-prepare: ec2:DescribeRegions',
      'orgsweep-hub-prepare: organizations:ListAccounts',
    ]);
  });

  it('ask Organizations for the names of units, and only Prepare does', () => {
    const unit = 'arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-cdef3456';
    const account = 'arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/444455556666';
    const may = (resource: string) =>
      hub
        .filter(({ policy }) =>
          isAllowedUnchecked({
            policy,
            action: 'organizations:DescribeOrganizationalUnit',
            resource,
          }),
        )
        .map(({ name }) => name);
    expect(may(unit)).toEqual(['orgsweep-hub-prepare']);
    expect(may(account)).toEqual([]);
  });

  it('ask Organizations where an account is now, and only RemovePlanned does', () => {
    const organizations = 'arn:aws:organizations::111122223333';
    const [account, unit] = [
      `${organizations}:account/o-a1b2c3d4e5/444455556666`,
      `${organizations}:ou/o-a1b2c3d4e5/ou-ab12-cdef3456`,
    ];
    const may = (action: string, resource: string) =>
      hub
        .filter(({ policy }) => isAllowedUnchecked({ policy, action, resource }))
        .map(({ name }) => name);
    const remover = ['orgsweep-hub-remove-planned'];
    expect(may('organizations:DescribeAccount', account)).toEqual(remover);
    expect(may('organizations:ListParents', account)).toEqual(remover);
    expect(may('organizations:ListParents', unit)).toEqual(remover);
    expect(may('organizations:MoveAccount', account)).toEqual([]);
  });

  it('assume the spoke roles that they need, and no other', async () => {
    expect(await assumptions(hub)).toEqual({
      ...READERS,
      'orgsweep-hub-remove-planned': ['orgsweep-discovery', 'orgsweep-deletion'],
    });
  });

  it('also in the hub account itself', async () => {
    const found = await assumptions(hub, { account: HUB });
    expect(found['orgsweep-hub-remove-planned']).toContain('orgsweep-deletion');
  });

  it('assume the deletion role only where the deployment enables deletion', async () => {
    expect(await assumptions(hubRoles())).toEqual({
      ...READERS,
      'orgsweep-hub-remove-planned': ['orgsweep-discovery'],
    });
  });

  it('assume nothing outside of the organization', async () => {
    expect(await assumptions(hub, { resourceOrganizationId: 'o-other12345' })).toEqual({});
  });
});

describe('the roles of people', () => {
  const roleOf = (name: string) => hub.find((role) => role.name === name)!;
  const actionsOf = (name: string) =>
    roleOf(name)
      .policy.Statement.flatMap(({ Action }) => Action)
      .toSorted();

  it('the approver invokes one function and reads plans: neither starts nor writes', () => {
    expect([...new Set(actionsOf('orgsweep-approver'))]).toEqual([
      'lambda:InvokeFunction',
      's3:GetObject',
      's3:ListBucket',
      'ssm:GetParameter',
    ]);
  });

  it('the operator does not invoke that function', () => {
    expect(actionsOf('orgsweep-operator')).not.toContain('lambda:InvokeFunction');
    expect(actionsOf('orgsweep-operator')).toContain('states:StartExecution');
  });

  it.each(['orgsweep-operator', 'orgsweep-approver'])(
    '%s reads plans, but no task token',
    (name) => {
      const { policy } = roleOf(name);
      const patterns = policy.Statement.filter(({ Action }) =>
        [Action].flat().includes('s3:GetObject'),
      )
        .flatMap(({ Resource = [] }) => Resource)
        .map((arn) => arn.split('/')[0]!);
      const reads = (file: string) =>
        isAllowedUnchecked({
          policy,
          action: 's3:GetObject',
          resource: `${patterns[0]!}/executions/e-1/${file}`,
        });
      expect(reads('plan.json')).toBe(true);
      expect(reads('work/approval-request.json')).toBe(false);
    },
  );

  it('only deciding ends a wait', () => {
    const ending = hub.filter(({ policy }) => JSON.stringify(policy).includes('states:SendTask'));
    expect(ending.map(({ name }) => name)).toEqual(['orgsweep-hub-decide-approval']);
  });
});
