import { tinyId } from '../../../support/organizations/tiny-organization.ts';
import { SHARED_PARAMETERS } from '../../../../simulation/model/launching.ts';
import { amiId, serveSources } from './served-sources.ts';

const [AMI, OTHER, THIRD] = [amiId(1), amiId(2), amiId(3)] as const;
const DAY = new Date('2021-03-04T05:06:07.000Z');
const SHARED = 'arn:aws:ssm:eu-west-1:210000000099:parameter/golden/web';

let served: Awaited<ReturnType<typeof serveSources>>;
beforeEach(async () => {
  served = await serveSources();
});
afterEach(async () => served.close());

function putTemplate(number: number, imageIds: readonly (string | undefined)[]): string {
  const launchTemplateId = tinyId('lt', number);
  served.estate.putLaunchTemplate({
    ...{ launchTemplateId, name: `template-${number}`, createTime: DAY },
    defaultVersion: imageIds.length,
    versions: imageIds.map((imageId, index) => ({
      ...{ number: index + 1, snapshotIds: [] },
      ...(imageId !== undefined && { imageId }),
    })),
  });
  return launchTemplateId;
}

describe('launch templates', () => {
  it('keep an AMI named by any version of any launch template, attached or not', async () => {
    const id = putTemplate(1, [AMI, OTHER, undefined, undefined, THIRD]);
    const { usedBy } = await served.named('launch-templates');
    const about = (also: string) => `(template-1, ${also}made 2021-03-04)`;
    expect(usedBy).toEqual({
      [AMI]: [`${id} version 1 ${about('')}`],
      [OTHER]: [`${id} version 2 ${about('')}`],
      [THIRD]: [`${id} version 5 ${about('default, latest, ')}`],
    });
  });

  it('a template that vanishes between list and describe is skipped, not fatal; a denied one is incomplete', async () => {
    putTemplate(1, [AMI, AMI, AMI, OTHER]);
    putTemplate(2, [OTHER, OTHER, OTHER, THIRD]);
    let isDenied = false;
    served.simulation.onBeforeCall = ({ operation }) => {
      if (operation !== 'DescribeLaunchTemplateVersions') return;
      // All templates are listed by then, and one of them goes.
      served.removeTemplate(tinyId('lt', 1));
      if (isDenied) served.simulation.setFaults([{ operation, answer: 'deny' }]);
    };
    const seen = await served.named('launch-templates');
    expect(seen.incomplete).toEqual([]);
    expect(Object.keys(seen.usedBy).toSorted()).toEqual([OTHER, THIRD]);
    isDenied = true;
    const denied = await served.named('launch-templates');
    expect(denied).toMatchObject({
      usedBy: {},
      incomplete: [{ source: 'launch-templates', code: 'UnauthorizedOperation' }],
    });
    // Where only the versions of one template are denied: no template has gone by that.
    isDenied = false;
    putTemplate(3, [AMI, AMI, AMI, OTHER]);
    const calls = { from: 2, to: 9 };
    served.simulation.setFaults([
      { operation: 'DescribeLaunchTemplateVersions', answer: 'deny', calls },
    ]);
    const ofOne = await served.named('launch-templates');
    expect(ofOne.incomplete).toMatchObject([
      { source: 'launch-templates', code: 'UnauthorizedOperation' },
    ]);
  });

  it('say which template version keeps an AMI, by its name, as of which day, and whether it is the default', async () => {
    const id = putTemplate(1, [AMI, OTHER]);
    const { usedBy } = await served.named('launch-templates');
    expect(usedBy[AMI]).toEqual([`${id} version 1 (template-1, made 2021-03-04)`]);
    expect(usedBy[OTHER]).toEqual([
      `${id} version 2 (template-1, default, latest, made 2021-03-04)`,
    ]);
  });
});

describe('what launch templates name by a parameter', () => {
  const named = async () => served.named('launch-template-parameters');

  it('resolves SSM names to AMI ids, older parameter versions too', async () => {
    served.putParameter({
      name: '/golden/web',
      versions: [{ value: AMI }, { value: OTHER, labels: ['prod'] }, { value: THIRD }],
    });
    putTemplate(1, ['resolve:ssm:/golden/web:1']);
    putTemplate(2, ['resolve:ssm:/golden/web:prod']);
    putTemplate(3, ['resolve:ssm:/golden/web']);
    const { usedBy, incomplete } = await named();
    expect({ keys: Object.keys(usedBy), incomplete }).toEqual({
      keys: [AMI, OTHER, THIRD],
      incomplete: [],
    });
    const parameters = await served.named('ssm-parameters');
    expect(parameters.usedBy).toEqual({
      [AMI]: ['/golden/web:1'],
      [OTHER]: ['/golden/web:2 (prod)'],
      [THIRD]: ['/golden/web:3'],
    });
  });

  it('asks for each parameter once, however many versions name it, and for none of AWS', async () => {
    served.putParameter({ name: '/golden/web', versions: [{ value: AMI }] });
    const many = Array.from({ length: 6 }, () => 'resolve:ssm:/golden/web');
    putTemplate(1, many);
    putTemplate(2, [...many, 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-arm64']);
    const { usedBy, calls } = await named();
    expect(usedBy[AMI]).toHaveLength(10);
    // One for the latest and default versions, one for each template, and one for the parameter.
    expect(calls['ec2:DescribeLaunchTemplateVersions']).toBe(4);
  });

  it('a parameter that is gone, or is none that launches take, names nothing', async () => {
    served.putParameter({ name: '/text', dataType: 'text', versions: [{ value: AMI }] });
    putTemplate(1, ['resolve:ssm:/gone']);
    putTemplate(2, ['resolve:ssm:/text']);
    const { usedBy, incomplete, count } = await named();
    expect({ usedBy, incomplete, count }).toEqual({ usedBy: {}, incomplete: [], count: 2 });
  });

  it('another account’s that can’t be resolved leaves it open: it may only be hidden', async () => {
    putTemplate(1, [`resolve:ssm:${SHARED}`]);
    expect((await named()).incomplete).toMatchObject([{ code: 'SsmInvalidParameter' }]);
    SHARED_PARAMETERS.of(served.estate).set(SHARED, {
      ...{ name: SHARED, type: 'String', dataType: 'aws:ec2:image', versions: [{ value: AMI }] },
    });
    expect(Object.keys((await named()).usedBy)).toEqual([AMI]);
  });

  it('a caller that may not read parameters is denied, and nothing is concluded from it', async () => {
    served.putParameter({ name: '/golden/web', versions: [{ value: AMI }] });
    putTemplate(1, ['resolve:ssm:/golden/web']);
    const { incomplete } = await served.namedBy(['ec2:*'], 'launch-template-parameters');
    expect(incomplete).toMatchObject([
      { code: 'SsmAccessDenied', message: expect.stringContaining('ssm:GetParameters') },
    ]);
  });

  it('a version that is gone since it was listed is passed over, and another one is asked', async () => {
    served.putParameter({ name: '/golden/web', versions: [{ value: AMI }] });
    putTemplate(1, ['resolve:ssm:/golden/web']);
    putTemplate(2, ['resolve:ssm:/golden/web']);
    let asked = 0;
    served.simulation.onBeforeCall = ({ operation }) => {
      if (operation !== 'DescribeLaunchTemplateVersions') return;
      asked += 1;
      if (asked === 2) served.removeTemplate(tinyId('lt', 1));
    };
    const { usedBy, incomplete } = await named();
    expect(incomplete).toEqual([]);
    expect(usedBy[AMI]).toEqual([expect.stringContaining(tinyId('lt', 2))]);
  });
});

it('keeps what only an unused launch configuration names', async () => {
  served.estate.putLaunchConfiguration({ name: 'unattached', imageId: AMI, snapshotIds: [] });
  expect((await served.named('launch-configurations')).usedBy).toEqual({ [AMI]: ['unattached'] });
});

it('a group that goes between its listing and that of its refreshes is passed over', async () => {
  for (const name of ['a', 'b'])
    served.putGroup({
      ...{ name, overrideImageIds: [] },
      refreshes: [{ id: name, status: 'InProgress', overrideImageIds: [AMI] }],
    });
  served.simulation.onBeforeCall = ({ operation }) => {
    if (operation === 'DescribeInstanceRefreshes') served.removeGroup('a');
  };
  const { usedBy, incomplete } = await served.named('instance-refreshes');
  expect({ usedBy, incomplete }).toEqual({
    usedBy: { [AMI]: ['b (instance refresh b)'] },
    incomplete: [],
  });
});

it('a state that nobody knows keeps', async () => {
  served.users.spotFleets.push({ id: 'sfr-1', state: 'resting', imageIds: [AMI] });
  served.users.stores.push({ imageId: OTHER, state: 'Paused' });
  expect(Object.keys((await served.named('spot-fleets')).usedBy)).toEqual([AMI]);
  expect(Object.keys((await served.named('image-stores')).usedBy)).toEqual([OTHER]);
});

it('reads each listing to its end, page by page', async () => {
  for (let index = 0; index < 1_100; index += 1)
    served.users.spotRequests.push({ id: `sir-${index}`, state: 'open', imageId: amiId(index) });
  for (let index = 0; index < 230; index += 1)
    served.putGroup({ name: `g-${index}`, overrideImageIds: [amiId(index)], refreshes: [] });
  const requests = await served.named('spot-requests');
  expect(requests.count).toBe(1_100);
  expect(requests.calls).toEqual({ 'ec2:DescribeSpotInstanceRequests': 2 });
  const groups = await served.named('auto-scaling-groups');
  expect(groups.count).toBe(230);
  expect(groups.calls).toEqual({ 'autoscaling:DescribeAutoScalingGroups': 3 });
});

it('a listing that goes in circles is broken', async () => {
  for (let index = 0; index < 230; index += 1)
    served.users.computeEnvironments.push({ name: `e-${index}` });
  served.simulation.setFaults([{ operation: 'DescribeComputeEnvironments', answer: 'repeat' }]);
  expect((await served.named('batch-compute-environments')).incomplete).toMatchObject([
    { code: 'BrokenListing' },
  ]);
});
