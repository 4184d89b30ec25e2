import type {
  DescribeLaunchTemplatesCommandInput,
  DescribeLaunchTemplateVersionsCommandInput,
} from '@aws-sdk/client-ec2';
import {
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  paginateDescribeLaunchTemplates,
  paginateDescribeLaunchTemplateVersions,
} from '@aws-sdk/client-ec2';
import type { Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import { SPOKE, numbered, tinyId } from '../../../support/organizations/tiny-organization.ts';
import { tinyLaunchTemplate } from '../../../support/organizations/tiny-references.ts';

const snap = (number: number) => tinyId('snap', number);
const lt = (number: number) => tinyId('lt', number);

const grown = tinyLaunchTemplate(1, {
  defaultVersion: 3,
  // Version 2 was deleted.
  versions: [
    { number: 1, snapshotIds: [snap(1)] },
    { number: 3, snapshotIds: [snap(2), snap(3)], imageId: tinyId('ami', 1) },
    { number: 4, snapshotIds: [] },
  ],
});
const managed = tinyLaunchTemplate(2, {
  managedBy: 'eks.amazonaws.com',
  versions: [{ number: 1, snapshotIds: [snap(4)] }],
});
const long = tinyLaunchTemplate(3, {
  versions: numbered(450, (number) => ({ number, snapshotIds: [snap(number)] })),
});

let served: Served;
let session: Parameters<Served['ec2']>[0];
const ec2 = () => served.ec2(session);
const estate = () => served.organization.estate(SPOKE, 'eu-west-1');
beforeAll(async () => {
  const launchTemplates = [
    grown,
    managed,
    long,
    ...numbered(400, (number) => tinyLaunchTemplate(number + 3)),
  ];
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: { launchTemplates } } });
  session = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());
beforeEach(() => served.clock.advance(10_000));

const templates = async (input: DescribeLaunchTemplatesCommandInput) =>
  ec2().send(new DescribeLaunchTemplatesCommand(input));
const versions = async (input: DescribeLaunchTemplateVersionsCommandInput) =>
  ec2().send(new DescribeLaunchTemplateVersionsCommand(input));
const IncludeManagedResources = true;

async function pageSizes(input: DescribeLaunchTemplatesCommandInput) {
  const sizes: number[] = [];
  for await (const page of paginateDescribeLaunchTemplates({ client: ec2() }, input)) {
    sizes.push(page.LaunchTemplates?.length ?? 0);
  }
  return sizes;
}

test('templates come in pages of 200, also when nobody asks for pages', async () => {
  expect(await pageSizes({ IncludeManagedResources })).toEqual([200, 200, 3]);
  expect(await pageSizes({ IncludeManagedResources, MaxResults: 200 })).toEqual([200, 200, 3]);
  const total = (await pageSizes({ MaxResults: 7 })).reduce((sum, size) => sum + size, 0);
  expect(total).toBe(402);
});

test('templates say which version is the default and which the latest', async () => {
  const { LaunchTemplates } = await templates({ LaunchTemplateIds: [lt(1)] });
  expect(LaunchTemplates).toMatchObject([
    {
      LaunchTemplateId: lt(1),
      LaunchTemplateName: 'template 1',
      DefaultVersionNumber: 3,
      LatestVersionNumber: 4,
      Operator: { Managed: false },
    },
  ]);
});

test('managed templates are hidden unless IncludeManagedResources is true', async () => {
  const shown = await templates({ LaunchTemplateIds: [lt(2)], IncludeManagedResources });
  expect(shown.LaunchTemplates?.[0]?.Operator).toEqual({
    Managed: true,
    Principal: 'eks.amazonaws.com',
    HiddenByDefault: true,
  });
  for (const hidden of [
    templates({ LaunchTemplateIds: [lt(2)] }),
    versions({ LaunchTemplateId: lt(2) }),
  ]) {
    expect(await refusalOf(hidden)).toMatchObject({ code: 'InvalidLaunchTemplateId.NotFound' });
  }
  const latest = await versions({ Versions: ['$Latest'] });
  expect(latest.LaunchTemplateVersions?.map((one) => one.LaunchTemplateId)).not.toContain(lt(2));
  const all = await versions({ Versions: ['$Latest'], IncludeManagedResources });
  expect(all.LaunchTemplateVersions?.map((one) => one.LaunchTemplateId)).toContain(lt(2));
});

test('the versions of one template come all, newest first, with their block devices', async () => {
  const { LaunchTemplateVersions } = await versions({ LaunchTemplateId: lt(1) });
  const seen = LaunchTemplateVersions?.map((version) => [
    version.VersionNumber,
    version.DefaultVersion,
    version.LaunchTemplateData?.ImageId,
    version.LaunchTemplateData?.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.SnapshotId),
  ]);
  expect(seen).toEqual([
    [4, false, undefined, []],
    [3, true, tinyId('ami', 1), [snap(2), snap(3)]],
    [1, false, undefined, [snap(1)]],
  ]);
});

test('the versions of one template come in pages of 200', async () => {
  const sizes: number[] = [];
  const input = { LaunchTemplateId: lt(3) };
  for await (const page of paginateDescribeLaunchTemplateVersions({ client: ec2() }, input)) {
    sizes.push(page.LaunchTemplateVersions?.length ?? 0);
  }
  expect(sizes).toEqual([200, 200, 50]);
});

test.each([
  [['$Latest'], [4]],
  [['$Default'], [3]],
  [
    ['$Latest', '$Default', '1'],
    [4, 3, 1],
  ],
])('versions %j of one template', async (Versions, numbers) => {
  const { LaunchTemplateVersions } = await versions({ LaunchTemplateName: 'template 1', Versions });
  expect(LaunchTemplateVersions?.map(({ VersionNumber }) => VersionNumber)).toEqual(numbers);
});

test('across all templates only the latest and the default versions are to be had', async () => {
  const seen: string[] = [];
  const input = { Versions: ['$Latest', '$Default'], IncludeManagedResources };
  for await (const page of paginateDescribeLaunchTemplateVersions({ client: ec2() }, input)) {
    const found = page.LaunchTemplateVersions ?? [];
    expect(found.length).toBeLessThanOrEqual(200);
    seen.push(...found.map((one) => `${one.LaunchTemplateId} ${one.VersionNumber}`));
  }
  expect(seen.slice(0, 5)).toEqual([
    `${lt(1)} 4`,
    `${lt(1)} 3`,
    `${lt(2)} 1`,
    `${lt(3)} 450`,
    `${lt(3)} 1`,
  ]);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(405);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['201 a page', async () => templates({ MaxResults: 201 }), 'InvalidParameterValue'],
  [
    '0 versions a page',
    async () => versions({ LaunchTemplateId: lt(1), MaxResults: 0 }),
    'InvalidParameterValue',
  ],
  ['versions of nothing', async () => versions({}), 'MissingParameter'],
  ['a number of no template', async () => versions({ Versions: ['1'] }), 'InvalidParameterValue'],
  [
    'an id that is not there',
    async () => versions({ LaunchTemplateId: lt(9999) }),
    'InvalidLaunchTemplateId.NotFound',
  ],
  [
    'no id',
    async () => versions({ LaunchTemplateId: 'template' }),
    'InvalidLaunchTemplateId.Malformed',
  ],
  [
    'a name that is not there',
    async () => templates({ LaunchTemplateNames: ['nobody'] }),
    'InvalidLaunchTemplateName.NotFoundException',
  ],
  [
    'a deleted version',
    async () => versions({ LaunchTemplateId: lt(1), Versions: ['2'] }),
    'InvalidLaunchTemplateId.VersionNotFound',
  ],
])('%s is refused', async (_, call, code) => {
  expect(await refusalOf(call())).toMatchObject({ code, status: 400 });
});

test('a version that another user adds is there with the next call', async () => {
  const template = tinyLaunchTemplate(5);
  estate().putLaunchTemplate({
    ...template,
    versions: [...template.versions, { number: 2, snapshotIds: [snap(77)] }],
  });
  const { LaunchTemplateVersions } = await versions({ LaunchTemplateId: lt(5) });
  const mapping = LaunchTemplateVersions?.[0]?.LaunchTemplateData?.BlockDeviceMappings;
  expect(mapping?.[0]?.Ebs?.SnapshotId).toBe(snap(77));
  estate().putLaunchTemplate(template);
});
