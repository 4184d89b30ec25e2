import type {
  GroundTruth,
  SimEstate,
  SimImage,
  SimInstance,
  SimPage,
  SimSnapshot,
  SimVolume,
} from '../model.ts';
import type { InitialEstate, Shelf } from './initial-estate.ts';

/**
 * A shelf with what calls have put on it laid over: a resource put under a known id takes that
 * one's position, any other follows after the last. Positions never move, so that a listing under
 * way neither repeats nor misses what stays.
 */
class ChangedShelf<T> {
  readonly #initial: Shelf<T>;
  readonly #idOf: (item: T) => string;
  readonly #put = new Map<string, T>();
  readonly #added: string[] = [];

  constructor(initial: Shelf<T>, idOf: (item: T) => string) {
    this.#initial = initial;
    this.#idOf = idOf;
  }

  put(item: T): void {
    const id = this.#idOf(item);
    if (!this.#put.has(id) && this.#initial.find(id) === undefined) this.#added.push(id);
    this.#put.set(id, item);
  }

  find(id: string): T | undefined {
    return this.#put.get(id) ?? this.#initial.find(id);
  }

  page(from: number, limit: number): SimPage<T> {
    const count = this.#initial.count + this.#added.length;
    return pageOf({ count, from, limit }, (position) => {
      if (position < this.#initial.count) {
        const initial = this.#initial.at(position);
        return this.#put.get(this.#idOf(initial)) ?? initial;
      }
      return this.#put.get(this.#added[position - this.#initial.count] ?? '');
    });
  }

  changed(): Iterable<T> {
    return this.#put.values();
  }

  isChanged(id: string): boolean {
    return this.#put.has(id);
  }
}

/** The estate an organization hands out: what it began with, and the changes made since. */
export class ChangingEstate implements SimEstate {
  readonly accountId: string;
  readonly region: string;
  readonly #initial: InitialEstate;
  readonly #volumes: ChangedShelf<SimVolume>;
  readonly #instances: ChangedShelf<SimInstance>;
  readonly #images: ChangedShelf<SimImage>;
  readonly #deleted = new Set<string>();
  readonly #addedTags = new Map<string, Readonly<Record<string, string>>>();

  constructor(at: { accountId: string; region: string }, initial: InitialEstate) {
    this.accountId = at.accountId;
    this.region = at.region;
    this.#initial = initial;
    this.#volumes = new ChangedShelf(initial.volumes, ({ volumeId }) => volumeId);
    this.#instances = new ChangedShelf(initial.instances, ({ instanceId }) => instanceId);
    this.#images = new ChangedShelf(initial.images, ({ imageId }) => imageId);
  }

  snapshots(from: number, limit: number): SimPage<SimSnapshot> {
    const { count } = this.#initial.snapshots;
    return pageOf({ count, from, limit }, (position) =>
      this.#asItIsNow(this.#initial.snapshots.at(position)),
    );
  }

  volumes(from: number, limit: number): SimPage<SimVolume> {
    return this.#volumes.page(from, limit);
  }

  instances(from: number, limit: number): SimPage<SimInstance> {
    return this.#instances.page(from, limit);
  }

  images(from: number, limit: number): SimPage<SimImage> {
    return this.#images.page(from, limit);
  }

  snapshot(id: string): SimSnapshot | undefined {
    const initial = this.#initial.snapshots.find(id);
    return initial && this.#asItIsNow(initial);
  }

  volume(id: string): SimVolume | undefined {
    return this.#volumes.find(id);
  }

  instance(id: string): SimInstance | undefined {
    return this.#instances.find(id);
  }

  image(id: string): SimImage | undefined {
    return this.#images.find(id);
  }

  snapshotsOfVolume(volumeId: string): readonly SimSnapshot[] {
    const live: SimSnapshot[] = [];
    for (const initial of this.#initial.snapshotsOfVolume(volumeId)) {
      const snapshot = this.#asItIsNow(initial);
      if (snapshot) live.push(snapshot);
    }
    return live;
  }

  imagesOfSnapshot(snapshotId: string): readonly SimImage[] {
    const unchanged = this.#initial
      .imagesOfSnapshot(snapshotId)
      .filter(({ imageId }) => !this.#images.isChanged(imageId));
    const changed = [...this.#images.changed()].filter(({ snapshotIds }) =>
      snapshotIds.includes(snapshotId),
    );
    return [...unchanged, ...changed];
  }

  /** @throws for an id the estate never had, or a snapshot already deleted */
  deleteSnapshot(id: string): void {
    this.#mustExist(id);
    this.#deleted.add(id);
    this.#addedTags.delete(id);
  }

  /** Adds tags, or gives those that are there a new value, as CreateTags does. */
  tagSnapshot(id: string, tags: Readonly<Record<string, string>>): void {
    this.#mustExist(id);
    this.#addedTags.set(id, { ...this.#addedTags.get(id), ...tags });
  }

  putVolume(volume: SimVolume): void {
    this.#volumes.put(volume);
  }

  putInstance(instance: SimInstance): void {
    this.#instances.put(instance);
  }

  putImage(image: SimImage): void {
    this.#images.put(image);
  }

  deletedSnapshotIds(): ReadonlySet<string> {
    return this.#deleted;
  }

  *groundTruths(): Generator<GroundTruth> {
    const { count } = this.#initial.truths;
    for (let position = 0; position < count; position++) yield this.#initial.truths.at(position);
  }

  groundTruth(snapshotId: string): GroundTruth | undefined {
    return this.#initial.truths.find(snapshotId);
  }

  #asItIsNow(initial: SimSnapshot): SimSnapshot | undefined {
    if (this.#deleted.has(initial.snapshotId)) return undefined;
    const added = this.#addedTags.get(initial.snapshotId);
    return added ? { ...initial, tags: { ...initial.tags, ...added } } : initial;
  }

  #mustExist(id: string): void {
    if (this.snapshot(id)) return;
    throw new Error(`no snapshot ${id} in ${this.accountId} ${this.region}`);
  }
}

/** Pages are filled: what isn't there any more takes no place on them. */
function pageOf<T>(
  span: { readonly count: number; readonly from: number; readonly limit: number },
  at: (position: number) => T | undefined,
): SimPage<T> {
  if (!Number.isInteger(span.limit) || span.limit < 1) {
    throw new RangeError(`limit ${span.limit}; accepted: 1 or more`);
  }
  const items: T[] = [];
  let position = span.from;
  for (; position < span.count && items.length < span.limit; position++) {
    const item = at(position);
    if (item !== undefined) items.push(item);
  }
  return { items, next: position < span.count ? position : null };
}
