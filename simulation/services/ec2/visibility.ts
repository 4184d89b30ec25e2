import type { Clock } from '../../../clock/clock.ts';
import type { SimSnapshot } from '../../model/snapshot.ts';
import { seededFraction } from '../call/seeded.ts';

/** How late a describe shows what a call has changed, in simulated milliseconds. */
const TAG_DELAY = { from: 200, to: 1000 };
const DELETE_DELAY = { from: 0, to: 500 };
const BIN_DELAY = { from: 100, to: 1500 };
/** How long a restored snapshot is `recovering`. */
const RECOVERY = { from: 300, to: 2000 };

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

interface PendingTags {
  readonly visibleAt: number;
  /** What the tags were before; undefined where there was none. */
  readonly before: ReadonlyMap<string, string | undefined>;
}

/**
 * EC2's eventual consistency: the estate changes at once, describes show it a little later. Only
 * changes made by calls are late, not those a test makes in the estate itself.
 */
export class Visibility {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #tags = new Map<string, PendingTags[]>();
  readonly #deleted = new Map<string, { snapshot: SimSnapshot; until: number }[]>();
  readonly #inBinFrom = new Map<string, number>();
  readonly #recoveringUntil = new Map<string, number>();
  #changes = 0;

  constructor({ clock, seed }: { clock: Clock; seed: number }) {
    this.#clock = clock;
    this.#seed = seed;
  }

  /** To be called with the snapshot as it was before it got the tags. */
  tagged(place: Place, snapshot: SimSnapshot, tags: Readonly<Record<string, string>>): void {
    const id = keyOf(place, snapshot.snapshotId);
    const pending = this.#pendingTags(id);
    // Never before an earlier change of the same snapshot.
    const visibleAt = Math.max(this.#later(TAG_DELAY), ...pending.map((entry) => entry.visibleAt));
    const before = new Map(Object.keys(tags).map((key) => [key, snapshot.tags[key]]));
    this.#tags.set(id, [...pending, { visibleAt, before }]);
  }

  /** To be called with the snapshot as it was before it was deleted. */
  deleted(place: Place, snapshot: SimSnapshot): void {
    const shown = this.see(place, snapshot);
    const ghosts = this.#pendingDeletions(place);
    ghosts.push({ snapshot: shown, until: this.#later(DELETE_DELAY) });
    this.#deleted.set(keyOf(place, ''), ghosts);
    const id = keyOf(place, snapshot.snapshotId);
    this.#inBinFrom.set(id, this.#later(BIN_DELAY));
  }

  /** To be called after the snapshot has left the Recycle Bin. */
  restored(place: Place, snapshotId: string): void {
    this.#recoveringUntil.set(keyOf(place, snapshotId), this.#later(RECOVERY));
  }

  /** Whether a listing of the Recycle Bin shows yet that the snapshot is there. */
  showsInBin(place: Place, snapshotId: string): boolean {
    const from = this.#inBinFrom.get(keyOf(place, snapshotId));
    return from === undefined || from <= this.#clock.now().getTime();
  }

  /** The snapshot as a describe shows it now. */
  see(place: Place, snapshot: SimSnapshot): SimSnapshot {
    const id = keyOf(place, snapshot.snapshotId);
    const isRecovering = (this.#recoveringUntil.get(id) ?? 0) > this.#clock.now().getTime();
    const seen: SimSnapshot = isRecovering ? { ...snapshot, state: 'recovering' } : snapshot;
    return this.#withTagsAsSeen(id, seen);
  }

  #withTagsAsSeen(id: string, snapshot: SimSnapshot): SimSnapshot {
    const pending = this.#pendingTags(id);
    if (pending.length === 0) return snapshot;
    const tags = new Map(Object.entries(snapshot.tags));
    for (const { before } of pending.toReversed()) {
      for (const [key, value] of before) {
        if (value === undefined) tags.delete(key);
        else tags.set(key, value);
      }
    }
    return { ...snapshot, tags: Object.fromEntries(tags) };
  }

  /** Deleted snapshots that a describe still shows. */
  ghosts(place: Place): readonly SimSnapshot[] {
    return this.#pendingDeletions(place).map(({ snapshot }) => snapshot);
  }

  #later({ from, to }: { from: number; to: number }): number {
    this.#changes += 1;
    const delay = from + seededFraction(this.#seed, 'delay', this.#changes) * (to - from);
    return this.#clock.now().getTime() + delay;
  }

  #pendingTags(id: string): PendingTags[] {
    const entries = this.#tags.get(id);
    if (entries === undefined) return [];
    const now = this.#clock.now().getTime();
    const pending = entries.filter(({ visibleAt }) => visibleAt > now);
    if (pending.length === 0) this.#tags.delete(id);
    return pending;
  }

  #pendingDeletions(place: Place): { snapshot: SimSnapshot; until: number }[] {
    const now = this.#clock.now().getTime();
    const all = this.#deleted.get(keyOf(place, '')) ?? [];
    return all.filter(({ until }) => until > now);
  }
}

function keyOf({ accountId, region }: Place, snapshotId: string): string {
  return `${accountId}/${region}/${snapshotId}`;
}
