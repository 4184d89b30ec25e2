import type { Clock } from '../../../clock/clock.ts';
import { seededFraction } from '../call/seeded.ts';

/** How late a describe shows what a call has changed, in simulated milliseconds. */
const TAG_DELAY = { from: 200, to: 1000 };
const DELETE_DELAY = { from: 0, to: 500 };
const BIN_DELAY = { from: 100, to: 1500 };
/** How long what was restored from the Recycle Bin isn't ready. */
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

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * EC2's eventual consistency: the estate changes at once, describes show it a little later. Only
 * changes made by calls are late, not those a test makes in the estate itself.
 */
export class Visibility {
  readonly #options: VisibilityOptions;
  readonly #kinds = new Map<string, LateChanges<Tagged>>();

  constructor(options: VisibilityOptions) {
    this.#options = options;
  }

  /** How late what is changed of one kind shows. Kinds don't change one another's delays. */
  of<T extends Tagged>(kind: VisibilityKey<T>): LateChanges<T> {
    const known = this.#kinds.get(kind.name) ?? new LateChanges<Tagged>(this.#options, kind);
    this.#kinds.set(kind.name, known);
    return known as unknown as LateChanges<T>;
  }
}

interface VisibilityOptions {
  readonly clock: Clock;
  readonly seed: number;
}

/** Whose changes are meant; one value for each kind. */
export interface VisibilityKey<T extends Tagged> {
  readonly name: string;
  /** Of what is shown; only its type counts. */
  readonly of?: T;
  /** Where its delays come from, besides the seed. */
  readonly stream: readonly string[];
  /** How long a describe shows what was deleted, in milliseconds; left out: as a snapshot. */
  readonly deletingFor?: { readonly from: number; readonly to: number };
}

/** Of one kind: what calls have changed, and describes don't show yet. */
export class LateChanges<T extends Tagged> {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #stream: readonly string[];
  readonly #deletingFor: { readonly from: number; readonly to: number };
  readonly #tags = new Map<string, PendingTags[]>();
  readonly #deleted = new Map<string, { resource: T; until: number }[]>();
  readonly #inBinFrom = new Map<string, number>();
  readonly #recoveringUntil = new Map<string, number>();
  #changes = 0;

  constructor(
    { clock, seed }: VisibilityOptions,
    { stream, deletingFor = DELETE_DELAY }: Pick<VisibilityKey<Tagged>, 'stream' | 'deletingFor'>,
  ) {
    this.#deletingFor = deletingFor;
    this.#clock = clock;
    this.#seed = seed;
    this.#stream = stream;
  }

  /** To be called with the tags as they were before. */
  tagged(place: Place, id: string, { before: tagsBefore, tags }: TagChange): void {
    const key = keyOf(place, id);
    const pending = this.#pendingTags(key);
    // Never before an earlier change of the same resource.
    const visibleAt = Math.max(this.#later(TAG_DELAY), ...pending.map((entry) => entry.visibleAt));
    const before = new Map(Object.keys(tags).map((name) => [name, tagsBefore[name]]));
    this.#tags.set(key, [...pending, { visibleAt, before }]);
  }

  /** To be called with the resource as a describe showed it before it was deleted. */
  deleted(place: Place, id: string, shown: T): void {
    const ghosts = this.#pendingDeletions(place);
    ghosts.push({ resource: shown, until: this.#later(this.#deletingFor) });
    this.#deleted.set(keyOf(place, ''), ghosts);
    this.#inBinFrom.set(keyOf(place, id), this.#later(BIN_DELAY));
  }

  /** To be called after it has left the Recycle Bin. */
  restored(place: Place, id: string): void {
    this.#recoveringUntil.set(keyOf(place, id), this.#later(RECOVERY));
  }

  isRecovering(place: Place, id: string): boolean {
    return (this.#recoveringUntil.get(keyOf(place, id)) ?? 0) > this.#clock.now().getTime();
  }

  /** Whether a listing of the Recycle Bin shows yet that it is there. */
  showsInBin(place: Place, id: string): boolean {
    const from = this.#inBinFrom.get(keyOf(place, id));
    return from === undefined || from <= this.#clock.now().getTime();
  }

  /** With the tags that a describe shows now. */
  withTagsAsSeen(place: Place, id: string, resource: T): T {
    const pending = this.#pendingTags(keyOf(place, id));
    if (pending.length === 0) return resource;
    const tags = new Map(Object.entries(resource.tags));
    for (const { before } of pending.toReversed()) {
      for (const [key, value] of before) {
        if (value === undefined) tags.delete(key);
        else tags.set(key, value);
      }
    }
    return { ...resource, tags: Object.fromEntries(tags) };
  }

  /** Deleted, and a describe still shows them. */
  ghosts(place: Place): readonly T[] {
    return this.#pendingDeletions(place).map(({ resource }) => resource);
  }

  #later({ from, to }: { from: number; to: number }): number {
    this.#changes += 1;
    const share = seededFraction(this.#seed, 'delay', ...this.#stream, this.#changes);
    return this.#clock.now().getTime() + from + share * (to - from);
  }

  #pendingTags(id: string): PendingTags[] {
    const entries = this.#tags.get(id);
    if (entries === undefined) return [];
    const now = this.#clock.now().getTime();
    const pending = entries.filter(({ visibleAt }) => visibleAt > now);
    if (pending.length === 0) this.#tags.delete(id);
    return pending;
  }

  #pendingDeletions(place: Place): { resource: T; until: number }[] {
    const now = this.#clock.now().getTime();
    const all = this.#deleted.get(keyOf(place, '')) ?? [];
    return all.filter(({ until }) => until > now);
  }
}

interface TagChange {
  readonly before: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

function keyOf({ accountId, region }: Place, id: string): string {
  return `${accountId}/${region}/${id}`;
}
