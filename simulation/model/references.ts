import type { SimPage } from './page.ts';
import type { SimLockState, SimSnapshot } from './snapshot.ts';
import type { SimVolume } from './volume.ts';

/**
 * What else can refer to a snapshot, besides volumes, instances and AMIs. EC2 deletes a snapshot
 * for all that, unless it is locked.
 */

/** Fast snapshot restore of one snapshot in one Availability Zone. */
export interface SimFastRestore {
  readonly snapshotId: string;
  readonly availabilityZone: string;
  readonly state: 'enabling' | 'optimizing' | 'enabled' | 'disabling' | 'disabled';
}

/** A deleted volume that can still be restored. DescribeVolumes doesn't know it. */
export interface SimBinnedVolume {
  readonly volumeId: string;
  readonly sizeGiB: number;
  readonly createTime: Date;
  readonly enterTime: Date;
  readonly exitTime: Date;
  /** As it was, and will be again; left out: all that is known is here. */
  readonly volume?: SimVolume;
}

/** A deregistered AMI that can still be restored. AWS doesn't say which snapshots it is made of. */
export interface SimBinnedImage {
  readonly imageId: string;
  readonly name: string;
  readonly description: string;
  readonly enterTime: Date;
  readonly exitTime: Date;
}

export interface SimLaunchTemplate {
  readonly launchTemplateId: string;
  readonly name: string;
  readonly createTime: Date;
  /** The number of one of `versions`. */
  readonly defaultVersion: number;
  /** At least one, ascending; the last is the latest. */
  readonly versions: readonly SimLaunchTemplateVersion[];
  /** Managed by an AWS service: hidden unless the call says IncludeManagedResources. */
  readonly managedBy?: string;
}

export interface SimLaunchTemplateVersion {
  readonly number: number;
  readonly imageId?: string;
  readonly snapshotIds: readonly string[];
}

export interface SimLaunchConfiguration {
  readonly name: string;
  readonly imageId: string;
  readonly snapshotIds: readonly string[];
}

export interface SimEcsService {
  readonly clusterName: string;
  readonly name: string;
  /** The snapshots of each deployment's managed volumes: PRIMARY first, older ones after it. */
  readonly deployments: readonly (readonly string[])[];
}

/** A volume of a Storage Gateway: its snapshots are EBS snapshots, EC2 doesn't know the volume. */
export interface SimGatewayVolume {
  readonly gatewayId: string;
  /** As its snapshots name it, in lower case; Storage Gateway itself writes ids in upper case. */
  readonly volumeId: string;
  readonly sizeGiB: number;
}

/** Whom a snapshot is shared with; what is left out stays as it is. */
export interface SimSharing {
  readonly accountIds?: readonly string[];
  readonly public?: boolean;
}

/** Listings of the above in one account and Region, and what makes or changes one. */
export interface SimReferences {
  /** With an expired lock too. */
  lockedSnapshots(from: number, limit: number): SimPage<SimSnapshot>;
  /** The account's own snapshots that anybody may restore. */
  ownPublicSnapshots(from: number, limit: number): SimPage<SimSnapshot>;
  fastRestores(from: number, limit: number): SimPage<SimFastRestore>;
  volumesInRecycleBin(from: number, limit: number): SimPage<SimBinnedVolume>;
  volumeInRecycleBin(volumeId: string): SimBinnedVolume | undefined;
  imagesInRecycleBin(from: number, limit: number): SimPage<SimBinnedImage>;
  imageInRecycleBin(imageId: string): SimBinnedImage | undefined;
  launchTemplates(from: number, limit: number): SimPage<SimLaunchTemplate>;
  launchTemplate(id: string): SimLaunchTemplate | undefined;
  launchConfigurations(from: number, limit: number): SimPage<SimLaunchConfiguration>;
  /** Names of clusters, those without a service included. */
  ecsClusters(): readonly string[];
  ecsServices(from: number, limit: number): SimPage<SimEcsService>;
  ecsService(clusterName: string, name: string): SimEcsService | undefined;
  gatewayVolumes(from: number, limit: number): SimPage<SimGatewayVolume>;
  /** Who of the launch templates, … and gateways above names the snapshot or volume. */
  usersOf(id: string): readonly string[];

  /** `undefined` takes the lock off. @throws for a snapshot that isn't there; so do the next two */
  lockSnapshot(id: string, state: SimLockState | undefined): void;
  shareSnapshot(id: string, sharing: SimSharing): void;
  setProductCodes(id: string, productCodes: readonly string[]): void;
  /** Puts one that is new, or another in the place of the one with the same id or name. */
  putFastRestore(fastRestore: SimFastRestore): void;
  putVolumeInRecycleBin(volume: SimBinnedVolume): void;
  takeVolumeOutOfRecycleBin(volumeId: string): void;
  putImageInRecycleBin(image: SimBinnedImage): void;
  putLaunchTemplate(template: SimLaunchTemplate): void;
  putLaunchConfiguration(configuration: SimLaunchConfiguration): void;
  putEcsService(service: SimEcsService): void;
  putGatewayVolume(volume: SimGatewayVolume): void;
}
