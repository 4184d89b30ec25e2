import { parseInput } from '../../../core/input/bad-input.ts';
import { allPrices } from '../../../core/prices/all-prices.ts';
import { HOURS_OF_LONGEST_MONTH, upToTheCent } from '../../../core/prices/costs.ts';
import { nested, usdOf } from '../../../core/prices/figures.ts';
import type { KindPrices } from '../../../core/prices/kind-prices.ts';
import { readOffer } from '../../../core/prices/price-list-item.ts';
import type { PriceTable } from '../../../core/prices/price-table.ts';
import { pricesUsed, sourceOf } from '../../../core/prices/sources.ts';
import { tableOfOffers } from '../../../core/prices/table-of-offers.ts';
import { emptyCounts } from '../../../core/summary/counts.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { VOLUME_PRICES } from '../../../kinds/prices/ebs-volumes.ts';
import { priceListItem } from '../../support/aws/price-list.ts';

const LIST = { asOf: '2026-09-27', source: 'https://prices.example.com/list' };
const PAGE = { asOf: '2026-11-01', source: 'https://prices.example.com/page' };

/** A flat price for each hour. */
const CLUSTER = 'clusterUsdPerHour';
const CLUSTERS: KindPrices = {
  queries: [
    {
      ...{ about: 'clusters', serviceCode: 'AmazonEKS', filters: { group: 'clusters' } },
      unit: 'Hours',
      figures: {
        'Hours:perCluster': { name: CLUSTER, words: 'cluster', per: 'hour', column: 'cluster' },
      },
    },
  ],
  builtIn: [{ ...PAGE, regions: { 'us-east-1': { [CLUSTER]: 0.1 } } }],
};
/** It says that a GiB of gp3 is another price than all others say. */
const RIVAL: KindPrices = {
  ...VOLUME_PRICES,
  builtIn: [{ ...LIST, regions: { 'us-east-1': { 'volumeUsdPerGiBMonth.gp3': 9 } } }],
};
const FOLDED = allPrices([
  { kind: 'volume', prices: VOLUME_PRICES },
  { kind: 'cluster', prices: CLUSTERS },
  { kind: 'rival', prices: RIVAL },
]);

/** As a kind's own pure function would have it: what is free, and then by the unit. */
function volumeMonthlyCostUsdUpTo(
  prices: PriceTable,
  of: {
    readonly region: string;
    readonly gib: number;
    readonly iops: number;
    readonly mibps: number;
  },
): number | null {
  const usd = (figure: string) => usdOf(prices, of.region, figure);
  const perGiB = usd('volumeUsdPerGiBMonth.gp3');
  const perIops = usd('volumeUsdPerIopsMonth.gp3');
  const perMiBps = usd('gp3UsdPerMiBpsMonth');
  if (perGiB === null || perIops === null || perMiBps === null) return null;
  const above = Math.max(0, of.iops - 3_000) * perIops + Math.max(0, of.mibps - 125) * perMiBps;
  return upToTheCent(of.gib * perGiB + above);
}

describe('what a kind brings to the price table', () => {
  it('may be several units of which some are free', () => {
    const cost = (over: Partial<Parameters<typeof volumeMonthlyCostUsdUpTo>[1]>) =>
      volumeMonthlyCostUsdUpTo(FOLDED.builtIn, {
        ...{ region: 'us-east-1', gib: 100, iops: 3_000, mibps: 125 },
        ...over,
      });
    expect(cost({})).toBe(8);
    expect(cost({ iops: 4_000, mibps: 225 })).toBe(8 + 5 + 4);
    // No IOPS of this Region is known.
    expect(cost({ region: 'il-central-1' })).toBeNull();
  });

  it('may be flat, by the hour', () => {
    const perHour = usdOf(FOLDED.builtIn, 'us-east-1', CLUSTER) ?? 0;
    expect(upToTheCent(perHour * HOURS_OF_LONGEST_MONTH)).toBe(74.4);
    expect(usdOf(FOLDED.builtIn, 'eu-west-1', CLUSTER)).toBeNull();
  });

  it('has its own source and day, as all built-in prices have', () => {
    expect(sourceOf(FOLDED.builtIn, 'us-east-1', CLUSTER)).toEqual(PAGE);
    expect(FOLDED.table.parse(FOLDED.builtIn)).toEqual(FOLDED.builtIn);
  });

  it('is asked for by its own query, and is in the table that it makes', () => {
    const query = FOLDED.queries.find(({ about }) => about === 'clusters');
    const item = priceListItem({ usagetype: 'EU-Hours:perCluster' }, '0.10', { unit: 'Hours' });
    const [first, second] = [
      query && readOffer(query, item),
      readOffer(FOLDED.queries[0]!, gp3Item()),
    ];
    const names = FOLDED.figures.map(({ name }) => name);
    const { regions } = tableOfOffers([first!, second!], names);
    expect(regions).toEqual({
      'eu-west-1': { volumeUsdPerGiBMonth: { gp3: 0.08 }, [CLUSTER]: 0.1 },
    });
  });

  it('is of the kind that brings it first: another one that goes by it asks for nothing more', () => {
    expect(FOLDED.sections.map(({ kind }) => kind)).toEqual(['volume', 'cluster']);
    expect(FOLDED.queries).toHaveLength(VOLUME_PRICES.queries.length + 1);
    expect(usdOf(FOLDED.builtIn, 'us-east-1', 'volumeUsdPerGiBMonth.gp3')).toBe(0.08);
  });

  it('may be in a table of somebody, and a name that no kind has may not', () => {
    const table = (of: object) => ({ schemaVersion: 1, ...LIST, regions: { 'eu-west-1': of } });
    expect(() => FOLDED.table.parse(table({ [CLUSTER]: 0.2 }))).not.toThrow();
    expect(() => parseInput(FOLDED.table, table({ clusterUsdPerDay: 2 }), 'prices.json')).toThrow(
      'prices.json.regions.eu-west-1.clusterUsdPerDay: unknown key',
    );
    expect(() => parseInput(PRICES.table, table({ [CLUSTER]: 0.2 }), 'prices.json')).toThrow(
      'unknown key',
    );
  });
});

describe('the prices that amounts are by', () => {
  const seen = (resources: number) => ({
    region: 'us-east-1',
    kinds: { cluster: { ...emptyCounts(), resources }, addresses: { ...emptyCounts(), resources } },
  });

  it('are all that a kind has, unless it says which', () =>
    expect(pricesUsed(FOLDED.builtIn, [seen(1)], FOLDED)).toEqual(PAGE));

  it('are none of a kind of which nothing was seen, or that has none', () => {
    expect(FOLDED.used('cluster', emptyCounts())).toEqual([]);
    expect(FOLDED.used('addresses', { ...emptyCounts(), resources: 1 })).toEqual([]);
  });
});

it('a price that isn’t known is null, and never 0, whatever its name is', () => {
  const table = { regions: { 'eu-west-1': { a: { b: 0 }, asOf: '2026-11-01' } } };
  expect(usdOf(table, 'eu-west-1', 'a.b')).toBe(0);
  for (const figure of ['a', 'b', 'a.c', 'a.b.c', 'constructor', 'a.toString', 'asOf', ''])
    expect(usdOf(table, 'eu-west-1', figure)).toBeNull();
  expect(usdOf(table, 'constructor', 'name')).toBeNull();
});

it('tiers are told together or not at all', () => {
  const names = ['io2.0', 'io2.1', 'gp3'];
  expect(nested(new Map([['io2.1', 2], ['gp3', 1], ['io2.0', 3]]), names)).toEqual({ io2: [3, 2], gp3: 1 }); // prettier-ignore
  expect(nested(new Map([['io2.0', 3]]), names)).toEqual({});
});

function gp3Item(): string {
  const of = { usagetype: 'EU-EBS:VolumeUsage.gp3', volumeApiName: 'gp3' };
  return priceListItem(of, '0.08');
}
