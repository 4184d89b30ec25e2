import { GIB } from '../../../core/model/amount.ts';
import { z } from 'zod';
import { BLOCK_BYTES, FreedBlocks } from './freed-blocks.ts';
import type { Candidate, LineageToMeasure } from '../../../core/measure/measurable.ts';
import type { Freed, NotInMeasure } from '../../../core/measure/measured.ts';
import { compare } from '../../../core/model/order.ts';
import { storageMonthlyCostUsdUpTo } from '../../prices/snapshot-storage.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { type ExactSize, type Measurement, type MeasureWork, NotMeasurable } from '../../kind.ts';
import { visitBlocks } from './blocks.ts';
import { isRealVolumeId } from '../facts.ts';
import { filterOn } from '../../listings/filter.ts';
import { type ListedSnapshot, listSnapshots } from '../listing.ts';

/** What `describeSnapshot` writes of a snapshot, and this needs. */
const SnapshotEvidence = z.looseObject({
  fullSizeGiB: z.number().nullable().catch(null),
  storageTier: z.string().catch('unknown'),
  outpostArn: z.string().nullable().catch(null),
});

/** What snapshots hold alone, by the lists of their blocks that the EBS direct APIs give. */
export const exactSize: ExactSize = { candidate, measure };

function candidate(finding: Finding): Candidate {
  const { kind, accountId, region, resourceId, startedAt, sizeGiB, evidence } = finding;
  const { fullSizeGiB, ...seen } = SnapshotEvidence.parse(evidence);
  const { lineage } = evidence;
  const isOfVolume = lineage !== undefined && isRealVolumeId(lineage.id);
  return {
    ...{ kind, accountId, region, resourceId, startedAt },
    lineage: isOfVolume ? { id: lineage.id, size: lineage.size } : null,
    upToBytes: Math.round((fullSizeGiB ?? z.number().parse(sizeGiB)) * GIB),
    upToUsd: finding.monthlyCostUsdUpTo,
    reason: isOfVolume ? storedElsewhere(seen) : 'NO_LINEAGE',
  };
}

/** An archived snapshot is whole by itself, and no other one's blocks are among its own. */
function storedElsewhere(of: { storageTier: string; outpostArn: string | null }): string | null {
  if (of.storageTier === 'archive') return 'ARCHIVED';
  return of.outpostArn === null ? null : 'ON_OUTPOST';
}

/** Measures the stale snapshots of a volume among all that there are of it now. */
async function measure(work: MeasureWork): Promise<Measurement> {
  const { ec2, accountId } = await work.open();
  const filters = [filterOn('volume-id', [work.lineage.lineageId])];
  const listed = new Map<string, ListedSnapshot>();
  for await (const one of listSnapshots(ec2, accountId, filters)) listed.set(one.snapshotId, one);
  const chain = chainOf([...listed.values()]);
  const wanted = new Set(work.lineage.stale.map(({ resourceId }) => resourceId));
  const stale = chain.map(({ snapshotId }) => wanted.has(snapshotId));
  const measured = chain.filter((_, at) => stale[at]).map(({ snapshotId }) => snapshotId);
  if (measured.length === 0) {
    throw new NotMeasurable('NothingLeft', 'none of the stale snapshots is there any more');
  }
  const { lastCopies } = work;
  const butLastCopy = chain.map(
    ({ snapshotId }, at) => (stale[at] ?? false) && !lastCopies?.has(snapshotId),
  );
  const [freed = 0, freedButLastCopy = 0] = await freedBytes(work, chain, [stale, butLastCopy]);
  return {
    freed: toFreed(work, freed),
    freedButLastCopy: lastCopies === null ? null : toFreed(work, freedButLastCopy),
    kept: chain.filter((_, at) => !stale[at]).map(({ snapshotId }) => snapshotId),
    notMeasured: missing(work.lineage, measured, listed),
  };
}

function toFreed({ lineage, prices }: MeasureWork, bytes: number): Freed {
  const at = { region: lineage.region, storageTier: 'standard', sizeGiB: bytes / GIB };
  return { bytes, monthlyCostUsd: storageMonthlyCostUsdUpTo(prices, at) };
}

/** The volume's snapshots that share blocks, oldest first. @throws {NotMeasurable} */
function chainOf(listed: readonly ListedSnapshot[]): ListedSnapshot[] {
  const pending = listed.find(({ state }) => state !== 'completed' && state !== 'error');
  if (pending !== undefined) {
    const { snapshotId, state } = pending;
    throw new NotMeasurable(
      'SnapshotPending',
      `${snapshotId} is ${state}: what it holds isn't known`,
    );
  }
  const chain = listed.filter((one) => one.state === 'completed' && storedElsewhere(one) === null);
  const timeless = chain.find(({ startedAt }) => startedAt === null);
  if (timeless !== undefined) {
    throw new NotMeasurable('StartTimeUnknown', `${timeless.snapshotId} came without a start time`);
  }
  return chain.toSorted(
    (a, b) => compare(a.startedAt ?? '', b.startedAt ?? '') || compare(a.snapshotId, b.snapshotId),
  );
}

function missing(
  { stale, notMeasured }: LineageToMeasure,
  measured: readonly string[],
  listed: ReadonlyMap<string, ListedSnapshot>,
): NotInMeasure[] {
  const others = stale.filter(({ resourceId }) => !measured.includes(resourceId));
  const reasonOf = (id: string) => {
    const now = listed.get(id);
    return (now && storedElsewhere(now)) ?? 'GONE';
  };
  return [
    ...notMeasured,
    ...others.map(({ resourceId }) => ({ resourceId, reason: reasonOf(resourceId) })),
  ];
}

/** For each choice of snapshots that go, of which the first includes all others, what that frees. */
async function freedBytes(
  { open, beforeRequest }: MeasureWork,
  chain: readonly ListedSnapshot[],
  choices: readonly (readonly boolean[])[],
): Promise<number[]> {
  const blockCount = Math.max(...chain.map(({ sizeGiB }) => sizeGiB)) * (GIB / BLOCK_BYTES);
  const counts = choices.map((choice) => new FreedBlocks(choice, blockCount));
  for (const [step, { snapshotId }] of chain.entries()) {
    const asking = counts.filter((count) => count.needs(step));
    if (asking.length > 0) {
      const compared = { earlier: chain[step - 1]?.snapshotId ?? null, later: snapshotId };
      const { ebs } = await open();
      await visitBlocks({ ebs, beforeRequest }, compared, (index, isInLater) => {
        for (const count of asking) count.add(step, index, isInLater);
      });
    }
    for (const count of asking) count.end(step);
  }
  return counts.map((count) => count.bytes());
}
