import { groupsByKey } from '../../../core/model/group-by.ts';
import type { PolicyOfKind } from '../../../core/input/policy-for.ts';
import type { Groups } from '../../../core/plan/together/groups.ts';
import { isMarkedForRemoval } from '../../../core/tags/marker.ts';
import { type EbsSnapshot, goneAmiOf, isRealVolumeId } from '../facts.ts';
import type { ListedSnapshot } from '../listing.ts';
import { type OwnPolicy, ownPolicyOf } from '../policy.ts';
import { whyUncounted } from './counted.ts';

/**
 * Completed snapshots of one volume hold its data, each in the place of any other. What isn't completed,
 * or of no volume that is known, is no copy of anything that could be counted.
 */
export function groupsOf(snapshot: EbsSnapshot, policy: PolicyOfKind): Groups {
  const { volumeId, volume, completedOfVolume, snapshotId, state, tags, usedBy } = snapshot;
  if (!isRealVolumeId(volumeId)) return {};
  const isMarked = state === 'completed' && isMarkedForRemoval(tags);
  if (!completedOfVolume.includes(snapshotId) && !isMarked) return {};
  const isInBin = (usedBy['volumes-in-recycle-bin'] ?? []).length > 0;
  const isOriginLeaving = isInBin || volume?.isMarked === true;
  return copiesAmong(completedOfVolume, snapshot, { isOriginLeaving, ...ownPolicyOf(policy) });
}

/** @param completed of the volume, as `CompletedOfVolumes` has them for this snapshot */
export function copiesAmong(
  completed: readonly string[],
  snapshot: Pick<EbsSnapshot, 'volumeId' | 'snapshotId' | 'description' | 'tags' | 'originAmi'>,
  { isOriginLeaving, keepLastLeftover }: { readonly isOriginLeaving: boolean } & OwnPolicy,
): Groups {
  const { volumeId, snapshotId } = snapshot;
  const others = completed.filter((id) => id !== snapshotId);
  const isLeftBehind = goneAmiOf(snapshot) !== null && !keepLastLeftover;
  const uncounted = isLeftBehind ? 'LEFT_BEHIND' : whyUncounted(snapshot);
  return {
    copies: {
      ...{ id: volumeId ?? '', others, isNewest: completed.at(-1) === snapshotId },
      ...(isOriginLeaving && { isOriginLeaving }),
      ...(uncounted && { uncounted }),
      ...(uncounted === 'LEFTOVER' && {
        newer: completed.slice(completed.indexOf(snapshotId) + 1),
      }),
    },
  };
}

/**
 * Completed snapshots by volume, those that others may rely on. Copies (vol-ffffffff) have no volume in
 * common. One that is marked for removal is no copy: an execution elsewhere, which this one knows nothing
 * of, may remove it in this very moment. Nor is an AMI's, or one with a date on which it goes by itself.
 */
export class CompletedOfVolumes {
  readonly #byVolume: ReadonlyMap<string, readonly ListedSnapshot[]>;
  /** One list for all snapshots of a volume: there may be many. */
  readonly #ids = new Map<string, string[]>();

  constructor(snapshots: Iterable<ListedSnapshot>) {
    const completed = groupsByKey(snapshots, (snapshot) => {
      const { volumeId, state, tags } = snapshot;
      if (state !== 'completed' || !isRealVolumeId(volumeId)) return undefined;
      if (isMarkedForRemoval(tags)) return undefined;
      return whyUncounted(snapshot) === undefined ? volumeId : undefined;
    });
    for (const [volumeId, all] of completed) this.#ids.set(volumeId, idsOf(all.sort(byAge)));
    this.#byVolume = completed;
  }

  /** The ids, oldest first; one that isn't counted is among them for itself alone. */
  for(snapshot: Aged & Pick<ListedSnapshot, 'volumeId' | 'state' | 'description' | 'tags'>) {
    const volumeId = snapshot.volumeId ?? '';
    const isCompleted = snapshot.state === 'completed' && isRealVolumeId(volumeId);
    if (!isCompleted || whyUncounted(snapshot) === undefined)
      return this.#ids.get(volumeId) ?? NONE;
    return idsOf([...(this.#byVolume.get(volumeId) ?? []), snapshot].toSorted(byAge));
  }
}

const NONE: string[] = [];

type Aged = Pick<ListedSnapshot, 'snapshotId' | 'startedAt'>;

function idsOf(snapshots: readonly Aged[]): string[] {
  return snapshots.map(({ snapshotId }) => snapshotId);
}

function byAge(a: Aged, b: Aged): number {
  return ageKey(a) < ageKey(b) ? -1 : 1;
}

/** ISO timestamps sort as text; one that isn't known counts as the oldest. */
function ageKey({ startedAt, snapshotId }: Aged): string {
  return `${startedAt ?? ''} ${snapshotId}`;
}
