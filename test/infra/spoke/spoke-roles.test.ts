import type { SessionAsked } from '../../../aws/sessions/spoke-session.ts';
import type { Purpose } from '../../../aws/sessions/purpose.ts';
import { makeSpokeSessions } from '../../../aws/sessions/spoke-session.ts';
import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import { DEPLOYED, kebabName } from '../../../functions/deployed.ts';
import type { DeployedName } from '../../../functions/deployed.ts';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { sessionActions } from '../../../kinds/grant.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { allowedOf, everyAction } from '../../support/aws/every-action.ts';
import type { AwsAction } from '../../support/aws/every-action.ts';
import { fakeAws, stsError } from '../../support/aws/fake-aws.ts';
import { SNAPSHOT, decide } from '../../support/hub/iam.ts';
import type { Tags } from '../../support/hub/iam.ts';
import { decideAssume } from '../../support/hub/iam-trust.ts';
import type { AssumeRequest } from '../../support/hub/iam-trust.ts';
import {
  EXTERNAL_ID,
  HUB,
  ORGANIZATION,
  SPOKE,
  spokeRoles,
} from '../../support/hub/synthesized-spokes.ts';
import type { SynthesizedRole } from '../../support/hub/synthesized-spokes.ts';

/** Whatever a role could want to be so; denials left out: they only take away. */
const MARKED = {
  resource: SNAPSHOT,
  resourceTags: { 'orgsweep:marked': 'true' },
  requestTags: { 'orgsweep:marked': 'true' },
};
const PROTECTING = { ...MARKED, requestTags: { 'orgsweep:protect': 'restored' } };
/** The simulator, as AWS, lets everybody ask who they are. */
const WHO_AM_I = 'sts:GetCallerIdentity';

const READS = sessionActions(KINDS).discover;

let actions: AwsAction[];
let roles: Record<string, SynthesizedRole>;
let withExternalId: Record<string, SynthesizedRole>;

const policyOf = (name: string) => roles[name]!.policy;
const names = (allowed: readonly AwsAction[]) =>
  allowed.map(({ name }) => name).filter((name) => name !== WHO_AM_I);
const allowsOf = ({ Version, Statement }: PolicyDocument): PolicyDocument => ({
  Version,
  Statement: Statement.filter(({ Effect }) => Effect === 'Allow'),
});

beforeAll(async () => {
  actions = await everyAction();
  roles = spokeRoles();
  withExternalId = spokeRoles({ externalId: EXTERNAL_ID });
});

it('there are the three roles, each for an hour at most, as role chaining has it', () => {
  expect(Object.keys(roles).toSorted()).toEqual([
    'orgsweep-deletion',
    'orgsweep-discovery',
    'orgsweep-restore',
  ]);
  for (const { maxSessionSeconds } of Object.values(roles)) expect(maxSessionSeconds).toBe(3600);
});

describe('of all actions of all services', () => {
  it('the discovery role may do only what AWS itself calls reading or listing', () => {
    const allowed = allowedOf(actions, { ...MARKED, policy: policyOf('orgsweep-discovery') });
    expect(new Set(allowed.map(({ accessLevel }) => accessLevel))).toEqual(
      new Set(['Read', 'List']),
    );
    expect(names(allowed).toSorted()).toEqual(READS);
    expect(actions.length).toBeGreaterThan(20_000);
  });

  it('the discovery role lists the blocks of snapshots and of nothing else, and reads none', async () => {
    const policy = policyOf('orgsweep-discovery');
    const ask = async (action: string) => decide({ action, resource: SNAPSHOT, policy });
    const listings = ['ebs:ListChangedBlocks', 'ebs:ListSnapshotBlocks'];
    for (const action of listings) expect([action, await ask(action)]).toEqual([action, 'Allowed']);
    const statements = policy.Statement.filter(({ Action }) => String(Action).includes('ebs:'));
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [listings, SNAPSHOT.replace(/:ec2:.*$/, ':ec2:*::snapshot/*')],
    ]);
    expect(await ask('ebs:GetSnapshotBlock')).toBe('ImplicitlyDenied');
  });

  it('the deletion role may mark and delete snapshots, and nothing else', () => {
    const policy = allowsOf(policyOf('orgsweep-deletion'));
    expect(names(allowedOf(actions, { ...MARKED, policy })).toSorted()).toEqual([
      'ec2:CreateTags',
      'ec2:DeleteSnapshot',
    ]);
  });

  it('the restore role may list, restore and protect: it deletes nothing', () => {
    const policy = policyOf('orgsweep-restore');
    expect(names(allowedOf(actions, { ...PROTECTING, policy })).toSorted()).toEqual([
      'ec2:CreateTags',
      'ec2:DescribeSnapshots',
      'ec2:ListSnapshotsInRecycleBin',
      'ec2:RestoreSnapshotFromRecycleBin',
    ]);
  });
});

describe('the restore role tags', () => {
  const tagged = async (requestTags: Tags | undefined, resource = SNAPSHOT) =>
    decide({
      action: 'ec2:CreateTags',
      resource,
      policy: policyOf('orgsweep-restore'),
      ...(requestTags && { requestTags }),
    });

  it('with orgsweep:protect, whatever its value', async () => {
    expect(await tagged({ 'orgsweep:protect': 'restored after orgsweep execution x' })).toBe(
      'Allowed',
    );
  });

  it.each([
    [{ 'orgsweep:marked': 'true' }],
    [{ 'orgsweep:protect': '', 'orgsweep:marked': 'true' }],
    [{ Owner: 'me' }],
    [{}],
    [undefined],
  ])('with nothing else: %j', async (tags?: Tags) => {
    expect(await tagged(tags)).toBe('ImplicitlyDenied');
  });

  it('nothing but snapshots', async () => {
    const instance = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
    expect(await tagged({ 'orgsweep:protect': '' }, instance)).toBe('ImplicitlyDenied');
  });
});

describe('a session', () => {
  const policies: Partial<Record<Purpose, PolicyDocument>> = {};

  beforeAll(async () => {
    for (const purpose of ['discover', 'remove', 'restore'] as const) {
      policies[purpose] = await sentSessionPolicy(purpose);
    }
  });

  const deletes = async (role: string, purpose: Purpose) =>
    decide({
      action: 'ec2:DeleteSnapshot',
      resource: SNAPSHOT,
      resourceTags: { 'orgsweep:marked': 'true' },
      policy: policyOf(role),
      sessionPolicy: policies[purpose]!,
    });

  it('deletes only if it was opened to remove, and in the deletion role', async () => {
    const answers: Record<string, string> = {};
    for (const role of Object.keys(roles)) {
      for (const purpose of ['discover', 'remove', 'restore'] as const) {
        answers[`${role} to ${purpose}`] = await deletes(role, purpose);
      }
    }
    const allowed = Object.keys(answers).filter((each) => answers[each] === 'Allowed');
    expect(Object.keys(answers)).toHaveLength(9);
    expect(allowed).toEqual(['orgsweep-deletion to remove']);
  });

  it('of a report can do nothing at all in the deletion role', () => {
    const allowed = allowedOf(actions, {
      ...MARKED,
      policy: allowsOf(policyOf('orgsweep-deletion')),
      sessionPolicy: policies.discover!,
    });
    expect(names(allowed)).toEqual([]);
  });

  it('of a report only reads in a role that may do everything', () => {
    const allowed = allowedOf(actions, {
      ...MARKED,
      policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      },
      sessionPolicy: policies.discover!,
    });
    expect(names(allowed).toSorted()).toEqual(READS);
  });
});

describe.each([
  ['orgsweep-discovery', ['list-regions', 'discover-target', 'remove-planned']],
  ['orgsweep-deletion', ['remove-planned']],
  ['orgsweep-restore', []],
])('%s is assumed', (name, functions) => {
  const hubRole = (role: string, account = HUB) => `arn:aws:iam::${account}:role/${role}`;
  const trusted =
    name === 'orgsweep-restore' ? ['orgsweep-operator'] : functions.map((f) => `orgsweep-hub-${f}`);
  const assume = async (request: Partial<AssumeRequest>) =>
    decideAssume({
      trust: roles[name]!.trust,
      roleArn: hubRole(name, SPOKE),
      by: hubRole(trusted[0]!),
      organizationId: ORGANIZATION,
      ...request,
    });

  it(`by ${trusted.join(', ')} of the hub, and no other of orgsweep's roles`, async () => {
    const all = [
      ...(Object.keys(DEPLOYED) as DeployedName[]).map((f) => `orgsweep-hub-${kebabName(f)}`),
      'orgsweep-operator',
      'orgsweep-approver',
    ];
    expect(all.length).toBeGreaterThan(8);
    const allowed: string[] = [];
    for (const role of all) {
      if ((await assume({ by: hubRole(role) })) === 'Allowed') allowed.push(role);
    }
    expect(allowed.toSorted()).toEqual(trusted.toSorted());
  });

  it('also where the hub itself is looked at', async () => {
    expect(await assume({ roleArn: hubRole(name, HUB) })).toBe('Allowed');
  });

  it.each([
    ['another role of the hub', hubRole('Admin')],
    ['a name that only begins so', hubRole(`${trusted[0]}-2`)],
    ['the same name under a path', hubRole(`team/${trusted[0]}`)],
    ['a user of that name', `arn:aws:iam::${HUB}:user/${trusted[0]}`],
    ["the hub account's root", `arn:aws:iam::${HUB}:root`],
    ['the same role name in another account', hubRole(trusted[0]!, '222233334444')],
    ['the same role name in the spoke itself', hubRole(trusted[0]!, SPOKE)],
  ])('not by %s', async (_, by) => {
    expect(await assume({ by })).not.toBe('Allowed');
  });

  it.each([['o-other12345'], [null]])('not from the organization %s', async (organizationId) => {
    expect(await assume({ organizationId })).not.toBe('Allowed');
  });

  it('only with the external id, where there is one', async () => {
    const { trust } = withExternalId[name]!;
    expect(await assume({ trust, externalId: EXTERNAL_ID })).toBe('Allowed');
    expect(await assume({ trust, externalId: 'somebody-elses' })).not.toBe('Allowed');
    expect(await assume({ trust })).not.toBe('Allowed');
    expect(JSON.stringify(roles[name]!.trust)).not.toContain('ExternalId');
  });
});

/** The policy that an AssumeRole of this purpose carries on the wire. */
async function sentSessionPolicy(purpose: Purpose): Promise<PolicyDocument> {
  const aws = fakeAws(() => stsError('AccessDenied', 'no'));
  const sessions = makeSpokeSessions({
    sts: makeHubClients({ ...aws.options, region: 'eu-west-1' }).sts,
    hubAccountId: HUB,
    partition: 'aws',
    roleNames: { discover: 'd', remove: 'r', restore: 'b' },
    ownAccount: 'DIRECTLY',
    executionId: 'x',
    actions: sessionActions(KINDS),
    now: () => new Date(0),
  });
  const asked: SessionAsked =
    purpose === 'discover'
      ? [SPOKE, 'eu-west-1', purpose]
      : [SPOKE, 'eu-west-1', purpose, { kind: 'ebs-snapshot', step: 'delete' }];
  await expect(sessions.open(...asked)).rejects.toThrow();
  return JSON.parse(aws.sent[0]!.params['Policy']!) as PolicyDocument;
}
