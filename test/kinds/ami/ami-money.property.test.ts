import fc from 'fast-check';
import { Freeing } from '../../../core/prices/freeing.ts';
import { freesOf } from '../../../kinds/ami/costs.ts';
import type { Ami } from '../../../kinds/ami/facts.ts';
import { REASON_BY_REFERENCE } from '../../../kinds/ebs-snapshot/facts.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { anAmi } from '../../support/organizations/amis.ts';

const AT = { accountId: '111122223333', region: 'us-east-1' };
const IDS = ['snap-1', 'snap-2', 'snap-3', 'snap-4', 'snap-5'];

/** Some AMIs over few snapshots, so that many share one, and whether each is stale. */
const amis = fc.array(
  fc.record({ snapshotIds: fc.uniqueArray(fc.constantFrom(...IDS)), isStale: fc.boolean() }),
  { maxLength: 8 },
);
/** How large those are that are there. */
const sizes = fc.dictionary(fc.constantFrom(...IDS), fc.integer({ min: 1, max: 500 }));

type Given = readonly { readonly snapshotIds: readonly string[]; readonly isStale: boolean }[];

function factsOf(given: Given, sizeOf: Readonly<Record<string, number>>): Ami[] {
  const idOf = (index: number) => `ami-${index}`;
  const holders = (id: string) =>
    given.flatMap(({ snapshotIds }, index) => (snapshotIds.includes(id) ? [idOf(index)] : []));
  const billed = Object.fromEntries(
    Object.entries(sizeOf).map(([id, sizeGiB]) => [
      id,
      { storageTier: 'standard', sizeGiB, volumeId: null },
    ]),
  );
  return given.map(({ snapshotIds }, index) =>
    anAmi({
      imageId: idOf(index),
      snapshots: snapshotIds.map((snapshotId) => ({ snapshotId, holders: holders(snapshotId) })),
      billed,
    }),
  );
}

it('each snapshot counts once, only where all AMIs that name it are stale, and never in its own kind', () => {
  let shared = 0;
  fc.assert(
    fc.property(amis, sizes, (given, sizeOf) => {
      const freeing = new Freeing();
      factsOf(given, sizeOf).forEach((facts, index) => {
        const frees = freesOf(facts, { region: AT.region, prices: PRICES.builtIn });
        const resource = { kind: 'ami', resourceId: facts.imageId, ...AT, frees };
        freeing.add(resource, given[index]?.isStale === true);
      });
      const counted = [...freeing];
      const ids = counted.map(({ resourceId }) => resourceId);
      expect(new Set(ids).size).toBe(ids.length);
      const expected = IDS.filter((id) => {
        const named = given.filter(({ snapshotIds }) => snapshotIds.includes(id));
        return id in sizeOf && named.length > 0 && named.every(({ isStale }) => isStale);
      });
      expect(ids.toSorted()).toEqual(expected);
      for (const { resourceId, monthlyCostUsdUpTo, holders } of counted) {
        // 0.05 USD a GiB and month.
        expect(monthlyCostUsdUpTo).toBeCloseTo((sizeOf[resourceId] ?? 0) * 0.05, 2);
        if (holders.length > 1) shared += 1;
      }
    }),
    { numRuns: 500 },
  );
  expect(shared).toBeGreaterThan(50);
  // The snapshot kind keeps all that any AMI names, stale or not: so its own money is of others.
  expect(REASON_BY_REFERENCE.amis).toBe('USED_BY_AMI');
});

it('a snapshot that is stale by its own kind counts there, and not with AMIs', () => {
  const facts = factsOf([{ snapshotIds: ['snap-1'], isStale: true }], { 'snap-1': 10 });
  const freeing = new Freeing();
  freeing.add({ kind: 'ebs-snapshot', resourceId: 'snap-1', ...AT }, true);
  for (const one of facts) {
    const frees = freesOf(one, { region: AT.region, prices: PRICES.builtIn });
    freeing.add({ kind: 'ami', resourceId: one.imageId, ...AT, frees }, true);
  }
  expect([...freeing]).toEqual([]);
});

it('where snapshots were not listed no price is known, and what is not there costs nothing', () => {
  const at = { region: AT.region, prices: PRICES.builtIn };
  const snapshots = [{ snapshotId: 'snap-1', holders: ['ami-1'] }];
  const [unknown] = freesOf(anAmi({ snapshots, billed: null }), at);
  expect(unknown?.monthlyCostUsdUpTo).toBeNull();
  expect(freesOf(anAmi({ snapshots, billed: {} }), at)).toEqual([]);
});

it('what shares blocks with others of its volume says so; a copy and an archived one share none', () => {
  const of = (storageTier: string, volumeId: string | null) =>
    freesOf(
      anAmi({
        snapshots: [{ snapshotId: 'snap-1', holders: ['ami-1'] }],
        billed: { 'snap-1': { storageTier, sizeGiB: 10, volumeId } },
      }),
      { region: AT.region, prices: PRICES.builtIn },
    )[0];
  expect(of('standard', 'vol-1')?.sharesWith).toBe('vol-1');
  expect(of('standard', 'vol-ffffffff')?.sharesWith).toBeUndefined();
  expect(of('standard', null)?.sharesWith).toBeUndefined();
  expect(of('archive', 'vol-1')).toMatchObject({ monthlyCostUsdUpTo: 0.13 });
  expect(of('archive', 'vol-1')?.sharesWith).toBeUndefined();
  expect(of('a-new-tier', 'vol-1')?.monthlyCostUsdUpTo).toBeNull();
});
