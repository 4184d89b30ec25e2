import { paginateDescribeLaunchConfigurations } from '@aws-sdk/client-auto-scaling';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import type { Asked, Referrer, Source } from './source.ts';

/** Launch configurations of Auto Scaling, the templates' predecessors: they can't be changed. */
export const launchConfigurations: Source = {
  name: 'launch-configurations',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  cost: '1 call per 100 launch configurations',
  awsRefuses: 'no: the next launch fails',
  iam: ['autoscaling:DescribeLaunchConfigurations'],
  list: listLaunchConfigurations,
};

async function* listLaunchConfigurations({ look }: Asked): AsyncGenerator<Referrer> {
  const pages = paginateDescribeLaunchConfigurations(
    { client: look.clients.autoScaling },
    { MaxRecords: 100 },
  );
  const operation = 'autoscaling:DescribeLaunchConfigurations';
  for await (const one of itemsOfPages(operation, pages, (page) => page.LaunchConfigurations)) {
    yield {
      by: idOf(one.LaunchConfigurationName, operation),
      snapshotIds: (one.BlockDeviceMappings ?? []).flatMap((device) =>
        device.Ebs?.SnapshotId === undefined ? [] : [device.Ebs.SnapshotId],
      ),
    };
  }
}
