import type { SimEstate } from '../../model/organization.ts';
import { PerEstate } from '../../model/per-estate.ts';
import { DAY_MS } from '../../model/units.ts';
import { choose, fraction, hashKey } from '../../population/hash.ts';
import { idCodec } from '../../population/resource-ids.ts';
import type { SimTruth } from '../kind.ts';
import { LEFTOVER_SITUATIONS, type LeftoverSituation } from './leftover-situations.ts';

const KIND = 'ebs-snapshot';
const SIZES_GIB = [8, 20, 50, 100] as const;

interface Made {
  readonly index: number;
  readonly snapshotId: string;
  readonly situation: LeftoverSituation;
}

/** Besides those whose volumes tell what they are. */
const MADE = new PerEstate((estate): readonly Made[] => {
  const snapshots = idCodec('snap', keyOf(estate));
  const amount = estate.origin.amounts[KIND] ?? 0;
  return Array.from({ length: amount }, () => LEFTOVER_SITUATIONS)
    .flat()
    .map((situation, index) => ({ index, situation, snapshotId: snapshots.encode(index) }));
});

/** What AMIs left behind: each situation as often as the scenario's amount says. */
export function populateLeftovers(estate: SimEstate): void {
  for (const made of MADE.of(estate)) makeUp(estate, made);
}

export function* leftoverTruths(estate: SimEstate): Generator<SimTruth> {
  for (const { snapshotId, situation } of MADE.of(estate)) {
    const { name, verdict, reasons } = situation;
    yield { resourceId: snapshotId, verdict, reasons, situation: name };
  }
}

function makeUp(estate: SimEstate, { index, snapshotId, situation }: Made): void {
  const { volume, transferType, ami, isRegisteredAgain } = situation;
  const key = keyOf(estate);
  const volumeId = volume === 'unknown' ? 'vol-ffffffff' : idCodec('vol', key).encode(index);
  const images = idCodec('ami', key);
  const [imageId, other] = [images.encode(2 * index), images.encode(2 * index + 1)];
  const instanceId = idCodec('i', key).encode(index);
  const sizeGiB = choose(SIZES_GIB, key, index, 2);
  // Away from the borders of a day.
  const days = 200 + 10 * index + 0.1 + 0.4 * fraction(key, index, 1);
  const startTime = before(estate, days);
  estate.putSnapshot({
    ...{ snapshotId, ownerId: estate.accountId, volumeId, state: 'completed', startTime },
    ...{ volumeSizeGiB: sizeGiB, fullSizeBytes: sizeGiB * 2 ** 29, storageTier: 'standard' },
    ...{ encrypted: false, public: false, sharedWith: [], productCodes: [], tags: {} },
    description: descriptionOf(situation, { imageId, instanceId, volumeId, startTime }),
    ...(transferType && { transferType }),
  });
  if (volume === 'in-use') {
    const attachments = [{ instanceId, state: 'attached' as const, device: '/dev/xvda' }];
    estate.putVolume({
      ...{ volumeId, sizeGiB, state: 'in-use', attachments, tags: {} },
      createTime: before(estate, days + 30),
    });
    estate.putInstance({ instanceId, state: 'running', volumeIds: [volumeId] });
  }
  const image = { ownerId: estate.accountId, name: `${situation.name}-${index}` };
  if (isRegisteredAgain)
    estate.putImage({ ...image, imageId: other, state: 'available', snapshotIds: [snapshotId] });
  if (ami === 'in-recycle-bin')
    estate.putImageInRecycleBin({
      ...{ imageId, name: image.name, description: '' },
      ...{ enterTime: before(estate, 3), exitTime: before(estate, -27) },
    });
  else if (ami !== 'gone')
    estate.putImage({ ...image, imageId, state: ami, snapshotIds: [], lastLaunchedAt: null });
}

interface Origin {
  readonly imageId: string;
  readonly instanceId: string;
  readonly volumeId: string;
  readonly startTime: Date;
}

function descriptionOf({ words, more = '' }: LeftoverSituation, of: Origin): string {
  const created = `Created by CreateImage(${of.instanceId}) for ${of.imageId}`;
  // The snapshot is made some moments later.
  const taskAt = new Date(of.startTime.getTime() - 40_000);
  const texts = {
    created,
    'created-from-volume': `${created} from ${of.volumeId}`,
    copied: copiedForAmi(of.imageId, taskAt),
  };
  return texts[words] + more;
}

/**
 * What CopyImage writes into the snapshots that it makes.
 *
 * @internal Tests write it, too.
 */
export function copiedForAmi(imageId: string, taskAt: Date): string {
  return `Copied for DestinationAmi ${imageId} from SourceAmi ami-0c7e1f2a3b4d5e6f7 for SourceSnapshot snap-0a1b2c3d4e5f60718. Task created on ${taskAt.getTime().toLocaleString('en-US')}.`;
}

function keyOf({ origin: { seed }, accountId, region }: SimEstate) {
  return hashKey(seed, 'leftovers', accountId, region);
}

function before({ origin: { bornAt } }: SimEstate, days: number): Date {
  return new Date(bornAt.getTime() - days * DAY_MS);
}
