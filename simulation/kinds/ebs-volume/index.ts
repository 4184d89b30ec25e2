import type { SimKind, SimListing } from '../kind.ts';
import { listVolumesInRecycleBin } from './binned-volumes.ts';
import { describeVolumes } from './describe-volumes.ts';
import { makeCloudWatch } from './metrics.ts';
import { describeVolumesModifications } from './modifications.ts';
import { KIND, populateVolumes, volumeTruths } from './population.ts';
import { describeReplaceRootVolumeTasks } from './root-replacements.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

export const ebsVolumes: SimKind = {
  name: KIND,
  populate: populateVolumes,
  truths: volumeTruths,
  listings: (estate) => {
    const { modifications, rootReplacements } = VOLUME_SURROUNDINGS.of(estate);
    return [pagesOf(modifications), pagesOf(rootReplacements)];
  },
  ec2: {
    DescribeReplaceRootVolumeTasks: describeReplaceRootVolumeTasks,
    DescribeVolumes: describeVolumes,
    DescribeVolumesModifications: describeVolumesModifications,
    ListVolumesInRecycleBin: listVolumesInRecycleBin,
  },
  services: ({ organization }) => ({ monitoring: makeCloudWatch(organization) }),
  roleActions: { discovery: ['cloudwatch:GetMetricData'] },
};

function pagesOf(things: ReadonlyMap<string, unknown>): SimListing {
  return (from, limit) => ({ items: [...things.values()].slice(from, from + limit), next: null });
}
