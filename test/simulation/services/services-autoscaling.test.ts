import type {
  DescribeLaunchConfigurationsCommandInput,
  MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling';
import { SCALING_GROUPS } from '../../../simulation/model/launching.ts';
import {
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeLaunchConfigurationsCommand,
  DescribePoliciesCommand,
  paginateDescribeLaunchConfigurations,
} from '@aws-sdk/client-auto-scaling';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import { SPOKE, numbered, tinyId } from '../../support/organizations/tiny-organization.ts';

const snap = (number: number) => tinyId('snap', number);

let served: Served;
let session: Parameters<Served['autoScaling']>[0];
const autoScaling = (region?: string) => served.autoScaling(session, region);
beforeAll(async () => {
  served = await serve({
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        launchConfigurations: numbered(230, (number) => ({
          name: `workers <${number}>`,
          imageId: tinyId('ami', number),
          snapshotIds: number === 7 ? [snap(1), snap(2)] : [],
        })),
      },
    },
  });
  session = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());

const ask = async (input: DescribeLaunchConfigurationsCommandInput) =>
  autoScaling().send(new DescribeLaunchConfigurationsCommand(input));

async function pageSizes(pageSize?: number) {
  const sizes: number[] = [];
  const paging = { client: autoScaling(), ...(pageSize && { pageSize }) };
  for await (const page of paginateDescribeLaunchConfigurations(paging, {})) {
    sizes.push(page.LaunchConfigurations?.length ?? 0);
  }
  return sizes;
}

test('launch configurations come in pages of 50, or of up to 100', async () => {
  expect(await pageSizes()).toEqual([50, 50, 50, 50, 30]);
  expect(await pageSizes(100)).toEqual([100, 100, 30]);
  expect(await refusalOf(ask({ MaxRecords: 101 }))).toMatchObject({ code: 'ValidationError' });
  expect(await refusalOf(ask({ NextToken: 'made up' }))).toMatchObject({ code: 'ValidationError' });
});

test('block devices name their snapshots', async () => {
  const { LaunchConfigurations } = await ask({
    LaunchConfigurationNames: ['workers <7>', 'nobody'],
  });
  expect(LaunchConfigurations).toMatchObject([
    {
      LaunchConfigurationName: 'workers <7>',
      ImageId: tinyId('ami', 7),
      BlockDeviceMappings: [{ Ebs: { SnapshotId: snap(1) } }, { Ebs: { SnapshotId: snap(2) } }],
    },
  ]);
});

test('one that another user makes is there with the next call', async () => {
  const estate = served.organization.estate(SPOKE, 'us-east-1');
  const there = async () =>
    (await autoScaling('us-east-1').send(new DescribeLaunchConfigurationsCommand({})))
      .LaunchConfigurations;
  expect(await there()).toEqual([]);
  estate.putLaunchConfiguration({ name: 'new', imageId: 'ami-1', snapshotIds: [snap(9)] });
  expect((await there())?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId).toBe(snap(9));
});

test('who may not, and where the Region is not enabled, is told so', async () => {
  const deletion = await served.assume('orgsweep-deletion');
  const denied = served.autoScaling(deletion).send(new DescribeLaunchConfigurationsCommand({}));
  const refusal = await refusalOf(denied);
  expect(refusal).toMatchObject({ code: 'AccessDenied', status: 403 });
  expect(refusal.message).toContain('autoscaling:DescribeLaunchConfigurations');
  const elsewhere = autoScaling('ap-east-1').send(new DescribeLaunchConfigurationsCommand({}));
  expect(await refusalOf(elsewhere)).toMatchObject({ code: 'InvalidClientTokenId', status: 403 });
  const other = autoScaling().send(new DescribePoliciesCommand({}));
  expect(await refusalOf(other)).toMatchObject({ code: 'InvalidAction' });
});

test('groups come in pages, and refreshes of one group', async () => {
  const estate = served.organization.estate(SPOKE, 'eu-west-1');
  for (let number = 1; number <= 60; number += 1) {
    const name = `group-${number}`;
    const refreshes = [{ id: 'r', status: 'Pending', overrideImageIds: [tinyId('ami', 2)] }];
    SCALING_GROUPS.of(estate).set(name, { name, overrideImageIds: [tinyId('ami', 1)], refreshes });
  }
  const first = await autoScaling().send(new DescribeAutoScalingGroupsCommand({}));
  expect(first.AutoScalingGroups).toHaveLength(50);
  expect(imagesOf(first.AutoScalingGroups?.[0]?.MixedInstancesPolicy)).toEqual([tinyId('ami', 1)]);
  const { NextToken } = first;
  const second = await autoScaling().send(new DescribeAutoScalingGroupsCommand({ NextToken }));
  expect(second).toMatchObject({ AutoScalingGroups: { length: 10 } });
  const ofGroup = async (AutoScalingGroupName: string) =>
    autoScaling().send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName }));
  const [refresh] = (await ofGroup('group-7')).InstanceRefreshes ?? [];
  expect(refresh).toMatchObject({ InstanceRefreshId: 'r', Status: 'Pending' });
  expect(imagesOf(refresh?.DesiredConfiguration?.MixedInstancesPolicy)).toEqual([tinyId('ami', 2)]);
  expect(await refusalOf(ofGroup('nobody'))).toMatchObject({ code: 'ValidationError' });
});

function imagesOf(policy: MixedInstancesPolicy | undefined) {
  return policy?.LaunchTemplate?.Overrides?.map(({ ImageId }) => ImageId);
}
