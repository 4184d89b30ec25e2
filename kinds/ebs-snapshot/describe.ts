import { ageDaysAt } from '../../core/age.ts';
import { snapshotMonthlyCostUsdUpTo } from '../../core/prices.ts';
import type { Billing } from '../../core/billing.ts';
import type { Lineage } from '../../core/verdict.ts';
import type { Description } from '../kind.ts';
import { hasLookedCloser, isRealVolumeId } from './facts.ts';
import type { EbsSnapshot } from './facts.ts';

const GIB = 2 ** 30;

/** A snapshot's part of a finding: its values, and what was seen of everything around it. */
export function describeSnapshot(
  snapshot: EbsSnapshot,
  { region, now }: { region: string; now: Date },
): Description {
  const { fullSizeBytes, sizeGiB, storageTier, volume } = snapshot;
  const fullSizeGiB = fullSizeBytes === null ? null : fullSizeBytes / GIB;
  const lineage = lineageOf(snapshot);
  return {
    resourceId: snapshot.snapshotId,
    startedAt: snapshot.startedAt,
    ageDays: ageDaysAt(snapshot.startedAt, now),
    sizeGiB,
    monthlyCostUsdUpTo: snapshotMonthlyCostUsdUpTo({
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
      state: snapshot.state,
      description: snapshot.description,
      storageTier,
      encrypted: snapshot.encrypted,
      transferType: snapshot.transferType,
      fullSizeGiB: fullSizeGiB === null ? null : Math.round(fullSizeGiB * 1000) / 1000,
      incompleteReferences: snapshot.incompleteReferences,
      notLookedAt: snapshot.notLookedAt,
      ...(lineage === undefined ? {} : { lineage }),
      billing: billingOf(snapshot),
    },
  };
}

/** The other snapshots of the same volume that could serve as its copy, oldest first. */
export function siblingsOf(snapshot: EbsSnapshot): readonly string[] {
  return snapshot.completedOfVolume.filter((id) => id !== snapshot.snapshotId);
}

/**
 * An archived snapshot is a full one: it shares no blocks with the others of its volume.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-considerations.html
 */
function billingOf({ storageTier, volumeId }: EbsSnapshot): Billing {
  const isIncremental = storageTier !== 'archive' && isRealVolumeId(volumeId);
  return { tier: storageTier, sharesWith: isIncremental ? volumeId : null };
}

function lineageOf({ volumeId, completedOfVolume, snapshotId }: EbsSnapshot): Lineage | undefined {
  // Not completed, or of no volume that is known: no copy of anything that could be counted.
  if (volumeId === null || !completedOfVolume.includes(snapshotId)) return undefined;
  return {
    id: volumeId,
    size: completedOfVolume.length,
    newest: completedOfVolume.at(-1) === snapshotId,
  };
}
