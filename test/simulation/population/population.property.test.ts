import fc from 'fast-check';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimPage } from '../../../simulation/model/page.ts';
import { hashKey } from '../../../simulation/population/hash.ts';
import { idCodec } from '../../../simulation/population/resource-ids.ts';
import { ARCHETYPES } from '../../../simulation/population/archetypes/registry.ts';
import { buildOrganization } from '../../../simulation/population/organization.ts';
import { DEFAULT_ORGANIZATION } from '../../../simulation/scenarios/default.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const COUNT = 300;

function anEstate(seed: number, snapshots = COUNT): SimEstate {
  const size = { accounts: 1, regions: 1, snapshotsPerTarget: snapshots, seed };
  const organization = sizedScenario(size).build(NOW);
  return organization.estate(organization.hubAccountId, 'us-east-1');
}

function idsByPage<T>(
  list: (from: number, limit: number) => SimPage<T>,
  limit: number,
  idOf: (item: T) => string,
): string[] {
  const ids: string[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page: SimPage<T> = list(from, limit);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map(idOf));
    from = page.next;
  }
  return ids;
}

const seeds = fc.integer({ min: 0, max: 1_000 });
const limits = fc.integer({ min: 1, max: COUNT + 10 });

it('lists every snapshot once in pages of any size, whatever was deleted before', () => {
  fc.assert(
    fc.property(seeds, limits, fc.uniqueArray(fc.nat(COUNT - 1)), (seed, limit, deleted) => {
      const estate = anEstate(seed);
      const all = [...estate.groundTruths()].map(({ snapshotId }) => snapshotId);
      const gone = new Set(deleted.map((position) => all[position] ?? ''));
      gone.forEach((id) => estate.deleteSnapshot(id));
      const listed = idsByPage(
        (from, max) => estate.snapshots(from, max),
        limit,
        (one) => one.snapshotId,
      );
      expect(listed).toEqual(all.filter((id) => !gone.has(id)));
      expect(new Set(listed).size).toBe(COUNT - gone.size);
    }),
    { numRuns: 40 },
  );
});

it('lists volumes, instances and images once, in pages of any size', () => {
  fc.assert(
    fc.property(seeds, limits, (seed, limit) => {
      const estate = anEstate(seed);
      const lists = [
        idsByPage(
          (from, max) => estate.volumes(from, max),
          limit,
          (one) => one.volumeId,
        ),
        idsByPage(
          (from, max) => estate.instances(from, max),
          limit,
          (one) => one.instanceId,
        ),
        idsByPage(
          (from, max) => estate.images(from, max),
          limit,
          (one) => one.imageId,
        ),
      ];
      for (const ids of lists) expect(new Set(ids).size).toBe(ids.length);
      expect(lists[0]).toEqual(
        idsByPage(
          (from, max) => estate.volumes(from, max),
          10_000,
          (one) => one.volumeId,
        ),
      );
      expect(lists.every((ids) => ids.length > 5)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it('leaves out nothing that goes on being there while a listing is under way', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 50 }), (seed, limit) => {
      const estate = anEstate(seed);
      const all = [...estate.groundTruths()].map(({ snapshotId }) => snapshotId);
      const listed = idsByPage(
        (from, max) => {
          const page = estate.snapshots(from, max);
          page.items.slice(0, 1).forEach(({ snapshotId }) => estate.deleteSnapshot(snapshotId));
          return page;
        },
        limit,
        (one) => one.snapshotId,
      );
      expect(listed).toEqual(all);
    }),
    { numRuns: 20 },
  );
});

it('has exactly as many snapshots as asked for', () => {
  fc.assert(
    fc.property(seeds, fc.nat(700), (seed, count) => {
      const estate = anEstate(seed, count);
      expect(estate.snapshots(0, 1_000).items).toHaveLength(count);
      expect(estate.snapshots(0, 1_000).next).toBeNull();
      expect([...estate.groundTruths()]).toHaveLength(count);
    }),
    { numRuns: 60 },
  );
});

it('finds by volume what it lists, where the size cuts the last volume short too', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 300 }), (seed, count) => {
      const estate = anEstate(seed, count);
      const listed = estate.snapshots(0, 1_000).items;
      const { volumeId } = listed.at(-1) ?? { volumeId: '' };
      expect(estate.snapshotsOfVolume(volumeId)).toEqual(
        listed.filter((one) => one.volumeId === volumeId),
      );
    }),
    { numRuns: 60 },
  );
});

it('names in images and instances only what the estate has', () => {
  fc.assert(
    fc.property(seeds, fc.nat(400), (seed, count) => {
      const estate = anEstate(seed, count);
      for (const { snapshotIds, imageId } of estate.images(0, 1_000).items) {
        for (const id of snapshotIds) {
          expect(estate.snapshot(id)).toBeDefined();
          expect(estate.imagesOfSnapshot(id).map((one) => one.imageId)).toContain(imageId);
        }
      }
      for (const { volumeIds, instanceId } of estate.instances(0, 1_000).items) {
        const attached = volumeIds.flatMap((id) => estate.volume(id)?.attachments ?? []);
        expect(attached.map((one) => one.instanceId)).toContain(instanceId);
      }
    }),
    { numRuns: 30 },
  );
});

/** An estate with every archetype in it, as many times as each other. */
function aFullEstate(seed: number, snapshots: number): SimEstate {
  const weights = Object.fromEntries(ARCHETYPES.map(({ name }) => [name, 1]));
  const spec = { ...DEFAULT_ORGANIZATION, seed, snapshotsPerTarget: snapshots, weights };
  return buildOrganization(spec, NOW).estate(spec.hubAccountId, 'us-east-1');
}

it('lists all that refers to a snapshot once, in pages of any size, and finds it by its id', () => {
  const all = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(seeds, all, fc.integer({ min: 1, max: 50 }), (seed, count, limit) => {
      const estate = aFullEstate(seed, count);
      const exist = (ids: readonly string[]) =>
        expect(ids.filter((id) => !estate.snapshot(id))).toEqual([]);
      const templates = idsByPage(
        (from, max) => estate.launchTemplates(from, max),
        limit,
        (one) => one.launchTemplateId,
      );
      expect(new Set(templates).size).toBe(templates.length);
      for (const id of templates) {
        const found = estate.launchTemplate(id);
        expect(found?.launchTemplateId).toBe(id);
        exist(found?.versions.flatMap(({ snapshotIds }) => snapshotIds) ?? []);
      }
      const images = estate.imagesInRecycleBin(0, 100).items;
      for (const image of images) expect(estate.imageInRecycleBin(image.imageId)).toEqual(image);
      const volumes = estate.volumesInRecycleBin(0, 100).items;
      for (const one of volumes) expect(estate.volumeInRecycleBin(one.volumeId)).toEqual(one);
      const services = estate.ecsServices(0, 100).items;
      for (const service of services) {
        expect(estate.ecsService(service.clusterName, service.name)).toEqual(service);
        expect(estate.ecsService('idle', service.name)).toBeUndefined();
        exist(service.deployments.flat());
      }
      exist(estate.launchConfigurations(0, 100).items.flatMap(({ snapshotIds }) => snapshotIds));
      const fastRestores = estate.fastRestores(0, 100).items;
      exist(fastRestores.map(({ snapshotId }) => snapshotId));
      fastRestores.forEach((one) => estate.putFastRestore({ ...one, state: 'disabled' }));
      expect(estate.fastRestores(0, 100).items).toHaveLength(fastRestores.length);
      const snapshots = estate.snapshots(0, 1_000).items;
      const locked = snapshots.filter(({ lockState }) => lockState);
      expect(estate.lockedSnapshots(0, 100).items).toEqual(locked);
      expect(estate.ownPublicSnapshots(0, 100).items).toEqual(
        snapshots.filter((snapshot) => snapshot.public),
      );
    }),
    { numRuns: 40 },
  );
});

it('names no snapshot that the size cuts off, wherever it cuts', () => {
  for (let count = 1; count <= 250; count++) {
    const estate = aFullEstate(7, count);
    const ids = new Set(estate.snapshots(0, 1_000).items.map(({ snapshotId }) => snapshotId));
    const referred = [
      ...estate.lockedSnapshots(0, 100).items,
      ...estate.ownPublicSnapshots(0, 100).items,
      ...estate.fastRestores(0, 100).items,
    ];
    expect(referred.filter(({ snapshotId }) => !ids.has(snapshotId))).toEqual([]);
  }
});

it('turns an index into an id and back', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (scope, index) => {
      const codec = idCodec('snap', hashKey(scope));
      expect(codec.encode(index)).toMatch(/^snap-0[0-9a-f]{16}$/);
      expect(codec.decode(codec.encode(index))).toBe(index);
    }),
  );
});

it('decodes no id that it never gave', () => {
  const codec = idCodec('vol', hashKey('made up'));
  const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(hex, (digits) => {
      expect(codec.decode(`vol-0${digits.join('')}`)).toBeUndefined();
    }),
  );
});
