import type { PriceDifference } from '../../core/prices/differences.ts';
import { figuresOf } from '../../core/prices/figures.ts';
import type { PriceSource, PriceTable } from '../../core/prices/price-table.ts';
import { sourceOf } from '../../core/prices/sources.ts';
import { oneLine } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { ageInDays, OLD_PRICES_DAYS } from '../words/price-age.ts';

/** The prices that hold, and where they are from. */
export interface PricesShown {
  readonly prices: PriceTable;
  /** Of the file; null: they came with orgsweep. */
  readonly location: string | null;
  /** Why the file's own do not hold. */
  readonly failure: string | null;
}

/** What people read of a table, from left to right: a title, and the figure. */
const COLUMNS: readonly (readonly [title: string, figure: string])[] = [
  ['snapshot', 'standardUsdPerGiBMonth'],
  ['archive', 'archiveUsdPerGiBMonth'],
  ['gp3', 'volumeUsdPerGiBMonth.gp3'],
  ['gp2', 'volumeUsdPerGiBMonth.gp2'],
  ['io1', 'volumeUsdPerGiBMonth.io1'],
  ['io2', 'volumeUsdPerGiBMonth.io2'],
  ['st1', 'volumeUsdPerGiBMonth.st1'],
  ['sc1', 'volumeUsdPerGiBMonth.sc1'],
  ['standard', 'volumeUsdPerGiBMonth.standard'],
  ['IPv4/h', 'publicIpv4UsdPerHour'],
];

const WORDS: Readonly<Record<string, string>> = {
  standardUsdPerGiBMonth: 'snapshot, standard tier',
  archiveUsdPerGiBMonth: 'snapshot, archive tier',
  fastRestoreUsdPerZoneHour: 'fast restore',
  volumeUsdPerGiBMonth: 'volume',
  volumeUsdPerIopsMonth: 'IOPS',
  gp3UsdPerMiBpsMonth: 'throughput, gp3',
  publicIpv4UsdPerHour: 'public IPv4',
  ecrUsdPerGiBMonth: 'ECR',
};

const SOME_DIFFERENCES = 30;

/** `orgsweep prices`. */
export function renderPrices({ prices, location, failure }: PricesShown, now: Date): string {
  const sources = sourcesOf(prices);
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
    'USD for a GiB and month; IPv4 for an hour. "-" is not known: such storage is shown in GiB only.',
    '',
    ...tableOf(prices, sources),
    '',
    'Sources',
    ...sources.map(
      ({ asOf, source }, index) =>
        `  ${index + 1}  ${asOf}, ${inDays(ageInDays(asOf, now))}: ${oneLine(source)}`,
    ),
    '',
    'These are list prices: discounts of your contract are not in them. Fast restore, IOPS and throughput are in --json.',
    '',
  ].join('\n');
}

function inDays(days: number): string {
  return days <= 0 ? 'of today' : `${formatNoun(days, 'day')} old`;
}

function tableOf(prices: PriceTable, sources: readonly PriceSource[]): string[] {
  const known = new Map(
    figuresOf(prices).map(({ region, figure, usd }) => [`${region} ${figure}`, usd]),
  );
  const rows = Object.keys(prices.regions)
    .toSorted()
    .map((region) => {
      const cells = COLUMNS.map(([, figure]) => known.get(`${region} ${figure}`));
      const from = COLUMNS.flatMap(([, figure], index) =>
        cells[index] === undefined ? [] : [numberOf(sourceOf(prices, region, figure), sources)],
      );
      const own = [...new Set(from)].toSorted((a, b) => a - b);
      return [
        region,
        ...cells.map((usd) => (usd === undefined ? '-' : usdText(usd))),
        own.join(','),
      ];
    });
  const all = [['Region', ...COLUMNS.map(([title]) => title), 'from'], ...rows];
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
function sourcesOf(prices: PriceTable): PriceSource[] {
  const { asOf, source } = prices;
  const all = [
    { asOf, source },
    ...Object.keys(prices.regions).flatMap((region) =>
      COLUMNS.map(([, figure]) => sourceOf(prices, region, figure)),
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
  readonly location: string;
  readonly differences: readonly PriceDifference[];
  /** What held before, in words. */
  readonly before: string;
}): string {
  const { prices, location, differences, before } = of;
  const all = figuresOf(prices).length;
  const changed = differences.filter((one) => one.before !== null && one.now !== null);
  const gone = differences.filter(({ now }) => now === null);
  const lines = [...changed, ...gone].map(
    ({ region, figure, before: was, now }) =>
      `  ${region.padEnd(15)} ${figureInWords(figure).padEnd(24)} ${was === null ? '-' : usdText(was)} -> ${now === null ? 'not listed' : usdText(now)}`,
  );
  const more = lines.length - SOME_DIFFERENCES;
  return [
    `Prices of ${formatNoun(Object.keys(prices.regions).length, 'Region')} are in ${location}, as of ${prices.asOf}.`,
    `Source: ${prices.source}`,
    `Compared with ${before}: ${formatNoun(changed.length, 'price')} of ${formatCount(all)} changed, ${formatCount(differences.length - changed.length - gone.length)} new, ${formatCount(gone.length)} no longer listed.`,
    ...lines.slice(0, SOME_DIFFERENCES),
    ...(more > 0 ? [`  and ${formatCount(more)} more: --json has all of them`] : []),
    ...newInWords(differences),
    'The next run goes by these prices.',
    '',
  ].join('\n');
}

/** "new: snapshot, archive tier in 35 Regions" */
function newInWords(differences: readonly PriceDifference[]): string[] {
  const regions = new Map<string, Set<string>>();
  for (const { region, figure, before } of differences) {
    if (before !== null) continue;
    const words = figureInWords(figure);
    regions.set(words, (regions.get(words) ?? new Set()).add(region));
  }
  return [...regions].map(([words, of]) => `  new: ${words} in ${formatNoun(of.size, 'Region')}`);
}

/** "volume, io1" */
function figureInWords(figure: string): string {
  const [key = '', type, tier] = figure.split('.');
  const kind = WORDS[key] ?? key;
  const of = tier === undefined ? type : `${type} tier ${Number(tier) + 1}`;
  return of === undefined ? kind : `${kind}, ${of}`;
}
