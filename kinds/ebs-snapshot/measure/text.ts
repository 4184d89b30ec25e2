import { groupsByKey } from '../../../core/model/group-by.ts';
import { GIB } from '../../../core/model/amount.ts';
import { blockRequestsUsd } from './block-request-price.ts';
import type { Choice } from './choice.ts';
import type { MeasureEstimate, Range } from './estimate.ts';
import { REQUESTS_PER_SECOND } from './estimate.ts';
import type { MeasuredLineage } from '../../../core/measure/measured.ts';
import { targetKey } from '../../../core/model/target.ts';
import { listed } from '../../../report/format/quoted.ts';
import { columns, oneLine, wrap } from '../../../report/format/layout.ts';
import {
  formatCount,
  formatSize,
  formatNoun,
  formatUsdUpTo,
} from '../../../report/format/money.ts';
import { leastOf } from '../../../core/model/order.ts';

/** What measuring is going to take, before anything is sent. */
export function renderEstimate(
  of: MeasureEstimate,
  from: {
    readonly maxRequests: number;
    readonly lineages: number;
    /** By volumes measured before; null or left out: nothing tells. */
    readonly likely?: { readonly requests: number; readonly measured: number } | null;
    readonly leftOut?: Choice['leftOut'];
    /** Whether what is allowed is sure to be enough for one at least. */
    readonly isOneSure?: boolean;
  },
): string {
  const { lineages, resources, requests, usd, requestsWithoutPrice, seconds } = of;
  const unpriced = range(requestsWithoutPrice, formatCount);
  const cost =
    usd === null
      ? 'not known: the price of a request is known for none of these Regions'
      : `${range(usd, formatSmallUsd)}${requestsWithoutPrice.atMost > 0 ? `, and ${unpriced} requests in Regions whose price isn't known` : ''}`;
  const most = formatCount(from.maxRequests);
  const bound =
    requests.atMost > from.maxRequests
      ? `; ${most} are allowed, ${from.isOneSure === false ? 'which may be too few for any one: then they are spent, and nothing is measured' : 'and what they are not enough for stays unmeasured'}`
      : `, and never more than ${most}`;
  return `${[
    ...wrap(
      `Measuring ${formatNoun(resources, 'snapshot')} of the ${formatNoun(lineages, 'most expensive volume')} (of ${formatCount(from.lineages)}).`,
      '',
    ),
    ...labelled('requests', `${range(requests, formatCount)}${bound}`),
    ...(from.likely
      ? labelled(
          'likely',
          `about ${formatCount(from.likely.requests)}, by the ${formatNoun(from.likely.measured, 'volume')} measured before`,
        )
      : []),
    ...labelled('cost', cost),
    ...labelled(
      'time',
      `${range(seconds, formatSeconds)}, at ${REQUESTS_PER_SECOND} requests a second in each account and Region`,
    ),
    ...leftOutLines(from.leftOut ?? [], from.maxRequests),
  ].join('\n')}\n`;
}

/** Nothing that could be measured fits in what is allowed. */
export function renderNothingFits(leftOut: Choice['leftOut'], maxRequests: number): string {
  return `${leftOutLines(leftOut, maxRequests).join('\n')}\n`;
}

const MOST_NAMED = 3;

function leftOutLines(leftOut: Choice['leftOut'], maxRequests: number): string[] {
  if (leftOut.length === 0) return [];
  const least = formatNoun(leastOf(leftOut.map(({ needs }) => needs)), 'request');
  const names = leftOut.map(({ lineage }) => lineage.lineageId);
  return wrap(
    `Left out, as ${formatCount(maxRequests)} are not enough for them, too: ${formatNoun(leftOut.length, 'volume')} (${listed(names, MOST_NAMED)}); the smallest needs about ${least}. To allow more: --max-requests N.`,
    '',
  );
}

function labelled(label: string, text: string): string[] {
  return wrap(text, `  ${label.padEnd(10)}`);
}

/** What was measured, target by target, what wasn't and why, and what it took. */
export function renderMeasured(
  lines: readonly MeasuredLineage[],
  requests: Readonly<Record<string, number>>,
): string {
  const measured = lines.filter(({ freed }) => freed !== null);
  const failed = lines.filter(({ freed }) => freed === null);
  const targets = [...new Set(measured.map(targetKey))];
  return `${[
    ...targets.flatMap((key) => targetTable(measured.filter((one) => targetKey(one) === key))),
    ...(failed.length > 0 ? ['NOT MEASURED', ...failureLines(failed), ''] : []),
    ...(measured.length > 0 ? [...totalLines(measured, lines.length), ''] : []),
    ...wrap(requestsInWords(requests), ''),
  ].join('\n')}\n`;
}

function targetTable(lines: readonly MeasuredLineage[]): string[] {
  const [first] = lines;
  const rows = lines.map((line) => [
    oneLine(line.lineageId),
    `${formatCount(line.stale.length)} of ${formatCount(line.stale.length + line.kept.length)}`,
    formatSize(line.reported.bytes / GIB),
    formatSize(line.upTo.bytes / GIB),
    amount(line.freed),
    amount(line.freedButLastCopy),
  ]);
  const head = ['VOLUME', 'UNUSED', 'REPORTED', 'AT MOST', 'ACTUAL', 'IF LAST COPIES STAY'];
  return [`${first?.accountId ?? ''}  ${first?.region ?? ''}`, ...columns([head, ...rows], 1), ''];
}

function amount(of: MeasuredLineage['freed']): string {
  if (of === null) return 'not known';
  const size = formatSize(of.bytes / GIB);
  return of.monthlyCostUsd === null ? size : `${size}, ${formatUsdUpTo(of.monthlyCostUsd)}`;
}

/** Each failure once, and what it kept from being measured. */
function failureLines(lines: readonly MeasuredLineage[]): string[] {
  const byFailure = groupsByKey(lines, ({ failure }) => {
    const { code = 'Unknown', message = '' } = failure ?? {};
    return `${code}: ${message}`;
  });
  return [...byFailure].flatMap(([failure, failed]) => [
    ...wrap(failure, '  '),
    ...failed.map(
      ({ accountId, region, lineageId }) => `    ${oneLine(lineageId)}  ${accountId}  ${region}`,
    ),
  ]);
}

function totalLines(measured: readonly MeasuredLineage[], all: number): string[] {
  const sum = (of: (line: MeasuredLineage) => number | null | undefined) =>
    measured.reduce((total, line) => total + (of(line) ?? 0), 0);
  const size = (bytes: number) => formatSize(bytes / GIB);
  const usd = sum(({ freed }) => freed?.monthlyCostUsd);
  const isPriced = measured.some(({ freed }) => (freed?.monthlyCostUsd ?? null) !== null);
  const money = isPriced ? `, ${formatUsdUpTo(usd)} a month where a price is known` : '';
  const isPlanned = measured.every(({ freedButLastCopy }) => freedButLastCopy !== null);
  const lastCopy = isPlanned
    ? `; ${size(sum(({ freedButLastCopy }) => freedButLastCopy?.bytes))} if the last copies stay`
    : '';
  return [
    ...wrap(
      `Measured ${formatCount(measured.length)} of ${formatNoun(all, 'volume')}: ${size(sum(({ reported }) => reported.bytes))} by the report, ${size(sum(({ upTo }) => upTo.bytes))} at most, really ${size(sum(({ freed }) => freed?.bytes))}${money}${lastCopy}.`,
      '',
    ),
    ...wrap(
      'Counted among the snapshots of each volume. What those of another volume share, that was made from one of these, no list tells: it is counted, too.',
      '',
    ),
  ];
}

/** What the requests of one or more Regions cost. */
function requestsInWords(requests: Readonly<Record<string, number>>): string {
  const { all, usd, unpriced } = costOfRequests(requests);
  if (all === 0) return 'No request was sent.';
  const unknown = `${unpriced === all ? 'their price' : `the price of ${formatCount(unpriced)}`} isn't known`;
  const cost = [usd === null ? [] : [formatSmallUsd(usd)], unpriced > 0 ? [unknown] : []].flat();
  return `${formatNoun(all, 'request')} sent: ${cost.join(', ')}.`;
}

/** By Region: how many requests there were, and what is known of their cost. */
export function costOfRequests(requests: Readonly<Record<string, number>>): {
  readonly all: number;
  readonly usd: number | null;
  readonly unpriced: number;
} {
  const each = Object.entries(requests).map(([region, count]) => ({
    count,
    usd: blockRequestsUsd(region, count),
  }));
  const all = each.reduce((sum, { count }) => sum + count, 0);
  const priced = each.filter(({ usd }) => usd !== null);
  return {
    all,
    usd: priced.length === 0 ? null : priced.reduce((sum, { usd }) => sum + (usd ?? 0), 0),
    unpriced: all - priced.reduce((sum, { count }) => sum + count, 0),
  };
}

function range({ atLeast, atMost }: Range, format: (value: number) => string): string {
  const [from, to] = [format(atLeast), format(atMost)];
  if (from === to && to.startsWith('less')) return to;
  return from === to ? `about ${to}` : `from ${from} to about ${to}`;
}

/** Thousandths of a dollar count here. */
function formatSmallUsd(usd: number): string {
  if (usd === 0) return '$0';
  return usd < 0.0001 ? 'less than $0.0001' : `$${usd.toFixed(4)}`;
}

function formatSeconds(seconds: number): string {
  if (seconds < 120) return formatNoun(Math.max(1, seconds), 'second');
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120
    ? formatNoun(minutes, 'minute')
    : formatNoun(Math.ceil(minutes / 60), 'hour');
}
