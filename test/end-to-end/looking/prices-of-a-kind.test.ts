import { HOURS_OF_LONGEST_MONTH, upToTheCent } from '../../../core/prices/costs.ts';
import { usdOf } from '../../../core/prices/figures.ts';
import type { KindPrices } from '../../../core/prices/kind-prices.ts';
import { SNAPSHOTS } from '../../support/simulated-sweep.ts';
import { madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

const CLUSTER = 'clusterUsdPerHour';
const PRICES: KindPrices = {
  queries: [
    {
      ...{ about: 'clusters', serviceCode: 'AmazonEKS', filters: {}, unit: 'Hours' },
      figures: { 'Hours:perCluster': { name: CLUSTER, words: 'cluster', per: 'hour' } },
    },
  ],
};

let sweep: RemovalSweep;
afterEach(async () => sweep.close());

/** Two unused clusters in each target, with prices of their own or without. */
async function open(prices: KindPrices | undefined) {
  const world: World = new Map();
  const kind = madeUpKind(world, {
    ...(prices && { prices }),
    describe: ({ id, startedAt }, { prices: table, region }) => {
      const perHour = usdOf(table, region, CLUSTER);
      const usd = perHour === null ? null : upToTheCent(perHour * HOURS_OF_LONGEST_MONTH);
      return {
        ...{ resourceId: id, startedAt, ageDays: 900, tags: {}, evidence: {} },
        ...{ sizeGiB: null, monthlyCostUsdUpTo: usd },
      };
    },
  });
  sweep = await openRemovalSweep({ deps: (deps) => ({ ...deps, kinds: [...SNAPSHOTS, kind] }) });
  const cluster = { startedAt: '2019-01-01T00:00:00.000Z', isUsed: false };
  for (const id of sweep.ids) {
    world.set(id, [
      { id: 'c-1', ...cluster },
      { id: 'c-2', ...cluster },
    ]);
  }
}

const TABLE = {
  ...{ schemaVersion: 1, asOf: '2026-11-01', source: 'https://prices.example.com/own' },
  regions: { 'us-east-1': { standardUsdPerGiBMonth: 0.05, [CLUSTER]: 0.1 } },
};

it('what a kind costs by the hour goes by its own price in the table, to the summary', async () => {
  await open(PRICES);
  await sweep.store.put('prices.json', JSON.stringify(TABLE));
  const { summary } = await sweep.run('first', { mode: 'report' });
  expect(summary?.pricesFailure).toBeNull();
  expect(summary?.byKind['made-up']).toMatchObject({
    ...{ stale: 2, staleMonthlyCostUsdUpTo: 148.8, unpricedUnsized: 0 },
  });
  expect(summary?.counts.staleMonthlyCostUsdUpTo).toBeCloseTo(
    148.8 + (summary?.byKind['ebs-snapshot']?.staleMonthlyCostUsdUpTo ?? NaN),
    6,
  );
  expect(summary?.kindsWithoutPrices).toBeUndefined();
});

it('what has no price is counted, and told of no kind to which no update brings one', async () => {
  await open(undefined);
  const { summary, published } = await sweep.run('first', { mode: 'report' });
  expect(summary?.byKind['made-up']).toMatchObject({
    ...{ staleMonthlyCostUsdUpTo: 0, unpricedUnsized: 2 },
  });
  expect(summary?.kindsWithoutPrices).toEqual(['made-up']);
  expect(published?.Message).not.toContain('Add prices');
});

it('where a kind has a price that nobody knows yet, to ask for it is the next step', async () => {
  await open(PRICES);
  const { published, summary } = await sweep.run('first', { mode: 'report' });
  expect(summary?.byKind['made-up']?.unpricedUnsized).toBe(2);
  expect(published?.Message).toContain('Add prices for 1 Region (2 resources unpriced)');
});
