import type { Clock } from '../../clock/clock.ts';
import type { SimActor, SimDeletion } from './deletions.ts';
import type { SimRecycleBin } from './recycle-bin.ts';
import type { SimFault } from './fault.ts';
import type { SimFunctionFault } from './function-fault.ts';
import type { SimImage } from './image.ts';
import type { SimPage } from './page.ts';
import type { SimReferences } from './references.ts';
import type { SimSnapshot } from './snapshot.ts';
import type { SimVolume } from './volume.ts';

export type { SimImage } from './image.ts';
export type { SimAttachment, SimRhythm, SimVolume } from './volume.ts';

/**
 * What the simulated organization holds, as plain values. The population (`population/`) makes it
 * up lazily from a seed; the services (`services/`) answer AWS's wire protocols from it.
 * Nothing here knows orgsweep's verdicts: ground truth is stated where a resource is made up.
 */

export interface SimAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Organizations' State; `Status` is derived from it as AWS did until it retired that field. */
  readonly state: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED' | 'PENDING_ACTIVATION';
  /** `o-…/r-…/ou-…/<account id>/`, as ListAccounts' Paths has it. */
  readonly path: string;
  readonly management: boolean;
  /** What AssumeRole of each role answers here. */
  readonly roles: 'PRESENT' | 'MISSING';
  readonly regions: readonly SimRegion[];
}

export interface SimRegion {
  readonly name: string;
  readonly optIn: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
  /** An SCP that denies every EC2 call in this Region. */
  readonly deniedByScp: boolean;
}

export interface SimInstance {
  readonly instanceId: string;
  readonly state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  readonly volumeIds: readonly string[];
  /** What it was launched from; left out: an AMI of AWS's own. */
  readonly imageId?: string;
  readonly managedBy?: string;
}

/** What all that is made up in an account and Region depends on, besides their names. */
export interface SimEstateOrigin {
  readonly seed: number;
  /** Everything in it is as old as it is counted from here. */
  readonly bornAt: Date;
  /** By the name of a kind: how much of it there is, counted as that kind says. Left out: none. */
  readonly amounts: Readonly<Record<string, number>>;
}

/** What must become of a snapshot, stated by the maker of the scenario. */
export interface GroundTruth {
  readonly snapshotId: string;
  readonly verdict: 'STALE' | 'KEEP';
  /** All reasons a correct verdict carries, in any order. */
  readonly reasons: readonly string[];
  /** Under `{"policy":{"minAgeDays":30}}` and no other protection than the scenario's. */
  readonly archetype: string;
}

/**
 * The EC2 resources of one account in one Region: generated on demand, index by index, with what
 * calls have changed laid over. Holds no more than its changes in memory.
 */
export interface SimEstate extends SimRecycleBin, SimReferences {
  readonly accountId: string;
  readonly region: string;
  /** The same value as long as the organization is there. */
  readonly origin: SimEstateOrigin;
  now(): Date;
  snapshots(from: number, limit: number): SimPage<SimSnapshot>;
  volumes(from: number, limit: number): SimPage<SimVolume>;
  instances(from: number, limit: number): SimPage<SimInstance>;
  images(from: number, limit: number): SimPage<SimImage>;
  snapshot(id: string): SimSnapshot | undefined;
  volume(id: string): SimVolume | undefined;
  /** Whether something that runs had the volume then; of deleted volumes too. */
  wasAttached(volumeId: string, from: Date, to: Date): boolean;
  instance(id: string): SimInstance | undefined;
  image(id: string): SimImage | undefined;
  /** Live snapshots whose VolumeId is this. For copies (`vol-ffffffff`) that may be many. */
  snapshotsOfVolume(volumeId: string): readonly SimSnapshot[];
  imagesOfSnapshot(snapshotId: string): readonly SimImage[];
  /**
   * Changes made by calls, or by a test acting as another user of the account. A snapshot that a
   * retention rule keeps goes to the Recycle Bin.
   *
   * @throws for a snapshot that isn't there
   */
  deleteSnapshot(id: string, by?: SimActor): void;
  /** Adds tags, or gives those that are there a new value. @throws for a snapshot that isn't there */
  tagSnapshot(id: string, tags: Readonly<Record<string, string>>): void;
  untagSnapshot(id: string, keys: readonly string[]): void;
  /** Puts one that is new, or another in the place of the one with the same id. */
  putSnapshot(snapshot: SimSnapshot): void;
  putVolume(volume: SimVolume): void;
  /** Gives it these tags and no other, and changes nothing else. @throws where it isn't there */
  tagVolume(id: string, tags: Readonly<Record<string, string>>): void;
  putInstance(instance: SimInstance): void;
  putImage(image: SimImage): void;
  /** Takes it away, whoever needs it; nothing happens when it isn't there. */
  removeVolume(id: string): void;
  removeImage(id: string): void;
  /** What was deleted and not restored, whether or not the Recycle Bin has it. */
  deletedSnapshotIds(): ReadonlySet<string>;
  /** Every deletion there ever was, in order; restored snapshots stay on it. */
  deletions(): readonly SimDeletion[];
  /** Every snapshot the estate began with, and what must become of it. */
  groundTruths(): Iterable<GroundTruth>;
  groundTruth(snapshotId: string): GroundTruth | undefined;
}

/** An estate that a call may look at, and changes by way of `Changes` alone. */
export type SimEstateView = Omit<
  SimEstate,
  | 'deleteSnapshot'
  | 'tagSnapshot'
  | 'tagVolume'
  | `take${string}`
  | 'untagSnapshot'
  | 'restoreSnapshot'
  | 'lockSnapshot'
  | 'shareSnapshot'
  | 'setProductCodes'
  | 'setRetentionRules'
  | `put${string}`
  | `remove${string}`
>;

export interface SimOrganization {
  readonly organizationId: string;
  /** The account whose credentials the caller has. */
  readonly hubAccountId: string;
  /** In the order ListAccounts gives them; `moveAccount` and the like change it. */
  accounts: readonly SimAccount[];
  /** By id; the names of roots aren't asked for. */
  readonly organizationalUnits: Readonly<Record<string, string>>;
  /** All Regions AWS has here, in the order DescribeRegions gives them. */
  readonly allRegions: readonly string[];
  /** @throws for an account or Region that isn't there */
  estate(accountId: string, region: string): SimEstate;
  /** Public snapshots of other owners, which DescribeSnapshots shows too unless asked by owner. */
  publicSnapshots(region: string): readonly SimSnapshot[];
  /** Where a service exists, by its name in credential scopes. */
  serviceRegions(service: string): readonly string[];
  /** What time it is there: until this is called, always that of its making. */
  followClock(clock: Clock): void;
}

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly seed: number;
  /** Execution input a local simulated run starts from; the user's is laid over it. */
  readonly input: Record<string, unknown>;
  readonly faults: readonly SimFault[];
  /** Of the functions themselves; left out: none. */
  readonly functionFaults?: readonly SimFunctionFault[];
  /** A handler to crash in a simulated local run: the function's name and the target it crashes on. */
  readonly crash?: {
    readonly functionName: string;
    readonly accountId: string;
    readonly region: string;
  };
  /** What it has of other kinds, by their names: how much of each a target has. */
  readonly amounts?: Readonly<Record<string, number>>;
  /** @param amounts instead of its own, as an organization that is kept was begun with */
  build(now: Date, amounts?: Readonly<Record<string, number>>): SimOrganization;
}
