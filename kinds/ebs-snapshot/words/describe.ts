import { GIB } from '../../../core/model/amount.ts';
import { ageDaysAt } from '../../../core/model/age.ts';
import { protectionTagsOf } from '../../../core/tags/protection.ts';
import type { Description, Look } from '../../kind.ts';
import { storageMonthlyCostUsdUpTo } from '../../prices/snapshot-storage.ts';
import { readTags } from '../../tags/read-tags.ts';
import { ARCHIVE, billingOf, isInMinimum } from '../billing.ts';
import { hasLookedCloser, KIND } from '../facts.ts';
import type { EbsSnapshot } from '../facts.ts';

/** A snapshot's part of a finding: its values, and what was seen of everything around it. */
export function describeSnapshot(
  snapshot: EbsSnapshot,
  { region, now, policy, prices }: Pick<Look, 'region' | 'now' | 'policy' | 'prices'>,
): Description {
  const { archivedAt, fullSizeBytes, sizeGiB, storageTier, volume } = snapshot;
  const fullSizeGiB = fullSizeBytes === null ? null : fullSizeBytes / GIB;
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
      ...(snapshot.originAmi && { originAmi: snapshot.originAmi }),
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
      ...(snapshot.set !== null && { set: snapshot.set }),
      ...(isInMinimum(billing, now) && { removalSavesNothingBefore: billing.minimumUntil }),
      billing,
    },
  };
}
