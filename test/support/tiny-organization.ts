import type {
  SimAccount,
  SimEstate,
  SimImage,
  SimInstance,
  SimOrganization,
  SimPage,
  SimSnapshot,
  SimVolume,
} from '../../simulation/model.ts';

export const HUB = '111111111111';
export const MANAGEMENT = '999999999999';
export const SPOKE = '222222222222';

/** What an estate begins with; listings keep its order. */
export interface TinyContents {
  readonly snapshots?: readonly SimSnapshot[];
  readonly volumes?: readonly SimVolume[];
  readonly instances?: readonly SimInstance[];
  readonly images?: readonly SimImage[];
}

export interface TinyOptions {
  readonly accounts?: readonly SimAccount[];
  /** By `<account id>/<region>`. */
  readonly estates?: Readonly<Record<string, TinyContents>>;
  readonly publicSnapshots?: readonly SimSnapshot[];
}

/** An organization held in memory: hub, management and one spoke, unless told otherwise. */
export function tinyOrganization(options: TinyOptions = {}): SimOrganization {
  const accounts = options.accounts ?? [
    tinyAccount({ id: MANAGEMENT, management: true }),
    tinyAccount({ id: HUB }),
    tinyAccount({ id: SPOKE }),
  ];
  const estates = new Map<string, SimEstate>();
  return {
    organizationId: 'o-tinyexample',
    hubAccountId: HUB,
    accounts,
    allRegions: ['eu-west-1', 'us-east-1', 'ap-east-1'],
    estate: (accountId, region) => {
      const name = `${accountId}/${region}`;
      const known =
        estates.get(name) ?? tinyEstate(accountId, region, options.estates?.[name] ?? {});
      estates.set(name, known);
      return known;
    },
    publicSnapshots: () => options.publicSnapshots ?? [],
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

export function tinyId(prefix: 'snap' | 'vol' | 'i' | 'ami', number: number): string {
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
    locked: false,
    public: false,
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

function tinyEstate(accountId: string, region: string, contents: TinyContents): SimEstate {
  const snapshots = table(contents.snapshots, ({ snapshotId }) => snapshotId);
  const volumes = table(contents.volumes, ({ volumeId }) => volumeId);
  const instances = table(contents.instances, ({ instanceId }) => instanceId);
  const images = table(contents.images, ({ imageId }) => imageId);
  const deleted = new Set<string>();
  return {
    accountId,
    region,
    snapshots: (from, limit) => page(snapshots, from, limit, deleted),
    volumes: (from, limit) => page(volumes, from, limit),
    instances: (from, limit) => page(instances, from, limit),
    images: (from, limit) => page(images, from, limit),
    snapshot: (id) => (deleted.has(id) ? undefined : snapshots.get(id)),
    volume: (id) => volumes.get(id),
    instance: (id) => instances.get(id),
    image: (id) => images.get(id),
    snapshotsOfVolume: (id) =>
      [...snapshots.values()].filter(
        ({ volumeId, snapshotId }) => volumeId === id && !deleted.has(snapshotId),
      ),
    imagesOfSnapshot: (id) =>
      [...images.values()].filter(({ snapshotIds }) => snapshotIds.includes(id)),
    deleteSnapshot: (id) => void deleted.add(id),
    tagSnapshot: (id, tags) => {
      const snapshot = snapshots.get(id);
      if (snapshot) snapshots.set(id, { ...snapshot, tags: { ...snapshot.tags, ...tags } });
    },
    putVolume: (volume) => void volumes.set(volume.volumeId, volume),
    putInstance: (instance) => void instances.set(instance.instanceId, instance),
    putImage: (image) => void images.set(image.imageId, image),
    deletedSnapshotIds: () => deleted,
    groundTruths: () => [],
    groundTruth: () => undefined,
  };
}

function table<T>(items: readonly T[] | undefined, idOf: (item: T) => string): Map<string, T> {
  return new Map((items ?? []).map((item) => [idOf(item), item]));
}

/** Positions count what was deleted too, as in an estate that is made up index by index. */
function page<T>(
  items: ReadonlyMap<string, T>,
  from: number,
  limit: number,
  deleted: ReadonlySet<string> = new Set(),
): SimPage<T> {
  const entries = [...items];
  const found: T[] = [];
  let next = from;
  for (; next < entries.length && found.length < limit; next++) {
    const [id, item] = entries[next]!;
    if (!deleted.has(id)) found.push(item);
  }
  return { items: found, next: next < entries.length ? next : null };
}
