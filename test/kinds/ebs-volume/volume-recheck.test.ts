import { recheckVolumes } from '../../../kinds/ebs-volume/discover.ts';
import { filtersOf, instanceXml, lookAt, page } from '../../support/aws/fake-ec2.ts';

type Answers = Parameters<typeof lookAt>[0];

const item = (id: string, more: string) =>
  `<item><volumeId>${id}</volumeId><size>100</size><volumeType>gp3</volumeType>` +
  `<createTime>2020-01-01T00:00:00.000Z</createTime>${more}</item>`;
const free = (id: string) => item(id, '<status>available</status>');
const copyOf = (source: string) =>
  item('vol-new', `<status>creating</status><sourceVolumeId>${source}</sourceVolumeId>`);
const naming = (volumeId: string) =>
  instanceXml('i-9', 'stopped').replace(
    '<instanceId>i-9</instanceId>',
    (is) =>
      `${is}<blockDeviceMapping><item><ebs><volumeId>${volumeId}</volumeId></ebs></item></blockDeviceMapping>`,
  );

/** EC2 as far as its filters go. */
const answering = (
  by: Partial<Record<'asked' | 'creating' | 'naming', readonly string[]>>,
): Answers => ({
  DescribeVolumes: (request) =>
    page('volumeSet', ('status' in filtersOf(request) ? by.creating : by.asked) ?? []),
  DescribeInstances: () => page('reservationSet', by.naming ?? []),
  DescribeVolumesModifications: () => '<volumeModificationSet/>',
  DescribeReplaceRootVolumeTasks: () => '<replaceRootVolumeTaskSet/>',
});

const recheck = async (answers: Answers, ids = ['vol-1', 'vol-gone']) => {
  const { look, sent } = lookAt(answers);
  const { resources, incomplete } = await recheckVolumes(look, ids);
  const asked = sent.map((request) => [request.operation, filtersOf(request)]);
  return { resources: [...resources], incomplete, asked };
};

it('asks by filter, the volumes first, for all that may refer to them', async () => {
  const { resources, incomplete, asked } = await recheck(answering({ asked: [free('vol-1')] }));
  expect(asked.slice(0, 2)).toEqual([
    ['DescribeVolumes', { 'volume-id': ['vol-1', 'vol-gone'] }],
    ['DescribeVolumes', { status: ['creating'] }],
  ]);
  expect(asked.slice(2)).toEqual(
    expect.arrayContaining([
      ['DescribeInstances', { 'block-device-mapping.volume-id': ['vol-1'] }],
      ['DescribeVolumesModifications', { 'modification-state': ['modifying', 'optimizing'] }],
      ['DescribeReplaceRootVolumeTasks', {}],
    ]),
  );
  expect(asked).toHaveLength(5);
  expect(incomplete).toEqual([]);
  expect(resources).toEqual([expect.objectContaining({ volumeId: 'vol-1', usedBy: {} })]);
});

it.each<[string, Partial<Record<'creating' | 'naming', readonly string[]>>, object]>([
  ['that is being copied', { creating: [copyOf('vol-1')] }, { 'volume-copies': ['vol-new'] }],
  ['that an instance names', { naming: [naming('vol-1')] }, { instances: ['i-9'] }],
])('sees a volume %s', async (_, by, usedBy) => {
  const { resources } = await recheck(answering({ asked: [free('vol-1')], ...by }));
  expect(resources).toEqual([expect.objectContaining({ usedBy })]);
});

it('does not take what is being deleted for there, and asks nothing about none', async () => {
  const deleting = item('vol-1', '<status>deleting</status>');
  expect((await recheck(answering({ asked: [deleting] }))).resources).toEqual([]);
  expect((await recheck(answering({}), [])).resources).toEqual([]);
});
