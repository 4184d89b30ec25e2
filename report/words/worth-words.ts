import { add, type Worth } from '../../core/model/amount.ts';
import type { Freed, FreedByKind, FreedWorth } from '../../core/model/billing.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { KindCounts } from '../../core/outcome/outcome.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { countOfKinds } from '../format/noun.ts';
import { formatCount, formatNoun, formatSize, formatUsdUpTo } from '../format/money.ts';

type Priced = Omit<Worth, 'unpricedGiB'>;
type Unpriced = Pick<Worth, 'unpricedGiB' | 'unpricedUnsized'>;
type Money = Unpriced & Pick<Worth, 'monthlyCostUsdUpTo'>;

/** "up to $4,106 a month", or "412 TiB" where nothing of it has a price. */
export function worthInWords(of: Priced): string {
  if (of.monthlyCostUsdUpTo > 0) return savingInWords(of.monthlyCostUsdUpTo);
  return sizeInWords(of) ?? UNKNOWN_AMOUNT;
}

/** Whether there is neither a price nor a size: then only their number tells what they are worth. */
export function isUnknownAmount(of: Priced): boolean {
  return of.monthlyCostUsdUpTo === 0 && sizeInWords(of) === undefined;
}

/** "up to $4,106 a month" */
export function savingInWords(usd: number): string {
  return `up to ${formatUsdUpTo(usd)} a month`;
}

/** The one figure that fits into a subject: "up to $4,106/month", or "412 TiB". */
export function worthInShort(of: Priced): string {
  const { monthlyCostUsdUpTo: usd } = of;
  return usd > 0 ? `up to ${formatUsdUpTo(usd)}/month` : (sizeInWords(of) ?? UNKNOWN_AMOUNT);
}

/** "430 TiB"; undefined where there is something, and nothing of it has a size. */
export function sizeInWords({
  sizeGiB,
  monthlyCostUsdUpTo: usd,
  unpricedUnsized,
}: Priced): string | undefined {
  return sizeGiB === 0 && (usd > 0 || unpricedUnsized > 0) ? undefined : formatSize(sizeGiB);
}

/** "2 TiB", "3 resources", "2 TiB and 3 resources": what has no known price. */
export function unpricedInWords({ unpricedGiB, unpricedUnsized }: Unpriced): string {
  const size = unpricedGiB > 0 || unpricedUnsized === 0 ? [formatSize(unpricedGiB)] : [];
  const count = unpricedUnsized > 0 ? [formatNoun(unpricedUnsized, 'resource')] : [];
  return [...size, ...count].join(' and ');
}

/** "430 TiB, up to $4,106 a month" */
export function amountInWords(worth: Worth): string {
  const money = hasNoPrice(worth)
    ? NO_PRICE
    : worth.monthlyCostUsdUpTo > 0
      ? savingInWords(worth.monthlyCostUsdUpTo)
      : undefined;
  return [sizeInWords(worth), money].filter((part) => part !== undefined).join(', ');
}

/** "430 TiB, $4,106 a month", where it is said above that it is an upper bound. */
export function amountInShort(worth: Worth): string {
  return amountInWords(worth).replace(/(^|, )up to /, '$1');
}

/** "430 TiB (2 TiB of it without a known price), up to $4,106 a month" */
export function amountInFull(worth: Worth): string {
  if (hasNoPrice(worth)) return `${unpricedInWords(worth)} without a known price`;
  const ofIt = worth.unpricedUnsized === 0 ? ' of it' : '';
  const unpriced = isPriced(worth)
    ? ''
    : ` (${unpricedInWords(worth)}${ofIt} without a known price)`;
  const size = sizeInWords(worth);
  const saving = savingInWords(worth.monthlyCostUsdUpTo);
  return size === undefined ? `${saving}${unpriced}` : `${size}${unpriced}, ${saving}`;
}

/** "430 TiB, up to $96 a month (480 GiB unpriced)", for who decides about it. */
export function amountAndUnpriced(worth: Worth): string {
  const [priced, unpriced] = moneyCells(worth);
  const money = unpriced === '' ? priced : `${priced} (${unpriced})`;
  const size = sizeInWords(worth);
  return size === undefined ? money : `${size}, ${money}`;
}

/** What has a price and what has none, in two cells of a table. */
export function moneyCells(of: Money): [string, string] {
  if (hasNoPrice(of)) return [NO_PRICE, ''];
  const unpriced = isPriced(of) ? '' : `${unpricedInWords(of)} unpriced`;
  return [savingInWords(of.monthlyCostUsdUpTo), unpriced];
}

const NO_PRICE = 'no known price';
/** Of what has neither a price nor a size. */
const UNKNOWN_AMOUNT = 'an unknown amount';

/** "$4,106", in a cell of its own; what has no price is never told as $0. */
export function costInCell(of: Money, none = NO_PRICE): string {
  return hasNoPrice(of) ? none : formatUsdUpTo(of.monthlyCostUsdUpTo);
}

/** Whether the money is that of all of it. */
export function isPriced({ unpricedGiB, unpricedUnsized }: Unpriced): boolean {
  return unpricedGiB === 0 && unpricedUnsized === 0;
}

function hasNoPrice(of: Money): boolean {
  return of.monthlyCostUsdUpTo === 0 && !isPriced(of);
}

/**
 * "This includes 34 snapshots (up to $100 a month), deleted only after what uses them.", beside the
 * amount that they are in; none where nothing is freed.
 */
export function freedInWords(frees: FreedByKind | undefined, words: WordsByKind): string[] {
  const all = Object.values(frees ?? {});
  const count = all.reduce((sum, { resources }) => sum + resources, 0);
  if (frees === undefined || count === 0) return [];
  const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
  const [what, after] = [freedInShort(frees, words), `deleted only after what uses ${them}.`];
  // What has no price is in none of the amounts.
  return [all.every(isUnpriced) ? `${what} ${are} ${after}` : `This includes ${what}, ${after}`];
}

/** "34 snapshots (up to $100 a month)" */
export function freedInShort(frees: FreedByKind, words: WordsByKind): string {
  return Object.entries(frees)
    .map(([kind, of]) => `${countOfKinds(of.resources, [kind], words)} (${moneyOf(of)})`)
    .join(' and ');
}

/** "Of its cost, up to $5 a month is still paid once it is gone." */
export function remainsInWords({
  remainingMonthlyCostUsdUpTo: usd,
}: Pick<Finding, 'remainingMonthlyCostUsdUpTo'>): string[] {
  if (usd === undefined || usd === 0) return [];
  const how = usd === null ? 'an amount without a known price' : savingInWords(usd);
  return [`Of its cost, ${how} is still paid once it is gone.`];
}

/** "2 snapshots (up to $12 a month) may be deleted once it is gone." */
export function freesInWords(frees: readonly Freed[] | undefined, words: WordsByKind): string[] {
  const kinds = [...new Set((frees ?? []).map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const of = (frees ?? []).filter((one) => one.kind === kind);
    const others = new Set(of.flatMap(({ holders }) => holders)).size - 1;
    const holders = others === 0 ? 'it is' : `it and ${formatNoun(others, 'other')} are`;
    const money = moneyOf({
      resources: of.length,
      monthlyCostUsdUpTo: of.reduce((sum, one) => add(sum, one.monthlyCostUsdUpTo ?? 0), 0),
      unpriced: of.filter(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo === null).length,
    });
    const what = countOfKinds(of.length, [kind], words);
    return `${what} (${money}) may be deleted once ${holders} gone.`;
  });
}

/** What has no price is never told as $0. */
function moneyOf(of: FreedWorth): string {
  const { monthlyCostUsdUpTo, unpriced } = of;
  if (isUnpriced(of)) return 'no known price';
  const rest = unpriced === 0 ? '' : `, ${formatCount(unpriced)} without a known price`;
  return `${savingInWords(monthlyCostUsdUpTo)}${rest}`;
}

function isUnpriced({ resources, unpriced }: FreedWorth): boolean {
  return unpriced >= resources;
}

/** Whoever reads how much is unused may take all of it for proved. */
export function unprovedInWords({
  staleUnproved: of,
}: Pick<KindCounts, 'staleUnproved'>): string[] {
  if (of === undefined) return [];
  const [looks, noneIs] = of.resources === 1 ? ['looks', 'it is not'] : ['look', 'none of them is'];
  const cost = of.monthlyCostUsdUpTo > 0 ? ` (${savingInWords(of.monthlyCostUsdUpTo)})` : '';
  return [
    `${formatCount(of.resources)} of the unused${cost} only ${looks} so: the check for it gave no answer. Until it does, ${noneIs} deleted.`,
  ];
}
