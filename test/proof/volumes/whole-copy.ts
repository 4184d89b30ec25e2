import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { FRESH_MILLISECONDS } from '../laws/seen-call.ts';
import type { Stage } from '../run/stage.ts';

const DAY_MS = 86_400_000;
/** EBS sends a datapoint so long after it began to count. */
export const METRICS_LATE_MILLISECONDS = 900_000;

/** When and where something relied on it. */
interface Instant {
  readonly accountId: string;
  readonly region: string;
  readonly at: number;
}

/**
 * Whether a snapshot is one that somebody keeps, and nothing wrote on its volume since, as the simulation
 * itself has it.
 *
 * @param marked whether one that is marked counts: what orgsweep marks itself it may still leave
 */
export function isWhole(
  { witness }: Stage,
  copy: SimSnapshot,
  { at, ...place }: Instant,
  marked: 'COUNTS' | 'DOES_NOT_COUNT' = 'DOES_NOT_COUNT',
): boolean {
  const { state, description, tags, startTime, volumeId } = copy;
  const until = new Date(at - METRICS_LATE_MILLISECONDS - FRESH_MILLISECONDS);
  const isOlder =
    startTime < until && witness.estateOf(place)?.wasAttached(volumeId, startTime, until) === true;
  const isOfOthers = Object.keys(tags).some((key) =>
    /^(aws:backup:|aws:dlm:|dlm:managed)/.test(key),
  );
  const keptUntil = tags['orgsweep:keep-until'] ?? '9';
  const soon = new Date(at + 29 * DAY_MS).toISOString().slice(0, 10);
  return (
    state === 'completed' &&
    !isOlder &&
    !isOfOthers &&
    (marked === 'COUNTS' || tags['orgsweep:marked'] !== 'true') &&
    !description.startsWith('Created by CreateImage(') &&
    (tags['orgsweep:final-copy-of'] === undefined || keptUntil >= soon)
  );
}

/** Its snapshots as they were before somebody else laid hands on them, since then. */
export function lostSince({ witness }: Stage, volumeId: string, since: number): SimSnapshot[] {
  const lost = witness.volumes.lost.filter(({ at }) => at >= since);
  return lost.flatMap(({ snapshot }) => (snapshot.volumeId === volumeId ? [snapshot] : []));
}
