import { snapshotMonthlyCostUsdUpTo } from '../../core/prices.ts';

const cost = (sizeGiB: number, storageTier = 'standard', region = 'us-east-1') =>
  snapshotMonthlyCostUsdUpTo({ region, storageTier, sizeGiB });

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
    expect(cost(100, 'standard', 'eu-west-1')).toBeNull();
    expect(cost(100, 'unknown')).toBeNull();
  });
});
