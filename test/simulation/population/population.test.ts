import type {
  SimEstate,
  SimImage,
  SimInstance,
  SimVolume,
} from '../../../simulation/model/organization.ts';
import { ARCHETYPES } from '../../../simulation/population/archetypes/registry.ts';
import { buildOrganization } from '../../../simulation/population/organization.ts';
import { DEFAULT_ORGANIZATION, defaultScenario } from '../../../simulation/scenarios/default.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const LATER = new Date('2026-03-02T12:00:00.000Z');

/** One target of `snapshots` snapshots, of the seed's own. */
function anEstate(snapshots: number, seed = 7): SimEstate {
  const size = { accounts: 1, regions: 1, snapshotsPerTarget: snapshots, seed };
  const organization = sizedScenario(size).build(NOW);
  return organization.estate(organization.hubAccountId, 'us-east-1');
}

/** All that can be listed of an estate. */
const everythingOf = (estate: SimEstate) =>
  JSON.stringify([
    estate.snapshots(0, 10_000),
    estate.volumes(0, 10_000),
    estate.instances(0, 10_000),
    estate.images(0, 10_000),
    [...estate.groundTruths()],
  ]);

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('the list is empty');
  return item;
}

describe('the same seed and now', () => {
  it('give the same organization, byte for byte, in whatever order it is asked', () => {
    const [one, other] = [defaultScenario.build(NOW), defaultScenario.build(NOW)];
    other.estate('210000000011', 'us-east-1').snapshots(900, 10);
    for (const { id, regions } of one.accounts) {
      for (const { name } of regions) {
        expect(everythingOf(other.estate(id, name))).toBe(everythingOf(one.estate(id, name)));
      }
    }
    expect(JSON.stringify(other.accounts)).toBe(JSON.stringify(one.accounts));
    expect(other.publicSnapshots('eu-west-1')).toEqual(one.publicSnapshots('eu-west-1'));
  });

  it('are what it depends on: another seed, account or Region gives another estate', () => {
    const account = (id: string, region: string, seed = DEFAULT_ORGANIZATION.seed) =>
      everythingOf(buildOrganization({ ...DEFAULT_ORGANIZATION, seed }, NOW).estate(id, region));
    const one = account('210000000011', 'eu-west-1');
    expect(account('210000000012', 'eu-west-1')).not.toBe(one);
    expect(account('210000000011', 'eu-central-1')).not.toBe(one);
    expect(account('210000000011', 'eu-west-1', 1)).not.toBe(one);
  });

  it('fix ids: a day later the snapshots are the same, a day younger in the calendar', () => {
    const at = (now: Date) =>
      defaultScenario.build(now).estate('210000000011', 'eu-west-1').snapshots(0, 20).items;
    expect(at(LATER).map((one) => one.snapshotId)).toEqual(at(NOW).map((one) => one.snapshotId));
    expect(first(at(LATER)).startTime.getTime() - first(at(NOW)).startTime.getTime()).toBe(
      LATER.getTime() - NOW.getTime(),
    );
  });
});

describe('an id', () => {
  it('looks like one of EC2 and leads back to its resource', () => {
    const estate = anEstate(500);
    for (const item of estate.snapshots(0, 500).items) {
      expect(item.snapshotId).toMatch(/^snap-[0-9a-f]{17}$/);
      expect(estate.snapshot(item.snapshotId)).toEqual(item);
    }
    for (const item of estate.volumes(0, 500).items) {
      expect(estate.volume(item.volumeId)).toEqual(item);
    }
    for (const item of estate.instances(0, 500).items) {
      expect(estate.instance(item.instanceId)).toEqual(item);
    }
    for (const item of estate.images(0, 500).items) {
      expect(estate.image(item.imageId)).toEqual(item);
    }
  });

  it('of another estate, or made up, or beyond the last, is nobody', () => {
    const estate = anEstate(200);
    const beyond = first(anEstate(201).snapshots(200, 1).items).snapshotId;
    const elsewhere = first(anEstate(200, 8).snapshots(0, 1).items).snapshotId;
    const known = first(estate.snapshots(0, 1).items).snapshotId;
    for (const id of [beyond, elsewhere, known.toUpperCase(), `${known}0`, 'snap-1', '']) {
      expect([id, estate.snapshot(id), estate.groundTruth(id)]).toEqual([id, undefined, undefined]);
    }
    expect(estate.volume('vol-ffffffff')).toBeUndefined();
    const larger = anEstate(2_000);
    const count = estate.volumes(0, 2_000).items.length;
    for (const { volumeId } of larger.volumes(count, 2_000).items) {
      expect(estate.volume(volumeId)).toBeUndefined();
    }
  });
});

describe('an estate of a million snapshots', () => {
  it('is listed and looked up near its end without holding what lies before', () => {
    const before = process.memoryUsage().heapUsed;
    const estate = anEstate(1_000_000);
    const { items, next } = estate.snapshots(999_000, 1_000);
    const last = items.at(-1)?.snapshotId ?? '';
    const grownMiB = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    expect(new Set(items.map(({ snapshotId }) => snapshotId)).size).toBe(1_000);
    expect(next).toBeNull();
    expect(estate.snapshot(last)).toEqual(items.at(-1));
    expect(estate.groundTruth(last)?.snapshotId).toBe(last);
    expect(estate.snapshotsOfVolume(items.at(-1)?.volumeId ?? '').length).toBeGreaterThan(0);
    expect(grownMiB).toBeLessThan(30);
  });
});

it('makes up what refers to a million snapshots page by page too', () => {
  const weights = Object.fromEntries(ARCHETYPES.map(({ name }) => [name, 1]));
  const size = { accounts: 1, regions: 1, snapshotsPerTarget: 1_000_000, seed: 7, weights };
  const organization = sizedScenario(size).build(NOW);
  const before = process.memoryUsage().heapUsed;
  const estate = organization.estate(organization.hubAccountId, 'us-east-1');
  // A rotation has about 140 snapshots.
  const far = 7_000;
  const pages = [
    estate.lockedSnapshots(far, 100),
    estate.ownPublicSnapshots(far, 100),
    estate.fastRestores(far, 100),
    estate.volumesInRecycleBin(far, 100),
    estate.imagesInRecycleBin(far, 100),
    estate.launchTemplates(far, 100),
    estate.launchConfigurations(far, 100),
    estate.ecsServices(far, 100),
    estate.gatewayVolumes(far, 100),
  ];
  const grownMiB = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  for (const page of pages) {
    expect(page.items).toHaveLength(100);
    expect(page.next).toBe(far + 100);
  }
  expect(grownMiB).toBeLessThan(10);
});

describe('a change', () => {
  it('of a deletion shows in every view, and only there', () => {
    const estate = anEstate(200);
    const gone = first(estate.snapshots(0, 1).items);
    estate.deleteSnapshot(gone.snapshotId);
    expect(estate.snapshot(gone.snapshotId)).toBeUndefined();
    expect(estate.snapshots(0, 200).items).toHaveLength(199);
    expect(estate.snapshots(0, 5).items).toHaveLength(5);
    const ofVolume = estate.snapshotsOfVolume(gone.volumeId);
    expect(ofVolume.map(({ snapshotId }) => snapshotId)).not.toContain(gone.snapshotId);
    expect([...estate.deletedSnapshotIds()]).toEqual([gone.snapshotId]);
    expect([...estate.groundTruths()]).toHaveLength(200);
    expect(estate.groundTruth(gone.snapshotId)).toBeDefined();
    expect(() => estate.deleteSnapshot(gone.snapshotId)).toThrow(gone.snapshotId);
    expect(() => estate.tagSnapshot(gone.snapshotId, { a: 'b' })).toThrow(gone.snapshotId);
  });

  it('of tags adds to those that are there, in every view', () => {
    const estate = anEstate(200);
    const { snapshotId, volumeId, tags } = first(estate.snapshots(0, 1).items);
    estate.tagSnapshot(snapshotId, { marker: 'a', first: '1' });
    estate.tagSnapshot(snapshotId, { marker: 'b', note: '' });
    const expected = { ...tags, marker: 'b', first: '1', note: '' };
    const views = [
      estate.snapshot(snapshotId),
      estate.snapshots(0, 1).items[0],
      estate.snapshotsOfVolume(volumeId).find((one) => one.snapshotId === snapshotId),
    ];
    expect(views.map((one) => one?.tags)).toEqual([expected, expected, expected]);
  });

  it('of a known volume, instance or image replaces it where it stood', () => {
    const estate = anEstate(400);
    const volume: SimVolume = { ...first(estate.volumes(0, 1).items), attachments: [] };
    const instance: SimInstance = { ...first(estate.instances(0, 1).items), state: 'terminated' };
    const image: SimImage = { ...first(estate.images(0, 1).items), snapshotIds: [] };
    const released = first(estate.images(0, 1).items).snapshotIds[0] ?? '';
    estate.putVolume(volume);
    estate.putInstance(instance);
    estate.putImage(image);
    expect(first(estate.volumes(0, 1).items)).toBe(volume);
    expect(first(estate.instances(0, 1).items)).toBe(instance);
    expect(first(estate.images(0, 1).items)).toBe(image);
    expect(estate.volume(volume.volumeId)).toBe(volume);
    const left = estate.imagesOfSnapshot(released).map(({ imageId }) => imageId);
    expect(left).not.toContain(image.imageId);
  });

  it('of a new image makes the snapshot used, and is listed after the others', () => {
    const estate = anEstate(60);
    const { snapshotId } = first(estate.snapshots(0, 1).items);
    const count = estate.images(0, 100).items.length;
    const image: SimImage = {
      imageId: 'ami-0123456789abcdef0',
      ownerId: estate.accountId,
      name: 'made meanwhile',
      state: 'pending',
      snapshotIds: [snapshotId],
    };
    estate.putImage(image);
    expect(estate.imagesOfSnapshot(snapshotId)).toContain(image);
    expect(estate.images(0, 100).items[count]).toBe(image);
    expect(estate.images(count, 100)).toEqual({ items: [image], next: null });
  });

  it('belongs to one account and Region, and stays', () => {
    const organization = defaultScenario.build(NOW);
    const estate = organization.estate('210000000011', 'us-east-1');
    estate.deleteSnapshot(first(estate.snapshots(0, 1).items).snapshotId);
    expect(organization.estate('210000000011', 'us-east-1').deletedSnapshotIds().size).toBe(1);
    expect(organization.estate('210000000011', 'us-west-2').deletedSnapshotIds().size).toBe(0);
  });
});

it('finds every copy that shares one made-up volume id', () => {
  const estate = anEstate(1_000);
  for (const volumeId of ['vol-ffff', 'vol-ffffffff']) {
    const listed = estate.snapshots(0, 1_000).items.filter((one) => one.volumeId === volumeId);
    expect(listed.length).toBeGreaterThan(3);
    expect(estate.snapshotsOfVolume(volumeId)).toEqual(listed);
  }
});

it('has public snapshots of other owners in every Region, none of them the estate’s', () => {
  const organization = defaultScenario.build(NOW);
  for (const region of organization.allRegions) {
    const listed = organization.publicSnapshots(region);
    expect(listed.length).toBeGreaterThan(2);
    for (const { ownerId, snapshotId, public: isPublic } of listed) {
      expect(isPublic).toBe(true);
      expect(organization.accounts.map(({ id }) => id)).not.toContain(ownerId);
      expect(organization.estate(organization.hubAccountId, region).snapshot(snapshotId)).toBe(
        undefined,
      );
    }
  }
});

it('refuses an account or Region that is not there, and pages of nothing', () => {
  const organization = defaultScenario.build(NOW);
  expect(() => organization.estate('999999999999', 'us-east-1')).toThrow('999999999999');
  expect(() => organization.estate('210000000011', 'eu-south-2')).toThrow('eu-south-2');
  expect(() => anEstate(10).snapshots(0, 0)).toThrow('limit 0');
});
