import { GIB } from '../../../core/model/amount.ts';
import { ageDaysAt } from '../../../core/model/age.ts';
import { storageMonthlyCostUsdUpTo } from '../costs.ts';
import { isMarkedForRemoval } from '../../../core/tags/marker.ts';
import { protectionTagsOf } from '../../../core/tags/protection.ts';
import type { Lineage } from '../../../core/model/verdict.ts';
import type { Description, Look } from '../../kind.ts';
import { readTags } from '../../tags/read-tags.ts';
import { ARCHIVE, billingOf, isInMinimum } from '../billing.ts';
import { hasLookedCloser, isRealVolumeId, KIND } from '../facts.ts';
import type { EbsSnapshot } from '../facts.ts';

/** A snapshot's part of a finding: its values, and what was seen of everything around it. */
export function describeSnapshot(
  snapshot: EbsSnapshot,
  { region, now, policy, prices }: Pick<Look, 'region' | 'now' | 'policy' | 'prices'>,
): Description {
  const { archivedAt, fullSizeBytes, sizeGiB, storageTier, volume } = snapshot;
  const fullSizeGiB = fullSizeBytes === null ? null : fullSizeBytes / GIB;
  const lineage = lineageOf(snapshot);
  const billing = billingOf(snapshot, { region, prices });
  const { needs, others } = readTags(KIND, snapshot.tags);
  const protection = protectionTagsOf(snapshot.tags, policy.protectTags, now);
  return {
    resourceId: snapshot.snapshotId,
    startedAt: snapshot.startedAt,
    ageDays: ageDaysAt(snapshot.startedAt, now),
    sizeGiB,
    monthlyCostUsdUpTo: storageMonthlyCostUsdUpTo(prices, {
      region,
      storageTier,
      sizeGiB: fullSizeGiB ?? sizeGiB,
    }),
    tags: snapshot.tags,
    evidence: {
      volumeId: snapshot.volumeId,
      volumeState: volume?.state ?? null,
      attachments: volume?.attachments ?? [],
      usedBy: snapshot.usedBy,
      sharedWith: snapshot.attributes?.sharedWith ?? null,
      productCodes: snapshot.attributes?.productCodes ?? null,
      lookedCloser: hasLookedCloser(snapshot),
      outpostArn: snapshot.outpostArn,
      ...(snapshot.zone !== null && { zone: snapshot.zone }),
      ...(snapshot.restoredUntil !== null && { restoredUntil: snapshot.restoredUntil }),
      ...(snapshot.stateMessage !== null && { stateMessage: snapshot.stateMessage }),
      ...(snapshot.kmsKeyId !== null && { kmsKeyId: snapshot.kmsKeyId }),
      state: snapshot.state,
      description: snapshot.description,
      storageTier,
      ...(storageTier === ARCHIVE && { archivedAt }),
      encrypted: snapshot.encrypted,
      transferType: snapshot.transferType,
      fullSizeGiB: fullSizeGiB === null ? null : Math.round(fullSizeGiB * 1000) / 1000,
      incompleteReferences: snapshot.incompleteReferences,
      notLookedAt: snapshot.notLookedAt,
      ...(needs.length > 0 && { tagsOfNeed: needs }),
      ...(others.length > 0 && { tagsThatSayNothing: others }),
      ...(protection.length > 0 && { protection: [...protection] }),
      ...(lineage === undefined ? {} : { lineage }),
      ...(snapshot.set !== null && { set: snapshot.set }),
      ...(isInMinimum(billing, now) && { removalSavesNothingBefore: billing.minimumUntil }),
      billing,
    },
  };
}

/** The other snapshots of the same volume that could serve as its copy, oldest first. */
export function siblingsOf(snapshot: EbsSnapshot): readonly string[] {
  return snapshot.completedOfVolume.filter((id) => id !== snapshot.snapshotId);
}

function lineageOf(snapshot: EbsSnapshot): Lineage | undefined {
  const { volumeId, completedOfVolume, snapshotId, state, tags } = snapshot;
  // Not completed, or of no volume that is known: no copy of anything that could be counted.
  if (!isRealVolumeId(volumeId)) return undefined;
  const isMarked = state === 'completed' && isMarkedForRemoval(tags);
  if (!completedOfVolume.includes(snapshotId) && !isMarked) return undefined;
  return {
    id: volumeId,
    size: completedOfVolume.length,
    newest: completedOfVolume.at(-1) === snapshotId,
  };
}
