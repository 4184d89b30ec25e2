import { upToTheCent } from '../../core/prices/costs.ts';
import { usdOf } from '../../core/prices/figures.ts';
import type { PriceTable } from '../../core/prices/price-table.ts';
import { STANDARD } from '../prices/snapshot-storage.ts';
import type { EbsVolume } from './facts.ts';

/** What gp3 has without extra charge. */
const FREE_IOPS = 3_000;
const FREE_MIBPS = 125;
/** io2 costs less for an IOPS above each of these. */
const IO2_TIERS = [0, 32_000, 64_000, Infinity];

type Billed = Pick<EbsVolume, 'type' | 'sizeGiB' | 'iops' | 'throughputMiBps'>;

/**
 * What a volume costs a month, in USD, rounded up to the cent: by what it is provisioned with, used or
 * not. A detached io2 may cost far more for its IOPS than for its GiB.
 *
 * @returns null where a price or what it is provisioned with isn't known
 */
export function monthlyCostUsd(
  prices: PriceTable,
  { region, volume }: { readonly region: string; readonly volume: Billed },
): number | null {
  const { type, sizeGiB } = volume;
  const parts = [[`volumeUsdPerGiBMonth.${type}`, sizeGiB] as const, ...besidesOf(volume)];
  let sum = 0;
  for (const [figure, units] of parts) {
    const usd = units === 0 ? 0 : usdOf(prices, region, figure);
    if (usd === null || units === null) return null;
    sum += usd * units;
  }
  return upToTheCent(sum);
}

/**
 * The most that a month of a copy of it costs, in USD: a snapshot is billed for the blocks that were
 * ever written, and no listing tells how many.
 *
 * @returns null where the price isn't known
 */
export function copyMonthlyCostUsdUpTo(
  prices: PriceTable,
  { region, sizeGiB }: { readonly region: string; readonly sizeGiB: number },
): number | null {
  const usd = usdOf(prices, region, STANDARD);
  return usd === null ? null : upToTheCent(usd * sizeGiB);
}

type Units = readonly [figure: string, units: number | null];

function besidesOf({ type, iops, throughputMiBps }: Billed): Units[] {
  if (type === 'gp3')
    return [
      ['volumeUsdPerIopsMonth.gp3', above(FREE_IOPS, iops)],
      ['gp3UsdPerMiBpsMonth', above(FREE_MIBPS, throughputMiBps)],
    ];
  if (type === 'io1') return [['volumeUsdPerIopsMonth.io1', iops]];
  if (type !== 'io2') return [];
  return IO2_TIERS.slice(0, -1).map((from, tier): Units => {
    const inTier = iops === null ? null : Math.min(iops, IO2_TIERS[tier + 1] ?? Infinity) - from;
    return [`volumeUsdPerIopsMonth.io2.${tier}`, inTier === null ? null : Math.max(0, inTier)];
  });
}

function above(free: number, provisioned: number | null): number | null {
  return provisioned === null ? null : Math.max(0, provisioned - free);
}
