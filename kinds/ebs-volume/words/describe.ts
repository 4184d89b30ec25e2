import { ageDaysAt } from '../../../core/model/age.ts';
import { protectionTagsOf } from '../../../core/tags/protection.ts';
import type { Description, Look } from '../../kind.ts';
import { readTags } from '../../tags/read-tags.ts';
import { copiesAsEvidence } from './copies-in-words.ts';
import { monthlyCostUsd } from '../costs.ts';
import { type EbsVolume, KIND } from '../facts.ts';

/** A volume's part of a finding: its values, and what was seen of everything around it. */
export function describeVolume(
  volume: EbsVolume,
  { region, now, policy, prices }: Pick<Look, 'region' | 'now' | 'policy' | 'prices'>,
): Description {
  const { needs, others } = readTags(KIND, volume.tags);
  const protection = protectionTagsOf(volume.tags, policy.protectTags, now);
  const { iops, throughputMiBps, managedBy, outpostArn, snapshotId, kmsKeyId } = volume;
  return {
    resourceId: volume.volumeId,
    startedAt: volume.createdAt,
    ageDays: ageDaysAt(volume.createdAt, now),
    sizeGiB: volume.sizeGiB,
    // What it costs there, no list of prices says.
    monthlyCostUsdUpTo: outpostArn === null ? monthlyCostUsd(prices, { region, volume }) : null,
    tags: volume.tags,
    evidence: {
      state: volume.state,
      attachments: volume.attachments,
      ...(volume.metrics !== null && { metrics: volume.metrics }),
      ...copiesAsEvidence(volume, now),
      usedBy: volume.usedBy,
      ...(volume.rootReplacements.length > 0 && { rootReplacements: volume.rootReplacements }),
      type: volume.type,
      ...(iops !== null && { iops }),
      ...(throughputMiBps !== null && { throughputMiBps }),
      isMultiAttach: volume.isMultiAttach,
      ...(managedBy !== null && { managedBy }),
      encrypted: volume.encrypted,
      ...(kmsKeyId !== null && { kmsKeyId }),
      ...(snapshotId !== null && { snapshotId }),
      availabilityZone: volume.availabilityZone,
      ...(outpostArn !== null && { outpostArn }),
      incompleteReferences: volume.incompleteReferences,
      ...(needs.length > 0 && { tagsOfNeed: needs }),
      ...(others.length > 0 && { tagsThatSayNothing: others }),
      ...(protection.length > 0 && { protection: [...protection] }),
    },
  };
}
