import { PRICES } from '../../../kinds/registry.ts';
import { fastRestoreMonthlyCostUsdUpTo } from '../../../kinds/ebs-snapshot/costs.ts';
import { storageMonthlyCostUsdUpTo } from '../../../kinds/prices/snapshot-storage.ts';
import type { PriceTable, RegionPrices } from '../../../core/prices/price-table.ts';

const cost = (sizeGiB: number, storageTier = 'standard', region = 'us-east-1') =>
  storageMonthlyCostUsdUpTo(PRICES.builtIn, { region, storageTier, sizeGiB });

const only = (prices: RegionPrices): PriceTable => ({
  ...PRICES.builtIn,
  regions: { 'eu-west-1': prices },
});

describe('the monthly cost of a snapshot', () => {
  it.each([
    [100, 'standard', 5],
    [100, 'archive', 1.25],
    [0, 'standard', 0],
  ])('of %d GiB %s is up to %d USD', (sizeGiB, tier, usd) => expect(cost(sizeGiB, tier)).toBe(usd));

  it('is rounded up to the cent, never down', () => {
    expect(cost(0.01)).toBe(0.01);
    expect(cost(1.01)).toBe(0.06);
  });

  it('is not rounded up by the noise of binary fractions', () => {
    expect(0.05 * 801 * 100).toBeGreaterThan(4005);
    expect(cost(801)).toBe(40.05);
  });

  it('is not known for a Region or tier that is not in the table', () => {
    expect(cost(100, 'standard', 'cn-north-1')).toBeNull();
    expect(cost(100, 'archive', 'eu-west-1')).toBeNull();
    expect(cost(100, 'standard', 'constructor')).toBeNull();
    expect(cost(100, 'unknown')).toBeNull();
  });

  it("is by the Region's own price", () => {
    expect(cost(1_000, 'standard', 'eu-west-1')).toBe(50);
    expect(cost(1_000, 'standard', 'sa-east-1')).toBe(68);
    expect(cost(1_000, 'standard', 'us-gov-west-1')).toBe(66);
  });

  it('is known by tier where the table has only one of them, and may be nothing', () => {
    const of = { region: 'eu-west-1', sizeGiB: 100 };
    const table = only({ archiveUsdPerGiBMonth: 0 });
    expect(storageMonthlyCostUsdUpTo(table, { ...of, storageTier: 'archive' })).toBe(0);
    expect(storageMonthlyCostUsdUpTo(table, { ...of, storageTier: 'standard' })).toBeNull();
  });
});

describe('the monthly cost of fast restore', () => {
  it('is that of the longest month, in each Availability Zone', () => {
    const inRegion = (zones: number) =>
      fastRestoreMonthlyCostUsdUpTo(PRICES.builtIn, { region: 'us-east-1', zones });
    expect(inRegion(1)).toBe(558);
    expect(inRegion(3)).toBe(1674);
  });

  it('is not known where the table does not have it', () => {
    const at = { region: 'eu-west-1', zones: 1 };
    const table = only({ standardUsdPerGiBMonth: 0.05 });
    expect(fastRestoreMonthlyCostUsdUpTo(table, at)).toBeNull();
    expect(fastRestoreMonthlyCostUsdUpTo(PRICES.builtIn, at)).toBeNull();
  });
});
