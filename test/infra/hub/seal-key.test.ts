import { runSimulation } from '@cloud-copilot/iam-simulate';
import { type HubKey, hubIam, type HubRole } from '../../support/hub/hub-roles.ts';
import { synthHub } from '../../support/hub/synth-hub.ts';
import { HUB, ORGANIZATION } from '../../support/hub/synthesized-spokes.ts';

const WITH_ALL = {
  deletion: { enabled: true },
  notifications: { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } },
};
const SEALING = [
  'orgsweep-hub-decide-approval',
  'orgsweep-hub-discover-target',
  'orgsweep-hub-list-regions',
  'orgsweep-hub-plan',
  'orgsweep-hub-prepare',
  'orgsweep-hub-record-failed-target',
  'orgsweep-hub-remove-planned',
  'orgsweep-hub-summarize',
];

let roles: HubRole[];
let key: HubKey;
beforeAll(() => {
  const hub = hubIam(WITH_ALL);
  roles = hub.roles;
  const [found, ...others] = hub.keys.filter(({ keySpec }) => keySpec === 'HMAC_256');
  expect(others).toEqual([]);
  key = found!;
});

type Who = Pick<HubRole, 'name' | 'policy'>;
/** Whoever administers the hub's account. */
const administrator: Who = {
  name: 'OrganizationAccountAccessRole',
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
};

/** Whether IAM lets them, by their own policy and that of the key. */
async function mayUse({ name, policy }: Who, action: string, MacAlgorithm?: string) {
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${HUB}:assumed-role/${name}/session`,
        action,
        resource: { resource: key.arn, accountId: HUB },
        contextVariables: {
          'aws:PrincipalArn': `arn:aws:iam::${HUB}:role/${name}`,
          'aws:PrincipalOrgID': ORGANIZATION,
          ...(MacAlgorithm !== undefined && { 'kms:MacAlgorithm': MacAlgorithm }),
        },
      },
      identityPolicies: [{ name: 'role', policy }],
      resourcePolicy: key.policy,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType !== 'single') throw new Error(JSON.stringify(answer));
  return answer.overallResult === 'Allowed';
}

async function namesOf(whether: (role: HubRole) => Promise<boolean>): Promise<string[]> {
  const names: string[] = [];
  for (const role of roles) if (await whether(role)) names.push(role.name);
  return names.toSorted();
}

describe('the key that executions seal with', () => {
  it('is used by the functions that seal, and by no other role of the hub', async () => {
    expect(roles.map(({ name }) => name)).toContain('orgsweep-hub-forward-to-chat');
    expect(await namesOf(async (role) => mayUse(role, 'kms:GenerateMac', 'HMAC_SHA_256'))).toEqual(
      SEALING,
    );
  });

  it('is offered by their own policies alone, with one algorithm and one action', () => {
    const offered = roles.flatMap(({ name, policy }) =>
      policy.Statement.filter(({ Resource }) => [Resource].flat().includes(key.arn)).map(
        (statement) => ({ name, statement }),
      ),
    );
    expect(offered.map(({ name }) => name).toSorted()).toEqual(SEALING);
    for (const { statement } of offered) {
      expect(statement).toEqual({
        Effect: 'Allow',
        Action: 'kms:GenerateMac',
        Resource: key.arn,
        Condition: { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } },
      });
    }
    const everywhere = roles.filter(({ policy }) =>
      policy.Statement.some(
        ({ Action, Resource }) =>
          [Resource].flat().includes('*') &&
          [Action].flat().some((action) => action === '*' || action.startsWith('kms:')),
      ),
    );
    expect(everywhere).toEqual([]);
  });

  it.each(['HMAC_SHA_512', undefined])('gives no MAC of algorithm %j', async (algorithm) =>
    expect(await namesOf(async (role) => mayUse(role, 'kms:GenerateMac', algorithm))).toEqual([]),
  );

  it.each(['kms:VerifyMac', 'kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:CreateGrant'])(
    'is nothing that a role of the hub may %s',
    async (action) => expect(await namesOf(async (role) => mayUse(role, action))).toEqual([]),
  );

  it('gives an administrator of the account nothing to forge with, but is theirs to look after', async () => {
    const may = async (action: string, algorithm?: string) =>
      mayUse(administrator, action, algorithm);
    expect(await may('kms:GenerateMac', 'HMAC_SHA_256')).toBe(false);
    expect(await may('kms:VerifyMac', 'HMAC_SHA_256')).toBe(false);
    expect(await may('kms:PutKeyPolicy')).toBe(true);
  });

  it('stays when the stack goes, as the bucket does', () => {
    const [made] = synthHub()
      .ofType('AWS::KMS::Key')
      .filter(({ Properties }) => Properties['KeySpec'] === 'HMAC_256');
    expect(made?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(made?.Properties).toMatchObject({ KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  it('is of this hub alone: one of another prefix trusts none of these roles', async () => {
    const other = hubIam({ prefix: 'other' });
    const otherKey = other.keys.find(({ keySpec }) => keySpec === 'HMAC_256');
    expect(JSON.stringify(otherKey?.policy)).not.toContain('orgsweep-hub-');
    expect(JSON.stringify(otherKey?.policy)).toContain('role/other-hub-plan');
  });
});
