import type { AllPrices } from '../../core/prices/all-prices.ts';
import type { PriceDifference } from '../../core/prices/differences.ts';
import { figuresOf, usdOf } from '../../core/prices/figures.ts';
import type { Figure } from '../../core/prices/kind-prices.ts';
import type { PriceSource, PriceTable } from '../../core/prices/price-table.ts';
import { sourceOf } from '../../core/prices/sources.ts';
import { oneLine } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { ageInDays, OLD_PRICES_DAYS } from '../words/price-age.ts';

/** The prices that hold, and where they are from. */
export interface PricesShown extends Pick<AllPrices, 'sections'> {
  readonly prices: PriceTable;
  /** Of the file; null: they came with orgsweep. */
  readonly location: string | null;
  /** Why the file's own do not hold. */
  readonly failure: string | null;
}

const SOME_DIFFERENCES = 30;

/** `orgsweep prices`. */
export function renderPrices(shown: PricesShown, now: Date): string {
  const { prices, location, failure } = shown;
  const sections = shown.sections.map(({ kind, figures }) => ({
    ...{ kind, columns: figures.filter(({ column }) => column !== undefined) },
  }));
  const sources = sourcesOf(
    prices,
    sections.flatMap(({ columns }) => columns),
  );
  const days = ageInDays(prices.asOf, now);
  const where = location === null ? 'These prices came with orgsweep.' : `Prices in ${location}.`;
  const old =
    days > OLD_PRICES_DAYS
      ? ` They are old. To get those of today: orgsweep prices --update.`
      : ' To get those of today: orgsweep prices --update.';
  return [
    ...(failure === null ? [] : [oneLine(`Not used: ${failure}.`)]),
    `${where} As of ${prices.asOf}, ${inDays(days)}.${old}`,
    '',
    'USD. "-" is not known: what has no price is shown without money.',
    '',
    ...sections.flatMap(({ kind, columns }) => [
      `${kind ?? 'Of no kind that orgsweep scans yet'}, ${unitsOf(columns)}`,
      '',
      ...tableOf(prices, columns, sources),
      '',
    ]),
    'Sources',
    ...sources.map(
      ({ asOf, source }, index) =>
        `  ${index + 1}  ${asOf}, ${inDays(ageInDays(asOf, now))}: ${oneLine(source)}`,
    ),
    '',
    'These are list prices: discounts of your contract are not in them. Prices without a column are in --json.',
    '',
  ].join('\n');
}

function inDays(days: number): string {
  return days <= 0 ? 'of today' : `${formatNoun(days, 'day')} old`;
}

/** "by GiB and month; IPv4 by hour" */
function unitsOf(columns: readonly Figure[]): string {
  const units = [...new Set(columns.map(({ per }) => per))];
  return units
    .map((unit, index) => {
      const titles = columns.flatMap(({ per, column = '' }) => (per === unit ? [column] : []));
      return index === 0 ? `by ${unit}` : `${titles.join(', ')} by ${unit}`;
    })
    .join('; ');
}

function tableOf(
  prices: PriceTable,
  columns: readonly Figure[],
  sources: readonly PriceSource[],
): string[] {
  const rows = Object.keys(prices.regions)
    .toSorted()
    .flatMap((region) => {
      const cells = columns.map(({ name }) => usdOf(prices, region, name));
      if (cells.every((usd) => usd === null)) return [];
      const from = columns.flatMap(({ name }, index) =>
        cells[index] === null ? [] : [numberOf(sourceOf(prices, region, name), sources)],
      );
      const own = [...new Set(from)].toSorted((a, b) => a - b);
      return [[region, ...cells.map((usd) => (usd === null ? '-' : usdText(usd))), own.join(',')]];
    });
  const all = [['Region', ...columns.map(({ column = '' }) => column), 'from'], ...rows];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(' ')
      .trimEnd(),
  );
}

/** Those of the figures that people read, each once, the table's own first. */
function sourcesOf(prices: PriceTable, columns: readonly Figure[]): PriceSource[] {
  const { asOf, source } = prices;
  const all = [
    { asOf, source },
    ...Object.keys(prices.regions).flatMap((region) =>
      columns.flatMap(({ name }) =>
        usdOf(prices, region, name) === null ? [] : [sourceOf(prices, region, name)],
      ),
    ),
  ];
  return [...new Map(all.map((one) => [nameOf(one), one])).values()];
}

function numberOf(source: PriceSource, sources: readonly PriceSource[]): number {
  return sources.findIndex((one) => nameOf(one) === nameOf(source)) + 1;
}

function nameOf({ asOf, source }: PriceSource): string {
  return `${asOf} ${source}`;
}

/** All digits that say something, and no noise of binary fractions. */
function usdText(usd: number): string {
  return String(Number(usd.toFixed(10)));
}

/** `orgsweep prices --update`, after it wrote. */
export function renderUpdated(of: {
  readonly prices: PriceTable;
  readonly figures: readonly Figure[];
  readonly location: string;
  readonly differences: readonly PriceDifference[];
  /** What held before, in words. */
  readonly before: string;
}): string {
  const { prices, location, differences, before } = of;
  const wordsOf = wordsAmong(of.figures);
  const all = figuresOf(prices).length;
  const changed = differences.filter((one) => one.before !== null && one.now !== null);
  const gone = differences.filter(({ now }) => now === null);
  const lines = [...changed, ...gone].map(
    ({ region, figure, before: was, now }) =>
      `  ${region.padEnd(15)} ${wordsOf(figure).padEnd(24)} ${was === null ? '-' : usdText(was)} -> ${now === null ? 'not listed' : usdText(now)}`,
  );
  const more = lines.length - SOME_DIFFERENCES;
  return [
    `Prices of ${formatNoun(Object.keys(prices.regions).length, 'Region')} are in ${location}, as of ${prices.asOf}.`,
    `Source: ${prices.source}`,
    `Compared with ${before}: ${formatNoun(changed.length, 'price')} of ${formatCount(all)} changed, ${formatCount(differences.length - changed.length - gone.length)} new, ${formatCount(gone.length)} no longer listed.`,
    ...lines.slice(0, SOME_DIFFERENCES),
    ...(more > 0 ? [`  and ${formatCount(more)} more: --json has all of them`] : []),
    ...newInWords(differences, wordsOf),
    'The next run goes by these prices.',
    '',
  ].join('\n');
}

/** "new: snapshot, archive tier in 35 Regions" */
function newInWords(
  differences: readonly PriceDifference[],
  wordsOf: (figure: string) => string,
): string[] {
  const regions = new Map<string, Set<string>>();
  for (const { region, figure, before } of differences) {
    if (before !== null) continue;
    const words = wordsOf(figure);
    regions.set(words, (regions.get(words) ?? new Set()).add(region));
  }
  return [...regions].map(([words, of]) => `  new: ${words} in ${formatNoun(of.size, 'Region')}`);
}

/** "volume, io1" */
function wordsAmong(figures: readonly Figure[]): (figure: string) => string {
  const words = new Map(figures.map((one) => [one.name, one.words]));
  return (figure) => words.get(figure) ?? figure;
}
