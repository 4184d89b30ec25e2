const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SIZE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const USD = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const DOLLARS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

const STEP = 1024;
const UNITS = ['GiB', 'TiB', 'PiB'] as const;

/** From here on nobody needs the cents. */
const WHOLE_DOLLARS_FROM = 10;

/** 12,345 */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** 120.5 GiB, 7.3 TiB, 1.2 PiB; anything at all is never shown as 0. */
export function formatSize(sizeGiB: number): string {
  if (sizeGiB > 0 && sizeGiB < 0.05) return '< 0.1 GiB';
  const { unit, ofGiB } = sizeUnitOf(sizeGiB);
  return `${SIZE.format(sizeGiB / ofGiB)} ${unit}`;
}

/** In a cell of a table; what has no size, or none that is known, leaves it empty. */
export function sizeInCell(sizeGiB: number | null): string {
  return sizeGiB === null ? '' : formatSize(sizeGiB);
}

/** The unit that people write a size in, and how many GiB it is. */
export function sizeUnitOf(sizeGiB: number): { unit: (typeof UNITS)[number]; ofGiB: number } {
  let [ofGiB, unit] = [1, 0];
  // What would be written as 1,024 of a unit is 1 of the next.
  while (unit < UNITS.length - 1 && Math.round((sizeGiB / ofGiB) * 10) / 10 >= STEP)
    [ofGiB, unit] = [ofGiB * STEP, unit + 1];
  return { unit: UNITS[unit] ?? 'PiB', ofGiB };
}

/**
 * $12,346, and $4.05 below ten dollars. It is an upper bound, so it is rounded up; in a subject and
 * in a table the same sum reads the same.
 */
export function formatUsdUpTo(usd: number): string {
  const cents = Math.ceil(Number((usd * 100).toFixed(4)));
  const needsCents = cents < WHOLE_DOLLARS_FROM * 100 && cents % 100 > 0;
  return needsCents ? USD.format(cents / 100) : DOLLARS.format(Math.ceil(cents / 100));
}

/** "312 snapshots", "1 snapshot". */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
