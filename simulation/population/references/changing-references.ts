import type { SimPage } from '../../model/page.ts';
import type { SimSnapshot, SimLockState } from '../../model/snapshot.ts';
import type {
  SimBinnedImage,
  SimBinnedVolume,
  SimEcsService,
  SimFastRestore,
  SimGatewayVolume,
  SimLaunchConfiguration,
  SimLaunchTemplate,
  SimReferences,
  SimSharing,
} from '../../model/references.ts';
import { ChangedShelf } from '../snapshots/changed-shelf.ts';
import type { InitialReferences } from './initial-references.ts';
import { UsersIndex } from './users-index.ts';

/** What a call may change of a snapshot, besides its tags. */
export type SnapshotChange = Partial<
  Pick<SimSnapshot, 'public' | 'sharedWith' | 'productCodes' | 'lockState'>
>;

/** What refers to an estate's snapshots: what it began with, and the changes made since. */
export abstract class ChangingReferences implements SimReferences {
  readonly #locked: ChangedShelf<string>;
  readonly #public: ChangedShelf<string>;
  readonly #fastRestores: ChangedShelf<SimFastRestore>;
  readonly #binnedVolumes: ChangedShelf<SimBinnedVolume>;
  readonly #binnedImages: ChangedShelf<SimBinnedImage>;
  readonly #launchTemplates: ChangedShelf<SimLaunchTemplate>;
  readonly #launchConfigurations: ChangedShelf<SimLaunchConfiguration>;
  readonly #clusters: Set<string>;
  readonly #ecsServices: ChangedShelf<SimEcsService>;
  readonly #gatewayVolumes: ChangedShelf<SimGatewayVolume>;

  readonly #users = new UsersIndex(this);

  constructor(initial: InitialReferences) {
    this.#locked = new ChangedShelf(initial.locked, (id) => id);
    this.#public = new ChangedShelf(initial.public, (id) => id);
    this.#fastRestores = new ChangedShelf(
      initial.fastRestores,
      ({ snapshotId, availabilityZone }) => `${snapshotId}/${availabilityZone}`,
    );
    this.#binnedVolumes = new ChangedShelf(initial.binnedVolumes, ({ volumeId }) => volumeId);
    this.#binnedImages = new ChangedShelf(initial.binnedImages, ({ imageId }) => imageId);
    this.#launchTemplates = new ChangedShelf(
      initial.launchTemplates,
      ({ launchTemplateId }) => launchTemplateId,
    );
    this.#launchConfigurations = new ChangedShelf(initial.launchConfigurations, ({ name }) => name);
    this.#clusters = new Set(initial.ecsClusters);
    this.#ecsServices = new ChangedShelf(
      initial.ecsServices,
      ({ clusterName, name }) => `${clusterName}/${name}`,
    );
    this.#gatewayVolumes = new ChangedShelf(initial.gatewayVolumes, ({ volumeId }) => volumeId);
  }

  usersOf(id: string): readonly string[] {
    const shelves = [
      this.#launchTemplates,
      this.#launchConfigurations,
      this.#ecsServices,
      this.#fastRestores,
      this.#gatewayVolumes,
    ];
    const revision = shelves.reduce((sum, shelf) => sum + shelf.revision, 0);
    return this.#users.of(id, revision);
  }

  abstract now(): Date;
  abstract snapshot(id: string): SimSnapshot | undefined;
  /** @throws for a snapshot that isn't there */
  protected abstract changeSnapshot(id: string, change: SnapshotChange): void;

  lockedSnapshots(from: number, limit: number): SimPage<SimSnapshot> {
    const page = this.#locked.page(from, limit);
    return this.#snapshotsThat(page, ({ lockState }) => lockState !== undefined);
  }

  ownPublicSnapshots(from: number, limit: number): SimPage<SimSnapshot> {
    return this.#snapshotsThat(this.#public.page(from, limit), (snapshot) => snapshot.public);
  }

  fastRestores(from: number, limit: number): SimPage<SimFastRestore> {
    const { items, next } = this.#fastRestores.page(from, limit);
    // EC2 disables it soon after the snapshot is deleted.
    return { items: items.filter(({ snapshotId }) => this.snapshot(snapshotId)), next };
  }

  volumesInRecycleBin(from: number, limit: number): SimPage<SimBinnedVolume> {
    return this.#stillThere(this.#binnedVolumes.page(from, limit));
  }

  volumeInRecycleBin(volumeId: string): SimBinnedVolume | undefined {
    return this.#unlessOver(this.#binnedVolumes.find(volumeId));
  }

  imagesInRecycleBin(from: number, limit: number): SimPage<SimBinnedImage> {
    return this.#stillThere(this.#binnedImages.page(from, limit));
  }

  imageInRecycleBin(imageId: string): SimBinnedImage | undefined {
    return this.#unlessOver(this.#binnedImages.find(imageId));
  }

  launchTemplates(from: number, limit: number): SimPage<SimLaunchTemplate> {
    return this.#launchTemplates.page(from, limit);
  }

  launchTemplate(id: string): SimLaunchTemplate | undefined {
    return this.#launchTemplates.find(id);
  }

  launchConfigurations(from: number, limit: number): SimPage<SimLaunchConfiguration> {
    return this.#launchConfigurations.page(from, limit);
  }

  ecsClusters(): readonly string[] {
    return [...this.#clusters];
  }

  ecsServices(from: number, limit: number): SimPage<SimEcsService> {
    return this.#ecsServices.page(from, limit);
  }

  ecsService(clusterName: string, name: string): SimEcsService | undefined {
    const found = this.#ecsServices.find(`${clusterName}/${name}`);
    return found?.clusterName === clusterName ? found : undefined;
  }

  gatewayVolumes(from: number, limit: number): SimPage<SimGatewayVolume> {
    return this.#gatewayVolumes.page(from, limit);
  }

  lockSnapshot(id: string, state: SimLockState | undefined): void {
    this.changeSnapshot(id, { lockState: state });
    this.#locked.put(id);
  }

  shareSnapshot(id: string, { accountIds, public: isPublic }: SimSharing): void {
    this.changeSnapshot(id, {
      ...(accountIds && { sharedWith: accountIds }),
      ...(isPublic !== undefined && { public: isPublic }),
    });
    if (isPublic) this.#public.put(id);
  }

  setProductCodes(id: string, productCodes: readonly string[]): void {
    this.changeSnapshot(id, { productCodes });
  }

  putFastRestore(fastRestore: SimFastRestore): void {
    this.#fastRestores.put(fastRestore);
  }

  putVolumeInRecycleBin(volume: SimBinnedVolume): void {
    this.#binnedVolumes.put(volume);
  }

  takeVolumeOutOfRecycleBin(volumeId: string): void {
    this.#binnedVolumes.remove(volumeId);
  }

  putImageInRecycleBin(image: SimBinnedImage): void {
    this.#binnedImages.put(image);
  }

  putLaunchTemplate(template: SimLaunchTemplate): void {
    this.#launchTemplates.put(template);
  }

  putLaunchConfiguration(configuration: SimLaunchConfiguration): void {
    this.#launchConfigurations.put(configuration);
  }

  putEcsService(service: SimEcsService): void {
    this.#clusters.add(service.clusterName);
    this.#ecsServices.put(service);
  }

  putGatewayVolume(volume: SimGatewayVolume): void {
    this.#gatewayVolumes.put(volume);
  }

  #stillThere<T extends { readonly exitTime: Date }>({ items, next }: SimPage<T>): SimPage<T> {
    return { items: items.flatMap((one) => this.#unlessOver(one) ?? []), next };
  }

  /** What has left the Recycle Bin is gone for good. */
  #unlessOver<T extends { readonly exitTime: Date }>(binned: T | undefined): T | undefined {
    return binned !== undefined && binned.exitTime > this.now() ? binned : undefined;
  }

  /** A snapshot that is gone, or isn't any more what the shelf is of, takes no place. */
  #snapshotsThat(
    { items, next }: SimPage<string>,
    holds: (snapshot: SimSnapshot) => boolean,
  ): SimPage<SimSnapshot> {
    const snapshots = items.flatMap((id) => this.snapshot(id) ?? []);
    return { items: snapshots.filter(holds), next };
  }
}
