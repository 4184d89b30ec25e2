import type { SimKind } from '../kind.ts';
import { listVolumesInRecycleBin } from './binned-volumes.ts';
import { describeVolumes } from './describe-volumes.ts';

export const ebsVolumes: SimKind = {
  name: 'ebs-volume',
  ec2: {
    DescribeVolumes: describeVolumes,
    ListVolumesInRecycleBin: listVolumesInRecycleBin,
  },
};
