import type { SimKind, SimListing } from '../kind.ts';
import { ID_KINDS } from '../../services/ec2/resource-ids.ts';
import { markerConditions, type RoleRequest } from '../../services/ec2/role-conditions.ts';
import { listVolumesInRecycleBin } from './binned-volumes.ts';
import {
  CREATE_SNAPSHOT,
  CREATE_VOLUME,
  DELETE_VOLUME,
  RESTORE_VOLUME,
  TAG_VOLUMES,
} from './changes.ts';
import { createSnapshot, createVolume } from './copies.ts';
import { describeVolumes } from './describe-volumes.ts';
import { makeCloudWatch } from './metrics.ts';
import { describeVolumesModifications } from './modifications.ts';
import { KIND, populateVolumes, volumeTruths } from './population.ts';
import { deleteVolume, restoreVolumeFromRecycleBin } from './removal.ts';
import { describeReplaceRootVolumeTasks } from './root-replacements.ts';
import { findVisibleVolume, volumeArn } from './seen.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

const byMarker = markerConditions(
  /^(orgsweep:protect$|exclude-from-compute-optimizer-automation$|aws:backup:|kubernetes\.io\/created-for\/|kubernetescluster$|csivolumename$|eks:eks-cluster-name$|amazonecs(managed|created)$|awselasticdisasterrecovery|awsapplicationmigrationservice)/i,
);

export const ebsVolumes: SimKind = {
  name: KIND,
  populate: populateVolumes,
  truths: volumeTruths,
  listings: (estate) => {
    const { modifications, rootReplacements } = VOLUME_SURROUNDINGS.of(estate);
    return [pagesOf(modifications), pagesOf(rootReplacements)];
  },
  ec2: {
    CreateSnapshot: createSnapshot,
    CreateVolume: createVolume,
    DeleteVolume: deleteVolume,
    DescribeReplaceRootVolumeTasks: describeReplaceRootVolumeTasks,
    DescribeVolumes: describeVolumes,
    DescribeVolumesModifications: describeVolumesModifications,
    ListVolumesInRecycleBin: listVolumesInRecycleBin,
    RestoreVolumeFromRecycleBin: restoreVolumeFromRecycleBin,
  },
  services: ({ organization }) => ({ monitoring: makeCloudWatch(organization) }),
  changes: [TAG_VOLUMES, DELETE_VOLUME, RESTORE_VOLUME, CREATE_SNAPSHOT, CREATE_VOLUME],
  taggable: {
    ids: ID_KINDS.volume,
    arnOf: volumeArn,
    tagsOf: (estate, id) => estate.volume(id)?.tags,
    tagsAsSeen: (call, id) => findVisibleVolume(call, id)?.tags,
    change: (place, volumeIds, tags) => TAG_VOLUMES.of(place, { volumeIds, tags }),
  },
  roleActions: {
    discovery: ['cloudwatch:GetMetricData'],
    deletion: ['ec2:CreateSnapshot', 'ec2:CreateTags', 'ec2:DeleteVolume', 'ec2:DescribeSnapshots'],
    restore: [
      'ec2:CreateTags',
      'ec2:CreateVolume',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'ec2:ListVolumesInRecycleBin',
      'ec2:RestoreVolumeFromRecycleBin',
    ],
  },
  conditions: { arnType: 'volume', mayChange: mayChangeVolume },
};

/** What a call makes has no tags to ask yet: which role may make it is asked before. */
function mayChangeVolume(request: RoleRequest): boolean {
  return request.createAction === undefined ? byMarker(request) : true;
}

function pagesOf(things: ReadonlyMap<string, unknown>): SimListing {
  return (from, limit) => ({ items: [...things.values()].slice(from, from + limit), next: null });
}
