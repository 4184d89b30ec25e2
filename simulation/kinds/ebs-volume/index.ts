import type { SimKind } from '../kind.ts';
import { listVolumesInRecycleBin } from './binned-volumes.ts';
import { describeVolumes } from './describe-volumes.ts';
import { makeCloudWatch } from './metrics.ts';
import { describeVolumesModifications } from './modifications.ts';
import { describeReplaceRootVolumeTasks } from './root-replacements.ts';

export const ebsVolumes: SimKind = {
  name: 'ebs-volume',
  ec2: {
    DescribeReplaceRootVolumeTasks: describeReplaceRootVolumeTasks,
    DescribeVolumes: describeVolumes,
    DescribeVolumesModifications: describeVolumesModifications,
    ListVolumesInRecycleBin: listVolumesInRecycleBin,
  },
  services: ({ organization }) => ({ monitoring: makeCloudWatch(organization) }),
  roleActions: { discovery: ['cloudwatch:GetMetricData'] },
};
