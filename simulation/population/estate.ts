import type {
  GroundTruth,
  SimEstate,
  SimEstateOrigin,
  SimImage,
  SimInstance,
  SimVolume,
} from '../model/organization.ts';
import type { SimPage } from '../model/page.ts';
import type { SimSnapshot } from '../model/snapshot.ts';
import type { SimActor, SimDeletion } from '../model/deletions.ts';
import { volumeAsOf } from '../model/attachments.ts';
import { ANOTHER_USER } from '../model/deletions.ts';
import { needsOf } from '../needs.ts';
import type { SimBinnedSnapshot, SimRetentionRule } from '../model/recycle-bin.ts';
import { AttachmentLog } from './attachment-log.ts';
import { Binned } from './binned.ts';
import { ChangedShelf } from './snapshots/changed-shelf.ts';
import type { SnapshotChange } from './references/changing-references.ts';
import { ChangingReferences } from './references/changing-references.ts';
import type { InitialEstate } from './initial-estate.ts';

/** Where an estate is, what time it is there, and what its Recycle Bin keeps from the start. */
export interface EstateSurroundings {
  readonly accountId: string;
  readonly region: string;
  readonly origin: SimEstateOrigin;
  readonly now: () => Date;
  readonly retentionRules: readonly SimRetentionRule[];
}

/** The estate an organization hands out: what it began with, and the changes made since. */
export class ChangingEstate extends ChangingReferences implements SimEstate {
  readonly accountId: string;
  readonly region: string;
  readonly origin: SimEstateOrigin;
  readonly #now: () => Date;
  readonly #initial: InitialEstate;
  readonly #snapshots: ChangedShelf<SimSnapshot>;
  readonly #volumes: ChangedShelf<SimVolume>;
  readonly #instances: ChangedShelf<SimInstance>;
  readonly #images: ChangedShelf<SimImage>;
  readonly #deleted = new Set<string>();
  readonly #deletions: SimDeletion[] = [];
  readonly #binned: Binned;
  readonly #attachmentLog = new AttachmentLog();

  constructor(surroundings: EstateSurroundings, initial: InitialEstate) {
    super(initial.references);
    this.accountId = surroundings.accountId;
    this.region = surroundings.region;
    this.origin = surroundings.origin;
    this.#now = surroundings.now;
    this.#initial = initial;
    this.#snapshots = new ChangedShelf(initial.snapshots, ({ snapshotId }) => snapshotId);
    this.#volumes = new ChangedShelf(initial.volumes, ({ volumeId }) => volumeId);
    this.#instances = new ChangedShelf(initial.instances, ({ instanceId }) => instanceId);
    this.#images = new ChangedShelf(initial.images, ({ imageId }) => imageId);
    this.#binned = new Binned(surroundings.retentionRules, surroundings.now);
  }

  now(): Date {
    return this.#now();
  }

  snapshots(from: number, limit: number): SimPage<SimSnapshot> {
    const { items, next } = this.#snapshots.page(from, limit);
    return { items: items.map((snapshot) => this.#snapshotAsOf(snapshot)), next };
  }

  volumes(from: number, limit: number): SimPage<SimVolume> {
    const { items, next } = this.#volumes.page(from, limit);
    return { items: items.map((volume) => volumeAsOf(volume, this.now())), next };
  }

  instances(from: number, limit: number): SimPage<SimInstance> {
    const { items, next } = this.#instances.page(from, limit);
    return { items: items.map((instance) => this.#instanceAsOf(instance)), next };
  }

  images(from: number, limit: number): SimPage<SimImage> {
    return this.#images.page(from, limit);
  }

  snapshot(id: string): SimSnapshot | undefined {
    const snapshot = this.#snapshots.find(id);
    return snapshot && this.#snapshotAsOf(snapshot);
  }

  volume(id: string): SimVolume | undefined {
    const volume = this.#volumes.find(id);
    return volume && volumeAsOf(volume, this.now());
  }

  instance(id: string): SimInstance | undefined {
    const instance = this.#instances.find(id);
    return instance && this.#instanceAsOf(instance);
  }

  image(id: string): SimImage | undefined {
    return this.#images.find(id);
  }

  snapshotsOfVolume(volumeId: string): readonly SimSnapshot[] {
    const initial = [...this.#initial.snapshotsOfVolume(volumeId)];
    const added = [...this.#snapshots.added()].filter((one) => one.volumeId === volumeId);
    const all = [...initial.flatMap((one) => this.#snapshots.asItIsNow(one) ?? []), ...added];
    return all.map((snapshot) => this.#snapshotAsOf(snapshot));
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

  deleteSnapshot(id: string, by: SimActor = ANOTHER_USER): void {
    const snapshot = this.#mustExist(id);
    const record = { snapshot, at: this.now(), by, neededBy: needsOf(this, id) };
    const restorableUntil = this.#binned.keep(snapshot);
    this.#deletions.push({ ...record, ...(restorableUntil && { restorableUntil }) });
    this.#snapshots.remove(id);
    this.#deleted.add(id);
  }

  tagSnapshot(id: string, tags: Readonly<Record<string, string>>): void {
    const snapshot = this.#mustExist(id);
    this.#snapshots.put({ ...snapshot, tags: { ...snapshot.tags, ...tags } });
  }

  protected changeSnapshot(id: string, change: SnapshotChange): void {
    this.#snapshots.put({ ...this.#mustExist(id), ...change });
  }

  untagSnapshot(id: string, keys: readonly string[]): void {
    const snapshot = this.#mustExist(id);
    const left = Object.entries(snapshot.tags).filter(([key]) => !keys.includes(key));
    this.#snapshots.put({ ...snapshot, tags: Object.fromEntries(left) });
  }

  putSnapshot(snapshot: SimSnapshot): void {
    this.#snapshots.put(snapshot);
  }

  putVolume(volume: SimVolume): void {
    this.#noteAttachments(volume.volumeId);
    this.#volumes.put(volume);
  }

  tagVolume(id: string, tags: Readonly<Record<string, string>>): void {
    const volume = this.#volumes.find(id);
    if (volume === undefined)
      throw new Error(`no volume ${id} in ${this.accountId} ${this.region}`);
    this.#volumes.put({ ...volume, tags });
  }

  wasAttached(volumeId: string, from: Date, to: Date): boolean {
    const current = this.#volumes.find(volumeId);
    return this.#attachmentLog.wasAttached(volumeId, current, this.#runs, { from, to });
  }

  putInstance(instance: SimInstance): void {
    this.#instances.put(instance);
  }

  putImage(image: SimImage): void {
    this.#images.put(image);
  }

  removeVolume(id: string): void {
    this.#noteAttachments(id);
    this.#volumes.remove(id);
  }

  removeImage(id: string): void {
    this.#images.remove(id);
  }

  deletedSnapshotIds(): ReadonlySet<string> {
    return this.#deleted;
  }

  deletions(): readonly SimDeletion[] {
    return this.#deletions;
  }

  retentionRules(): readonly SimRetentionRule[] {
    return this.#binned.rules;
  }

  setRetentionRules(rules: readonly SimRetentionRule[]): void {
    this.#binned.rules = rules;
  }

  binnedSnapshots(): readonly SimBinnedSnapshot[] {
    return this.#binned.all();
  }

  binnedSnapshot(id: string): SimBinnedSnapshot | undefined {
    return this.#binned.find(id);
  }

  binnedPage(from: number, limit: number): SimPage<SimBinnedSnapshot> {
    return this.#binned.page(from, limit);
  }

  restoreSnapshot(id: string): void {
    this.#snapshots.put(this.#binned.take(id));
    this.#deleted.delete(id);
  }

  existsOrIsRestorable(id: string): boolean {
    return this.snapshot(id) !== undefined || this.binnedSnapshot(id) !== undefined;
  }

  *groundTruths(): Generator<GroundTruth> {
    const { count } = this.#initial.truths;
    for (let position = 0; position < count; position++) yield this.#initial.truths.at(position);
  }

  groundTruth(snapshotId: string): GroundTruth | undefined {
    return this.#initial.truths.find(snapshotId);
  }

  readonly #runs = (instanceId: string) =>
    // One that nobody can describe may well run.
    (this.#instances.find(instanceId)?.state ?? 'running') === 'running';

  #snapshotAsOf(snapshot: SimSnapshot): SimSnapshot {
    const { completedFrom, ...rest } = snapshot;
    const isDone = completedFrom !== undefined && completedFrom <= this.now();
    return isDone ? { ...rest, state: 'completed' } : snapshot;
  }

  #noteAttachments(volumeId: string): void {
    const before = this.#volumes.find(volumeId);
    if (before !== undefined) this.#attachmentLog.note(before, this.#runs, this.now());
  }

  /** Without the volumes that it has at other hours. */
  #instanceAsOf(instance: SimInstance): SimInstance {
    const hasNow = (id: string) => {
      const volume = this.#volumes.find(id);
      if (volume?.rhythm?.instanceId !== instance.instanceId) return true;
      return volumeAsOf(volume, this.now()).attachments.length > 0;
    };
    if (instance.volumeIds.every(hasNow)) return instance;
    return { ...instance, volumeIds: instance.volumeIds.filter(hasNow) };
  }

  #mustExist(id: string): SimSnapshot {
    const snapshot = this.snapshot(id);
    if (snapshot) return snapshot;
    throw new Error(`no snapshot ${id} in ${this.accountId} ${this.region}`);
  }
}
