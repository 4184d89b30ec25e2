/** A month of 31 days: no month costs more. */
export const HOURS_OF_LONGEST_MONTH = 744;

/** 0.05 * 801 * 100 is 4005.0000000000005 in binary: noise below a millionth of a cent isn't a cent. */
export function upToTheCent(usd: number): number {
  return Math.ceil(Number((usd * 100).toFixed(6))) / 100;
}
