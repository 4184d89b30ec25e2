import { discover, recheck } from '../../../kinds/ebs-snapshot/aws.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';
import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';
import { SOURCES } from '../../../kinds/ebs-snapshot/sources/registry.ts';
import { ec2Error } from '../../support/aws/fake-aws.ts';
import type { FakeAnswer, SentRequest } from '../../support/aws/fake-aws.ts';
import { element, lookAt, page, snapshotXml } from '../../support/aws/fake-ec2.ts';
import { aPolicy } from '../../support/organizations/snapshots.ts';

type Answers = Parameters<typeof lookAt>[0];

const ID = 'snap-0123456789abcdef0';
const ONE: Answers = {
  DescribeSnapshots: () =>
    page('snapshotSet', [snapshotXml(ID, { description: 'Created by CreateImage for ami-0a1b' })]),
};
const json = (body: unknown): FakeAnswer => ({ body: JSON.stringify(body) });

async function factsOf(answers: Answers, over: Parameters<typeof lookAt>[1] = {}) {
  const { look, sent, operations } = lookAt({ ...ONE, ...answers }, over);
  const discovery = await discover(look);
  const [facts] = [...discovery.resources] as [EbsSnapshot];
  const { verdict, reasons } = ebsSnapshot.assess(facts, look.policy, look.now);
  return { look, sent, operations, discovery, facts, verdict, reasons };
}

const lock = (state: string) =>
  `<item><snapshotId>${ID}</snapshotId><lockState>${state}</lockState></item>`;
const restore = (state: string) =>
  `<item><snapshotId>${ID}</snapshotId><availabilityZone>eu-west-1a</availabilityZone><state>${state}</state></item>`;
const template = (id: string, latest: number) =>
  `<item><launchTemplateId>${id}</launchTemplateId><latestVersionNumber>${latest}</latestVersionNumber></item>`;
const version = (id: string, number: number, snapshotId: string) =>
  `<item><launchTemplateId>${id}</launchTemplateId><versionNumber>${number}</versionNumber><launchTemplateData><blockDeviceMappingSet><item><ebs><snapshotId>${snapshotId}</snapshotId></ebs></item></blockDeviceMappingSet></launchTemplateData></item>`;
const launchConfiguration = (snapshotId: string): FakeAnswer => ({
  body: `<DescribeLaunchConfigurationsResponse><DescribeLaunchConfigurationsResult><LaunchConfigurations><member><LaunchConfigurationName>web</LaunchConfigurationName><BlockDeviceMappings><member><DeviceName>/dev/sdb</DeviceName><Ebs><SnapshotId>${snapshotId}</SnapshotId></Ebs></member></BlockDeviceMappings></member></LaunchConfigurations></DescribeLaunchConfigurationsResult></DescribeLaunchConfigurationsResponse>`,
});
const ecsAnswers = (snapshotId: string): Answers => ({
  ListClusters: () => json({ clusterArns: ['arn:c'] }),
  ListServices: () => json({ serviceArns: ['arn:s'] }),
  DescribeServices: () =>
    json({
      services: [
        {
          serviceArn: 'arn:s',
          deployments: [
            { volumeConfigurations: [{ name: 'data', managedEBSVolume: { snapshotId } }] },
          ],
        },
      ],
      failures: [],
    }),
});

describe('each source keeps the snapshot that it refers to, and says who', () => {
  const cases: [string, string, string, Answers][] = [
    [
      'snapshot-locks',
      'LOCKED',
      'governance',
      { DescribeLockedSnapshots: () => page('snapshotSet', [lock('governance')]) },
    ],
    [
      'fast-restores',
      'FAST_RESTORE_ENABLED',
      'eu-west-1a (optimizing)',
      {
        DescribeFastSnapshotRestores: () => page('fastSnapshotRestoreSet', [restore('optimizing')]),
      },
    ],
    [
      'tier-changes',
      'RESTORED_FROM_ARCHIVE',
      'temporary-restore-in-progress',
      {
        DescribeSnapshotTierStatus: () =>
          page('snapshotTierStatusSet', [
            `<item><snapshotId>${ID}</snapshotId><lastTieringOperationStatus>temporary-restore-in-progress</lastTieringOperationStatus></item>`,
          ]),
      },
    ],
    [
      'public-sharing',
      'SHARED',
      'all',
      { 'public snapshots': () => page('snapshotSet', [snapshotXml(ID)]) },
    ],
    [
      'volumes-in-recycle-bin',
      'VOLUME_IN_RECYCLE_BIN',
      'vol-1',
      {
        ListVolumesInRecycleBin: () =>
          page('volumeSet', ['<item><volumeId>vol-1</volumeId></item>']),
      },
    ],
    [
      'amis-in-recycle-bin',
      'AMI_IN_RECYCLE_BIN',
      'ami-0a1b',
      {
        ListImagesInRecycleBin: () =>
          page('imageSet', ['<item><imageId>ami-0a1b</imageId></item>']),
      },
    ],
    [
      'launch-templates',
      'USED_BY_LAUNCH_TEMPLATE',
      'lt-1 version 2',
      {
        DescribeLaunchTemplates: () => page('launchTemplates', [template('lt-1', 3)]),
        DescribeLaunchTemplateVersions: ({ params }) =>
          'LaunchTemplateId' in params
            ? page('launchTemplateVersionSet', [version('lt-1', 2, ID)])
            : page('launchTemplateVersionSet', [version('lt-1', 3, 'snap-other')]),
      },
    ],
    [
      'launch-configurations',
      'USED_BY_LAUNCH_CONFIGURATION',
      'web',
      { DescribeLaunchConfigurations: () => launchConfiguration(ID) },
    ],
    ['ecs-services', 'USED_BY_ECS', 'arn:s', ecsAnswers(ID)],
    [
      'storage-gateway-volumes',
      'STORAGE_GATEWAY_VOLUME',
      'vol-1',
      { ListVolumes: () => json({ VolumeInfos: [{ VolumeId: 'VOL-1' }] }) },
    ],
  ];

  it.each(cases)('%s: %s', async (source, reason, by, answers) => {
    const { facts, verdict, reasons, discovery } = await factsOf(answers);
    expect({ verdict, reasons }).toEqual({ verdict: 'KEEP', reasons: [reason] });
    expect(facts.usedBy).toEqual({ [source]: [by] });
    expect(discovery.incomplete).toEqual([]);
    expect(discovery.counts[source]).toBeGreaterThan(0);
  });

  it.each(cases)('%s: also when a batch is looked at again', async (_, reason, __, answers) => {
    const { look } = lookAt({ ...ONE, ...answers });
    const [facts] = [...(await recheck(look, [ID])).resources];
    expect(ebsSnapshot.assess(facts, look.policy, look.now).reasons).toEqual([reason]);
  });

  it.each(cases)('%s: unless it is switched off by name', async (name, _, __, answers) => {
    const policy = aPolicy({ skipReferences: [name] });
    const { facts, verdict } = await factsOf(answers, { policy });
    expect(verdict).toBe('STALE');
    expect(facts.notLookedAt).toEqual([name]);
  });

  it('covers every source', () =>
    expect(['amis', ...cases.map(([name]) => name)].sort()).toEqual(
      SOURCES.map(({ name }) => name).sort(),
    ));

  it('without any, the snapshot is stale', async () =>
    expect((await factsOf({})).verdict).toBe('STALE'));
});

it('an expired lock and a disabled fast restore hold nothing; unknown states do', async () => {
  const answers = (lockState: string, restoreState: string): Answers => ({
    DescribeLockedSnapshots: () => page('snapshotSet', [lock(lockState)]),
    DescribeFastSnapshotRestores: () => page('fastSnapshotRestoreSet', [restore(restoreState)]),
  });
  expect((await factsOf(answers('expired', 'disabled'))).verdict).toBe('STALE');
  expect((await factsOf(answers('something-new', 'something-new'))).reasons).toEqual([
    'LOCKED',
    'FAST_RESTORE_ENABLED',
  ]);
});

describe('sources that cost calls for each thing they list', () => {
  const EXPENSIVE = [
    'DescribeLaunchTemplates',
    'DescribeLaunchConfigurations',
    'ListClusters',
    'ListVolumes',
  ];

  it('are not asked where the cheap ones leave nothing', async () => {
    const { operations } = await factsOf({
      DescribeLockedSnapshots: () => page('snapshotSet', [lock('compliance')]),
    });
    expect(operations()).toEqual(expect.not.arrayContaining(EXPENSIVE));
    expect((await factsOf({})).operations()).toEqual(expect.arrayContaining(EXPENSIVE));
  });

  it('are asked for a final copy whose day is over: who made it is looked up only later', async () => {
    const tags = [
      { key: 'orgsweep:final-copy-of', value: 'vol-1' },
      { key: 'orgsweep:keep-until', value: '2024-04-01' },
    ].map((tag) => element('item', tag));
    const copy = snapshotXml('snap-1', { tagSet: tags.join('') });
    const { operations, reasons } = await factsOf({
      DescribeSnapshots: () => page('snapshotSet', [copy]),
    });
    expect(reasons).toEqual(['FINAL_COPY']);
    expect(operations()).toEqual(expect.arrayContaining(EXPENSIVE));
  });

  it('nor after a cheap one that failed: nothing can be stale any more', async () => {
    const { operations, verdict } = await factsOf({
      DescribeFastSnapshotRestores: () => ec2Error('InternalError', 'no', 500),
    });
    expect(verdict).toBe('UNKNOWN');
    expect(operations()).toEqual(expect.not.arrayContaining(EXPENSIVE));
  });

  it.each(EXPENSIVE)('%s denied: nothing is stale', async (operation) => {
    const denied = () =>
      operation.startsWith('List')
        ? { status: 400, body: '{"__type":"AccessDeniedException","message":"no"}' }
        : ec2Error('UnauthorizedOperation', 'no', 403);
    const { verdict, reasons, discovery } = await factsOf({ [operation]: denied });
    expect({ verdict, reasons }).toEqual({
      verdict: 'UNKNOWN',
      reasons: ['REFERENCES_INCOMPLETE'],
    });
    expect(discovery.incomplete).toHaveLength(1);
  });

  it('are not asked in a Region that AWS says does not have the service', async () => {
    const { operations, verdict } = await factsOf({}, { absentServices: ['storagegateway'] });
    expect(operations()).not.toContain('ListVolumes');
    expect(verdict).toBe('STALE');
  });
});

describe('launch templates', () => {
  const versionsOf = (sent: readonly SentRequest[]) =>
    sent.filter(({ operation }) => operation === 'DescribeLaunchTemplateVersions');

  it('are asked for one by one only where they have more versions than two listings show', async () => {
    const { sent } = await factsOf({
      DescribeLaunchTemplates: () =>
        page('launchTemplates', [template('lt-1', 1), template('lt-2', 2), template('lt-3', 7)]),
      DescribeLaunchTemplateVersions: ({ params }) =>
        'LaunchTemplateId' in params
          ? page('launchTemplateVersionSet', [])
          : page('launchTemplateVersionSet', [
              version('lt-1', 1, 'snap-x'),
              version('lt-2', 2, 'snap-x'),
              version('lt-2', 1, 'snap-x'),
              version('lt-3', 7, 'snap-x'),
            ]),
    });
    const asked = versionsOf(sent).map(({ params }) => params['LaunchTemplateId'] ?? 'all');
    expect(asked).toEqual(['all', 'lt-3']);
    const templates = sent.filter(({ operation }) => operation === 'DescribeLaunchTemplates');
    for (const { params } of [...templates, ...versionsOf(sent)]) {
      expect(params).toMatchObject({ IncludeManagedResources: 'true', MaxResults: '200' });
    }
  });

  it('a version between the default and the latest one is not missed', async () => {
    const { sent } = await factsOf({
      DescribeLaunchTemplates: () => page('launchTemplates', [template('lt-1', 2)]),
      // The default version is the latest: version 1 isn't among what is listed for all.
      DescribeLaunchTemplateVersions: () =>
        page('launchTemplateVersionSet', [version('lt-1', 2, 'snap-x')]),
    });
    expect(versionsOf(sent)).toHaveLength(2);
  });

  it('that a session has read are read again only when they have a newer version', async () => {
    let latest = 3;
    const { look, sent } = lookAt({
      ...ONE,
      DescribeLaunchTemplates: () => page('launchTemplates', [template('lt-1', latest)]),
      DescribeLaunchTemplateVersions: ({ params }) =>
        'LaunchTemplateId' in params
          ? page('launchTemplateVersionSet', [version('lt-1', 2, ID)])
          : page('launchTemplateVersionSet', []),
    });
    const ofTemplate = () => versionsOf(sent).filter(({ params }) => 'LaunchTemplateId' in params);
    for (const expected of [1, 1]) {
      const [facts] = [...(await recheck(look, [ID])).resources];
      expect(facts?.usedBy).toEqual({ 'launch-templates': ['lt-1 version 2'] });
      expect(ofTemplate()).toHaveLength(expected);
    }
    latest = 4;
    await recheck(look, [ID]);
    expect(ofTemplate()).toHaveLength(2);
  });

  it('that are not found are asked for again: they may be too new for EC2 to know them', async () => {
    let isKnown = false;
    const { look } = lookAt({
      ...ONE,
      DescribeLaunchTemplates: () => page('launchTemplates', [template('lt-1', 3)]),
      DescribeLaunchTemplateVersions: ({ params }) => {
        if (!('LaunchTemplateId' in params)) return page('launchTemplateVersionSet', []);
        if (!isKnown) return ec2Error('InvalidLaunchTemplateId.NotFound');
        return page('launchTemplateVersionSet', [version('lt-1', 2, ID)]);
      },
    });
    await recheck(look, [ID]);
    isKnown = true;
    const [facts] = [...(await recheck(look, [ID])).resources];
    expect(facts?.usedBy).toEqual({ 'launch-templates': ['lt-1 version 2'] });
  });

  it('deleted since they were listed refer to nothing', async () => {
    const { verdict } = await factsOf({
      DescribeLaunchTemplates: () => page('launchTemplates', [template('lt-1', 3)]),
      DescribeLaunchTemplateVersions: ({ params }) =>
        'LaunchTemplateId' in params
          ? ec2Error('InvalidLaunchTemplateId.NotFound')
          : page('launchTemplateVersionSet', []),
    });
    expect(verdict).toBe('STALE');
  });
});

describe('ECS services', () => {
  it('that the answer says nothing about make a broken listing', async () => {
    const { verdict, discovery } = await factsOf({
      ...ecsAnswers(ID),
      DescribeServices: () => json({ services: [], failures: [] }),
    });
    expect(verdict).toBe('UNKNOWN');
    expect(discovery.incomplete[0]?.message).toContain('nothing was said about arn:s');
  });

  it('that are missing since they were listed refer to nothing', async () => {
    const { verdict } = await factsOf({
      ...ecsAnswers(ID),
      DescribeServices: () =>
        json({ services: [], failures: [{ arn: 'arn:s', reason: 'MISSING' }] }),
    });
    expect(verdict).toBe('STALE');
  });

  it('are described ten at a time', async () => {
    const arns = Array.from({ length: 11 }, (_, index) => `arn:s${index}`);
    const { sent } = await factsOf({
      ListClusters: () => json({ clusterArns: ['arn:c'] }),
      ListServices: () => json({ serviceArns: arns }),
      DescribeServices: ({ json: body }) =>
        json({
          services: (body['services'] as string[]).map((serviceArn) => ({ serviceArn })),
        }),
    });
    const asked = sent.filter(({ operation }) => operation === 'DescribeServices');
    expect(asked.map(({ json: body }) => (body['services'] as string[]).length)).toEqual([10, 1]);
  });
});

it('references to snapshots that are not this account’s are handed on', async () => {
  const { discovery } = await factsOf({
    DescribeLaunchConfigurations: () => launchConfiguration('snap-of-another'),
    DescribeLockedSnapshots: () =>
      page('snapshotSet', ['<item><snapshotId>snap-x</snapshotId></item>']),
  });
  expect(discovery.foreignReferences).toEqual([
    { resourceId: 'snap-of-another', source: 'launch-configurations', by: 'web' },
  ]);
});
