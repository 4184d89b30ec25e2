import type { StaleWorth } from '../../core/outcome/outcome.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { NO_WORTH } from '../../core/model/amount.ts';
import { addStaleWorth, toStaleWorth } from '../../core/summary/worth.ts';
import { hubOption } from '../../core/input/hub-name.ts';
import { type Command, commandLine } from '../commands/commands.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { storeRoot } from '../format/store-place.ts';
import { DAY_MS } from '../../core/model/age.ts';
import { isPriced, unpricedInWords } from './worth-words.ts';

/** Prices that are older are told to be. */
export const OLD_PRICES_DAYS = 90;

/** @param asOf a date */
export function ageInDays(asOf: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(asOf)) / DAY_MS);
}

/**
 * How old the prices are that the amounts are by, where that is worth a sentence.
 *
 * @returns undefined: they aren't old, or there are none
 */
export function oldPricesInWords({
  prices,
  startedAt,
}: Pick<Summary, 'prices' | 'startedAt'>): string | undefined {
  if (prices === null) return undefined;
  const days = ageInDays(prices.asOf, new Date(startedAt));
  return days > OLD_PRICES_DAYS
    ? `The prices are ${formatCount(days)} days old (${prices.asOf}).`
    : undefined;
}

/** One thing to do about prices that are missing or old; undefined: nothing. */
export function priceStep(
  summary: Summary,
): { title: string; what: string; why?: string; command: Command } | undefined {
  const old = oldPricesInWords(summary);
  const command = { lead: 'Command', command: updateCommand(summary) };
  const unpriced = unpricedOf(summary);
  if (isPriced(unpriced)) {
    return old === undefined
      ? undefined
      : { title: 'Update the prices', what: `Update the prices. ${old}`, command };
  }
  return {
    title: 'Add prices',
    what: `Add prices for ${whereUnpriced(summary)} (${unpricedInWords(unpriced)} unpriced).`,
    ...(old !== undefined && { why: old }),
    command,
  };
}

/** What has no price, but for kinds to which no update brings one. */
function unpricedOf({ byKind, counts, kindsWithoutPrices }: Summary): Unpriced {
  if (kindsWithoutPrices === undefined) return counts;
  return Object.entries(byKind)
    .filter(([kind]) => !kindsWithoutPrices.includes(kind))
    .map(([, share]) => share)
    .reduce(addStaleWorth, toStaleWorth(NO_WORTH));
}
type Unpriced = Pick<StaleWorth, 'unpricedGiB' | 'unpricedUnsized'>;

/** What of the unused storage has no price: the archive tier alone, or all there is. */
function whereUnpriced({ counts, byRegion }: Summary): string {
  const regions = Object.values(byRegion).filter((share) => !isPriced(share)).length;
  const where = formatNoun(regions, 'Region');
  const tiers = Object.entries(counts.staleByTier).filter(([, of]) => of.unpricedGiB > 0);
  const isArchive = tiers.length > 0 && tiers.every(([tier]) => tier === 'archive');
  return isArchive ? `the archive tier in ${where}` : where;
}

/** Where the summary's own store is. */
function updateCommand({ hubName, startedBy, ...ran }: Summary): string {
  const folder = storeRoot(ran);
  const isLocal = folder !== null && !folder.startsWith('s3://');
  const place = hubName !== null ? [hubOption(hubName)] : isLocal ? ['--out', folder] : [];
  return commandLine(['prices', '--update', ...place], startedBy?.program);
}
