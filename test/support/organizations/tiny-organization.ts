import type {
  GroundTruth,
  SimAccount,
  SimEstate,
  SimImage,
  SimInstance,
  SimOrganization,
  SimVolume,
} from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { ChangingEstate } from '../../../simulation/population/estate.ts';
import type { InitialEstate } from '../../../simulation/population/initial-estate.ts';
import type { Shelf } from '../../../simulation/population/shelf.ts';
import type { SimRetentionRule } from '../../../simulation/model/recycle-bin.ts';
import { NOW } from '../manual-clock.ts';
import type { TinyReferences } from './tiny-references.ts';
import { listedReferences } from './tiny-references.ts';

export const HUB = '111111111111';
export const MANAGEMENT = '999999999999';
export const SPOKE = '222222222222';
const ALL_REGIONS = ['eu-west-1', 'us-east-1', 'ap-east-1'];

/** What an estate begins with; listings keep its order. */
interface TinyContents extends TinyReferences {
  readonly snapshots?: readonly SimSnapshot[];
  readonly volumes?: readonly SimVolume[];
  readonly instances?: readonly SimInstance[];
  readonly images?: readonly SimImage[];
  readonly retentionRules?: readonly SimRetentionRule[];
  /** Of other kinds, by their names. */
  readonly amounts?: Readonly<Record<string, number>>;
}

export interface TinyOptions {
  readonly accounts?: readonly SimAccount[];
  /** By `<account id>/<region>`. */
  readonly estates?: Readonly<Record<string, TinyContents>>;
  readonly publicSnapshots?: readonly SimSnapshot[];
  /** Names by id. */
  readonly organizationalUnits?: Readonly<Record<string, string>>;
  /** By service; otherwise a service is everywhere. */
  readonly serviceRegions?: Readonly<Record<string, readonly string[]>>;
}

/** An organization held in memory: hub, management and one spoke, unless told otherwise. */
export function tinyOrganization(options: TinyOptions = {}): SimOrganization {
  const accounts = options.accounts ?? [
    tinyAccount({ id: MANAGEMENT, management: true }),
    tinyAccount({ id: HUB }),
    tinyAccount({ id: SPOKE }),
  ];
  const estates = new Map<string, SimEstate>();
  let tellTime = () => NOW;
  const makeEstate = (accountId: string, region: string, contents: TinyContents) =>
    new ChangingEstate(
      {
        accountId,
        region,
        origin: { seed: 1, bornAt: NOW, amounts: contents.amounts ?? {} },
        now: () => tellTime(),
        retentionRules: contents.retentionRules ?? [],
      },
      listedEstate(contents),
    );
  return {
    organizationId: 'o-tinyexample',
    hubAccountId: HUB,
    accounts,
    organizationalUnits: options.organizationalUnits ?? { 'ou-root-tiny': 'Tiny' },
    allRegions: ALL_REGIONS,
    serviceRegions: (service) => options.serviceRegions?.[service] ?? ALL_REGIONS,
    estate: (accountId, region) => {
      const name = `${accountId}/${region}`;
      const known =
        estates.get(name) ?? makeEstate(accountId, region, options.estates?.[name] ?? {});
      estates.set(name, known);
      return known;
    },
    publicSnapshots: () => options.publicSnapshots ?? [],
    followClock: (clock) => {
      tellTime = () => clock.now();
    },
  };
}

export function tinyAccount(different: Partial<SimAccount> & { id: string }): SimAccount {
  return {
    name: `account ${different.id}`,
    email: `${different.id}@example.com`,
    state: 'ACTIVE',
    path: `o-tinyexample/r-root/ou-root-tiny/${different.id}/`,
    management: false,
    roles: 'PRESENT',
    regions: [
      { name: 'eu-west-1', optIn: 'opt-in-not-required', deniedByScp: false },
      { name: 'us-east-1', optIn: 'opt-in-not-required', deniedByScp: false },
      { name: 'ap-east-1', optIn: 'not-opted-in', deniedByScp: false },
    ],
    ...different,
  };
}

export function tinyId(prefix: 'snap' | 'vol' | 'i' | 'ami' | 'lt', number: number): string {
  return `${prefix}-${number.toString(16).padStart(17, '0')}`;
}

export function tinySnapshot(number: number, different: Partial<SimSnapshot> = {}): SimSnapshot {
  return {
    snapshotId: tinyId('snap', number),
    ownerId: SPOKE,
    volumeId: tinyId('vol', number),
    state: 'completed',
    startTime: new Date('2025-01-02T03:04:05Z'),
    volumeSizeGiB: 8,
    fullSizeBytes: 1_234_567_890,
    storageTier: 'standard',
    encrypted: false,
    description: '',
    tags: {},
    public: false,
    sharedWith: [],
    productCodes: [],
    ...different,
  };
}

export function tinyVolume(number: number, different: Partial<SimVolume> = {}): SimVolume {
  return {
    volumeId: tinyId('vol', number),
    sizeGiB: 8,
    state: 'available',
    createTime: new Date('2025-01-01T00:00:00Z'),
    tags: {},
    attachments: [],
    ...different,
  };
}

export function tinyInstance(number: number, different: Partial<SimInstance> = {}): SimInstance {
  return { instanceId: tinyId('i', number), state: 'running', volumeIds: [], ...different };
}

export function tinyImage(number: number, different: Partial<SimImage> = {}): SimImage {
  return {
    imageId: tinyId('ami', number),
    ownerId: SPOKE,
    name: `image ${number}`,
    state: 'available',
    snapshotIds: [],
    ...different,
  };
}

export function numbered<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

/** An estate's beginning from lists, instead of made up index by index. */
function listedEstate(contents: TinyContents): InitialEstate {
  return {
    snapshots: shelf(contents.snapshots, ({ snapshotId }) => snapshotId),
    truths: shelf<GroundTruth>([], ({ snapshotId }) => snapshotId),
    volumes: shelf(contents.volumes, ({ volumeId }) => volumeId),
    instances: shelf(contents.instances, ({ instanceId }) => instanceId),
    images: shelf(contents.images, ({ imageId }) => imageId),
    snapshotsOfVolume: (id) => (contents.snapshots ?? []).filter((one) => one.volumeId === id),
    imagesOfSnapshot: (id) =>
      (contents.images ?? []).filter(({ snapshotIds }) => snapshotIds.includes(id)),
    references: listedReferences(contents),
  };
}

export function shelf<T>(items: readonly T[] = [], idOf: (item: T) => string): Shelf<T> {
  const byId = new Map(items.map((item) => [idOf(item), item]));
  return { count: items.length, at: (position) => items[position]!, find: (id) => byId.get(id) };
}
