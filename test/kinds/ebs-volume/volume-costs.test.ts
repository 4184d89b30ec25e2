import type { PriceTable, RegionPrices } from '../../../core/prices/price-table.ts';
import { monthlyCostUsd } from '../../../kinds/ebs-volume/costs.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { anEbsVolume } from '../../support/organizations/volumes.ts';

type Billed = Parameters<typeof monthlyCostUsd>[1]['volume'];
const cost = (given: Partial<Billed>, region = 'us-east-1', prices: PriceTable = PRICES.builtIn) =>
  monthlyCostUsd(prices, { region, volume: anEbsVolume(given) });
const NONE = { iops: null, throughputMiBps: null };

it.each<[string, Partial<Billed>, number]>([
  ['gp3 as it comes', { sizeGiB: 100 }, 8],
  ['gp3 with more of both', { sizeGiB: 100, iops: 5000, throughputMiBps: 225 }, 8 + 10 + 4],
  ['gp3 with less than is free', { sizeGiB: 100, iops: 100, throughputMiBps: 10 }, 8],
  ['gp2, whose IOPS cost nothing', { type: 'gp2', sizeGiB: 100, iops: 300 }, 10],
  ['io1', { type: 'io1', sizeGiB: 100, iops: 1000, throughputMiBps: null }, 12.5 + 65],
  ['io2 in its first tier', { type: 'io2', sizeGiB: 0, iops: 20_000 }, 1300],
  ['io2 in its second tier', { type: 'io2', sizeGiB: 0, iops: 33_000 }, 32_000 * 0.065 + 45.5],
  [
    'io2 in its third tier',
    { type: 'io2', sizeGiB: 0, iops: 65_000 },
    32_000 * 0.065 + 32_000 * 0.0455 + 31.85,
  ],
  ['st1', { type: 'st1', sizeGiB: 1000, ...NONE }, 45],
  ['sc1', { type: 'sc1', sizeGiB: 1000, ...NONE }, 15],
  ['standard, as long as nobody reads it', { type: 'standard', sizeGiB: 100, ...NONE }, 5],
])('a month of %s', (_what, given, usd) => expect(cost(given)).toBe(usd));

it('a detached io2 is dear for its IOPS, not for its GiB', () => {
  const small = cost({ type: 'io2', sizeGiB: 100, iops: 20_000 });
  expect(small).toBeGreaterThan(cost({ type: 'gp3', sizeGiB: 16_000 }) ?? Infinity);
});

it('is null where a price, or what it is provisioned with, is not known: never 0', () => {
  const only: RegionPrices = { volumeUsdPerGiBMonth: { io2: 0.125, gp3: 0.08 } };
  const table = { ...PRICES.builtIn, regions: { 'eu-west-1': only } };
  expect(cost({ type: 'io2', iops: 100 }, 'eu-west-1', table)).toBeNull();
  expect(cost({ type: 'gp3', iops: 4000 }, 'eu-west-1', table)).toBeNull();
  expect(cost({ type: 'gp3' }, 'eu-west-1', table)).toBe(8);
  expect(cost({ type: 'io1', iops: null })).toBeNull();
  expect(cost({ type: 'gp3', iops: null })).toBeNull();
  expect(cost({ type: 'gp4' })).toBeNull();
  expect(cost({}, 'xx-nowhere-1')).toBeNull();
});
