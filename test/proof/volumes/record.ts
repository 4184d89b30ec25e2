import { volumeNeeds, type VolumeNeedSource } from '../../../simulation/kinds/ebs-volume/needs.ts';
import type { SimEstate, SimVolume } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { MARKER_TAG } from '../../../simulation/services/ec2/role-conditions.ts';
import type { SeenCall } from '../laws/seen-call.ts';
import { allVolumes } from './acts.ts';

/** A volume that a call of orgsweep's deleted. */
export interface VolumeDeletion {
  readonly call: SeenCall;
  readonly volumeId: string;
  /** As it was when the call came. */
  readonly volume: SimVolume;
  readonly wasMarked: boolean;
  /** What needed it at that instant, by the simulation's own account. */
  readonly neededBy: readonly string[];
  /** Until when the Recycle Bin has it; undefined: it hasn't. */
  readonly restorableUntil: number | undefined;
  /** What there was of it then. What is in the Recycle Bin is no copy that stays. */
  readonly copies: readonly SimSnapshot[];
}

/** A snapshot that a call of orgsweep's made. */
export interface MadeCopy {
  readonly call: SeenCall;
  readonly snapshotId: string;
  readonly volumeId: string;
  readonly wasMarked: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A snapshot that another user took away, or what made it count. */
interface LostCopy {
  readonly snapshot: SimSnapshot;
  readonly at: number;
}

type Needed = Readonly<Record<VolumeNeedSource, readonly string[]>>;

/** By which call a need of a volume shows. */
export const SIGHT_OF: Readonly<Record<VolumeNeedSource, string>> = {
  attachments: 'DescribeVolumes',
  instances: 'DescribeInstances',
  'late use': 'GetMetricData',
  tags: 'DescribeVolumes',
  service: 'DescribeVolumes',
  modification: 'DescribeVolumesModifications',
  'root replacement': 'DescribeReplaceRootVolumeTasks',
  copies: 'DescribeVolumes',
  itself: 'DescribeVolumes',
};
const LOOKS = new Set(Object.values(SIGHT_OF));

type Pending =
  | { readonly does: 'DELETE'; readonly deletion: Omit<VolumeDeletion, 'restorableUntil'> }
  | {
      readonly does: 'COPY';
      readonly made: Omit<MadeCopy, 'snapshotId' | 'tags'>;
      readonly before: ReadonlySet<string>;
    };

/** What became of volumes and their copies, as the simulated organization has it. */
export class VolumeRecord {
  readonly deletions: VolumeDeletion[] = [];
  readonly made: MadeCopy[] = [];
  readonly lost: LostCopy[] = [];
  readonly #looks = new Map<number, ReadonlyMap<string, Needed>>();
  #pending: { readonly estate: SimEstate; readonly of: Pending } | undefined;

  /** As this call finds it: of volumes that nothing has attached only. */
  neededAt({ number }: SeenCall, volumeId: string): Needed | undefined {
    return this.#looks.get(number)?.get(volumeId);
  }

  /** Before the call is answered. */
  see(call: SeenCall, estate: SimEstate): void {
    if (LOOKS.has(call.operation)) this.#looks.set(call.number, needsOf(estate));
    const of = pendingOf(call, estate);
    this.#pending = of && { estate, of };
  }

  /** Finds out what became of the last call. @returns the estate, where it changed */
  settle(): SimEstate | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined) return undefined;
    const { estate, of } = pending;
    if (of.does === 'DELETE') {
      const { volumeId } = of.deletion;
      if (estate.volume(volumeId) !== undefined) return undefined;
      const restorableUntil = estate.volumeInRecycleBin(volumeId)?.exitTime.getTime();
      this.deletions.push({ ...of.deletion, restorableUntil });
      return estate;
    }
    for (const { snapshotId, tags } of estate.snapshotsOfVolume(of.made.volumeId))
      if (!of.before.has(snapshotId)) this.made.push({ ...of.made, snapshotId, tags });
    return estate;
  }

  /** Around what another user does. */
  noteOthers(estate: SimEstate, act: () => boolean): boolean {
    const before = estate.snapshots(0, Number.MAX_SAFE_INTEGER).items;
    const isDone = act();
    const at = estate.now().getTime();
    for (const snapshot of before) {
      const now = estate.snapshot(snapshot.snapshotId);
      if (JSON.stringify(now) !== JSON.stringify(snapshot)) this.lost.push({ snapshot, at });
    }
    return isDone;
  }
}

function pendingOf(call: SeenCall, estate: SimEstate): Pending | undefined {
  const volumeId = call.params.get('VolumeId') ?? '';
  const volume = estate.volume(volumeId);
  if (volume === undefined) return undefined;
  const wasMarked = volume.tags[MARKER_TAG.key] === MARKER_TAG.value;
  const copies = estate.snapshotsOfVolume(volumeId);
  if (call.operation === 'CreateSnapshot') {
    const before = new Set(copies.map(({ snapshotId }) => snapshotId));
    return { does: 'COPY', made: { call, volumeId, wasMarked }, before };
  }
  if (call.operation !== 'DeleteVolume') return undefined;
  const neededBy = Object.values(volumeNeeds(estate, volume)).flat();
  const of = { call, volumeId, volume, wasMarked, neededBy, copies };
  return { does: 'DELETE', deletion: of };
}

function needsOf(estate: SimEstate): ReadonlyMap<string, Needed> {
  const free = allVolumes(estate).filter(({ attachments }) => attachments.length === 0);
  return new Map(free.map((volume) => [volume.volumeId, volumeNeeds(estate, volume)]));
}
