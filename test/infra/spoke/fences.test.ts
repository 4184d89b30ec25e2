import { policyDocument } from '../../../infra/policies/policy-document.ts';
import { spokePolicies } from '../../../infra/spoke/spoke-policies.ts';
import type { Fencing, Grant, Granted } from '../../../kinds/grant.ts';
import { SPOKE } from '../../support/hub/synthesized-spokes.ts';
import { decide, type IamRequest, type Tags } from '../../support/hub/iam.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { KINDS_TO_COME } from './kinds-to-come.ts';

const MARK = { 'orgsweep:marked': 'true' };
const VOLUME = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0';
const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0';
const IMAGE = 'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0';
const REPOSITORY = 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app';

/** A role of these kinds, and what IAM says to a request of it. */
function roleOf(purpose: 'remove' | 'restore', ...kinds: readonly Granted[]) {
  const { inline, attached } = spokePolicies(purpose, { kinds, partition: 'aws', protectTags: [] });
  const Statement = [inline, ...attached].flatMap((policy) => policy.Statement);
  return async (request: Omit<IamRequest, 'policy'>) =>
    decide({ ...request, policy: { ...inline, Statement } });
}

const [snapshots, volumes] = KINDS;
const toCome = (name: string) => KINDS_TO_COME.find(({ kind }) => kind === name)!;

describe("a step that a tag of the parent's fences in", () => {
  const asked = roleOf('remove', toCome('ecr-image'));
  const removal = async (resourceTags: Tags, resource = REPOSITORY) =>
    asked({ action: 'ecr:BatchDeleteImage', resource, resourceTags });

  it('is allowed where the owner put it, with that value', async () => {
    expect(await removal({ 'orgsweep:sweep-images': 'allowed' })).toBe('Allowed');
  });

  it.each([{}, MARK, { 'orgsweep:sweep-images': 'no' }, { 'orgsweep:sweep-images': '' }])(
    'is allowed nowhere else: %j',
    async (tags: Tags) => {
      expect(await removal(tags)).toBe('ImplicitlyDenied');
    },
  );

  it('is denied where another tag of the parent protects', async () => {
    const tags = { 'orgsweep:sweep-images': 'allowed', 'orgsweep:protect': '' };
    expect(await removal(tags)).toBe('ExplicitlyDenied');
  });
});

describe('a step that makes something', () => {
  const asked = roleOf('remove', volumes!);
  const TAGS = {
    'orgsweep:final-copy-of': 'vol-0123456789abcdef0',
    'orgsweep:keep-until': '2027-01-01',
    'orgsweep:request': '01234567-89ab-cdef-0123-456789abcdef',
    'orgsweep:volume': 'eu-west-1a gp3',
  };
  const made = { action: 'ec2:CreateSnapshot', resource: SNAPSHOT };
  const tagging = { action: 'ec2:CreateTags', resource: SNAPSHOT };
  const whileMaking = { 'ec2:CreateAction': 'CreateSnapshot' };

  it('makes it of what the fence lets through, and of nothing else', async () => {
    const of = async (resourceTags: Tags) =>
      asked({ action: 'ec2:CreateSnapshot', resource: VOLUME, resourceTags });
    expect(await of(MARK)).toBe('Allowed');
    expect(await of({})).toBe('ImplicitlyDenied');
    expect(await of({ ...MARK, 'orgsweep:protect': '' })).toBe('ExplicitlyDenied');
  });

  it('makes it with all of its tags', async () => {
    expect(await asked({ ...made, requestTags: TAGS })).toBe('Allowed');
    expect(await asked({ ...tagging, requestTags: TAGS, context: whileMaking })).toBe('Allowed');
  });

  it.each([
    [undefined],
    [{}],
    [MARK],
    [{ 'orgsweep:final-copy-of': 'vol-0123456789abcdef0' }],
    [{ ...TAGS, Name: 'mine' }],
    [{ ...TAGS, ...MARK }],
    [{ ...TAGS, 'orgsweep:protect': '' }],
  ])('makes it with no others, and not without: %j', async (tags?: Tags) => {
    const requestTags = tags && { requestTags: tags };
    expect(await asked({ ...made, ...requestTags })).toBe('ImplicitlyDenied');
    const context = whileMaking;
    expect(await asked({ ...tagging, ...requestTags, context })).toBe('ImplicitlyDenied');
  });

  it('puts its tags on nothing that is there already', async () => {
    expect(await asked({ ...tagging, requestTags: TAGS })).toBe('ImplicitlyDenied');
    const other = { 'ec2:CreateAction': 'CopySnapshot' };
    expect(await asked({ ...tagging, requestTags: TAGS, context: other })).toBe('ImplicitlyDenied');
  });

  it('is undone by making it again with whatever tags its owner gave it', async () => {
    const restore = roleOf('restore', volumes!);
    const requestTags = { Name: 'db', Team: 'x' };
    const volume = { action: 'ec2:CreateVolume', resource: VOLUME, requestTags };
    expect(await restore({ action: 'ec2:CreateVolume', resource: SNAPSHOT })).toBe('Allowed');
    expect(await restore(volume)).toBe('Allowed');
    const tag = { action: 'ec2:CreateTags', resource: VOLUME, requestTags };
    const context = { 'ec2:CreateAction': 'CreateVolume' };
    expect(await restore({ ...tag, context })).toBe('Allowed');
    expect(await restore(tag)).toBe('ImplicitlyDenied');
  });
});

describe('volumes and snapshots in one role', () => {
  const asked = roleOf('remove', snapshots!, volumes!);

  it.each([
    ['volume', VOLUME],
    ['snapshot', SNAPSHOT],
  ])('a %s that is there is tagged with the marker alone', async (_, resource) => {
    const tag = async (requestTags: Tags, resourceTags: Tags = {}) =>
      asked({ action: 'ec2:CreateTags', resource, requestTags, resourceTags });
    expect(await tag(MARK)).toBe('Allowed');
    expect(await tag({ ...MARK, 'orgsweep:final-copy-of': 'vol-1' })).toBe('ImplicitlyDenied');
    expect(await tag({ 'orgsweep:protect': '' })).toBe('ImplicitlyDenied');
    expect(await tag(MARK, { 'orgsweep:protect': '' })).toBe('ExplicitlyDenied');
  });

  it('each keeps its fence: what is not marked is neither copied nor deleted', async () => {
    const ask = async (action: string, resource: string, resourceTags: Tags) =>
      asked({ action, resource, resourceTags });
    for (const [action, resource] of [
      ['ec2:DeleteVolume', VOLUME],
      ['ec2:CreateSnapshot', VOLUME],
      ['ec2:DeleteSnapshot', SNAPSHOT],
    ] as const) {
      expect([action, await ask(action, resource, MARK)]).toEqual([action, 'Allowed']);
      expect([action, await ask(action, resource, {})]).toEqual([action, 'ImplicitlyDenied']);
    }
  });

  it('a copy cannot be made such that it may be removed at once', async () => {
    const requestTags = { ...MARK, 'orgsweep:final-copy-of': 'vol-1' };
    const made = { action: 'ec2:CreateSnapshot', resource: SNAPSHOT, requestTags };
    expect(await asked(made)).toBe('ImplicitlyDenied');
  });

  it("AWS's own opt-out tag keeps a volume, and says nothing of a snapshot", async () => {
    const resourceTags = { ...MARK, 'exclude-from-compute-optimizer-automation': 'x' };
    const volume = { action: 'ec2:DeleteVolume', resource: VOLUME, resourceTags };
    expect(await asked(volume)).toBe('ExplicitlyDenied');
    const copy = { ...volume, action: 'ec2:CreateSnapshot' };
    expect(await asked(copy)).toBe('ExplicitlyDenied');
  });
});

describe('keys of KMS, for a volume that is made again encrypted', () => {
  const KEY = `arn:aws:kms:eu-west-1:${SPOKE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const restore = roleOf('restore', volumes!);
  /** What KMS gives a key by default: IAM decides. */
  const byIam = policyDocument([
    {
      ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
      Principal: { AWS: `arn:aws:iam::${SPOKE}:root` },
    },
  ]);
  const byEc2 = { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' };
  const use = async (action: string, context: Readonly<Record<string, string>> = {}) =>
    restore({ action, resource: KEY, context, resourcePolicy: byIam });

  it('are used by EC2, and by nobody else', async () => {
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext']) {
      expect(await use(action, byEc2)).toBe('Allowed');
      expect(await use(action)).toBe('ImplicitlyDenied');
      const byS3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };
      expect(await use(action, byS3)).toBe('ImplicitlyDenied');
    }
    expect(await use('kms:Encrypt', byEc2)).toBe('ImplicitlyDenied');
  });

  it('are granted to a service of AWS, and to nobody else', async () => {
    const forAws = { ...byEc2, 'kms:GrantIsForAWSResource': 'true' };
    expect(await use('kms:CreateGrant', forAws)).toBe('Allowed');
    expect(await use('kms:CreateGrant', byEc2)).toBe('ImplicitlyDenied');
  });

  it('are nothing to the role that removes', async () => {
    const asked = roleOf('remove', volumes!);
    const decrypt = { action: 'kms:Decrypt', resource: KEY, context: byEc2, resourcePolicy: byIam };
    expect(await asked(decrypt)).toBe('ImplicitlyDenied');
  });
});

describe('what a kind says is never removed', () => {
  it('is what a service manages, where the key has any value', async () => {
    const asked = roleOf('remove', volumes!);
    const removal = { action: 'ec2:DeleteVolume', resource: VOLUME, resourceTags: MARK };
    expect(await asked(removal)).toBe('Allowed');
    const context = { 'ec2:ManagedResourceOperator': 'eks' };
    expect(await asked({ ...removal, context })).toBe('ExplicitlyDenied');
  });

  it('is what is public, where the key says so', async () => {
    const asked = roleOf('remove', toCome('ami-removal'));
    const removal = { action: 'ec2:DeregisterImage', resource: IMAGE, resourceTags: MARK };
    const decided = ['false', 'true'].map(async (is) =>
      asked({ ...removal, context: { 'ec2:Public': is } }),
    );
    expect(await Promise.all(decided)).toEqual(['Allowed', 'ExplicitlyDenied']);
  });
});

describe.each(['ETAG', 'EXACT_ARNS', 'NOTHING'] as const)(
  'a step that IAM cannot fence in: %s',
  (by) => {
    const remove: Grant[] = [
      { does: 'REMOVE', actions: ['ec2:DeleteVolume'], resource: 'ec2:*:*:volume/*' },
    ];
    const asked = roleOf('remove', {
      ...{ kind: 'untagged', iam: { discover: [], remove, restore: [] }, managerTagKeys: [] },
      removal: { steps: [{ name: 'delete', fence: { by } }] },
    });

    it('is allowed with its own type of resource, and with no other', async () => {
      expect(await asked({ action: 'ec2:DeleteVolume', resource: VOLUME })).toBe('Allowed');
      const others = asked({ action: 'ec2:DeleteSnapshot', resource: SNAPSHOT });
      expect(await others).toBe('ImplicitlyDenied');
    });

    it('is denied with what a tag protects all the same', async () => {
      const resourceTags = { 'orgsweep:protect': '' };
      const removal = { action: 'ec2:DeleteVolume', resource: VOLUME, resourceTags };
      expect(await asked(removal)).toBe('ExplicitlyDenied');
    });
  },
);

it('one grant for steps with different fences is refused: it would have the weaker one', () => {
  const remove: Grant[] = [{ does: 'REMOVE', actions: ['ec2:DeleteVolume'], resource: 'ec2:*' }];
  const steps = [
    { name: 'archive', fence: { by: 'NOTHING' } },
    { name: 'delete', fence: { by: 'MARKER' } },
  ] as const;
  const kind = { kind: 'mixed', iam: { discover: [], remove, restore: [] }, managerTagKeys: [] };
  const role = () => roleOf('remove', { ...kind, removal: { steps } });
  expect(role).toThrow('mixed: ec2:DeleteVolume is for steps with different fences');
});

describe('what would lose its fence is refused', () => {
  const MARKED = { by: 'MARKER' } as const;
  const NOTHING = { by: 'NOTHING' } as const;
  const removes = (resource: string, steps?: readonly string[]): Grant => ({
    ...{ does: 'REMOVE', actions: ['x:Delete'], resource },
    ...(steps && { steps }),
  });
  const kindOf = (
    kind: string,
    remove: readonly Grant[],
    fences: Readonly<Record<string, Fencing>>,
  ): Granted => ({
    ...{ kind, managerTagKeys: [], iam: { discover: [], remove, restore: [] } },
    removal: { steps: Object.entries(fences).map(([name, fence]) => ({ name, fence })) },
  });
  const loose = kindOf('loose', [removes('x:*:*:thing/*')], { delete: NOTHING });
  const strict = (resource: string) => kindOf('strict', [removes(resource)], { delete: MARKED });

  it('by another kind that takes the same action of the same without it', () => {
    expect(() => roleOf('remove', strict('x:*:*:thing/*'), loose)).toThrow(
      'x:Delete is fenced in differently by strict and loose',
    );
    expect(() => roleOf('remove', loose, strict('x:*:*:*'))).toThrow('fenced in differently');
    expect(() => roleOf('remove', loose, strict('x:*:*:thing/a-*'))).toThrow('differently');
  });

  it('by another step of its own kind', () => {
    const grants = [removes('x:*:*:thing/*', ['a']), removes('x:*:*:thing/*', ['b'])];
    const two = kindOf('two', grants, { a: MARKED, b: NOTHING });
    expect(() => roleOf('remove', two)).toThrow('fenced in differently by two and two');
    expect(() => roleOf('remove', kindOf('two', grants, { a: MARKED, b: MARKED }))).not.toThrow();
  });

  it('by what is made, where it may be made of the same', () => {
    const copies = (from: string, resource: string): Grant => ({
      ...{ does: 'MAKE', actions: ['x:Copy'], from, resource },
      tags: { action: 'x:Tag', keys: ['orgsweep:execution'] },
    });
    const made = (grant: Grant) => kindOf('copied', [grant], { delete: MARKED });
    expect(() => roleOf('remove', made(copies('x:*::thing/*', 'x:*::thing/*')))).toThrow(
      'copied: x:Copy may be made of what it makes, which has no fence',
    );
    expect(() => roleOf('remove', made(copies('x:*:*:a/*', 'x:*::b/*')))).not.toThrow();
  });

  it('and not where the resources, or the fences, are others', () => {
    expect(() => roleOf('remove', strict('x:*:*:other/*'), loose)).not.toThrow();
  });
});
