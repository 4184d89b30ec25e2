import { blockRequestsUsd } from './block-request-price.ts';
import { BLOCK_BYTES } from './freed-blocks.ts';
import type { LineageToMeasure } from '../../../core/measure/measurable.ts';
import { mostOf } from '../../../core/model/order.ts';

/** As many as the EBS direct APIs give at once. */
export const BLOCKS_PER_PAGE = 10_000;
/** In each account and Region; AWS lets each account have 50. */
export const REQUESTS_PER_SECOND = 10;
/** Where there are requests enough: a measurement that has to stop has cost something for nothing. */
const TARGETS_AT_ONCE = 4;

export interface Range {
  readonly atLeast: number;
  readonly atMost: number;
}

/** What measuring takes, before anything is sent. Pages may be short: `atMost` isn't a promise. */
export interface MeasureEstimate {
  readonly lineages: number;
  readonly resources: number;
  readonly requests: Range;
  /** Of the requests whose Region has a known price; null: none has. */
  readonly usd: Range | null;
  readonly requestsWithoutPrice: Range;
  readonly seconds: Range;
  readonly targetsAtOnce: number;
}

/** @param maxRequests what may be sent in all; cost and time can't be more than these take */
export function estimateMeasuring(
  lineages: readonly LineageToMeasure[],
  maxRequests: number,
): MeasureEstimate {
  const each = lineages.map((lineage) => ({ lineage, requests: requestsFor(lineage) }));
  const unpriced = each.filter(({ lineage }) => blockRequestsUsd(lineage.region, 1) === null);
  const byTarget = new Map<string, Range>();
  for (const { lineage, requests } of each) {
    const key = `${lineage.accountId}/${lineage.region}`;
    byTarget.set(key, sum([byTarget.get(key) ?? NOTHING, requests]));
  }
  const requests = sum(each.map((one) => one.requests));
  const mostUsd = mostOf(
    each.map(({ lineage }) => blockRequestsUsd(lineage.region, maxRequests) ?? 0),
  );
  const targetsAtOnce = requests.atMost > maxRequests ? 1 : TARGETS_AT_ONCE;
  return {
    lineages: lineages.length,
    resources: lineages.reduce((count, { stale }) => count + stale.length, 0),
    requests,
    usd: unpriced.length === each.length ? null : upToMost(sum(each.map(usdOf)), mostUsd),
    requestsWithoutPrice: sum(unpriced.map((one) => one.requests)),
    seconds: secondsFor(
      upToMost(requests, maxRequests),
      [...byTarget.values()].map((target) => upToMost(target, maxRequests)),
      targetsAtOnce,
    ),
    targetsAtOnce,
  };
}

function upToMost({ atLeast, atMost }: Range, most: number): Range {
  return { atLeast: Math.min(atLeast, most), atMost: Math.min(atMost, most) };
}

const NOTHING: Range = { atLeast: 0, atMost: 0 };

/**
 * Each stale one is compared with its neighbours, of which two stale ones share a comparison; the
 * oldest of all has its blocks listed instead. A comparison is one page, or as many as if every
 * block had changed.
 */
export function requestsFor({ size, stale }: LineageToMeasure): Range {
  const all = Math.max(size, stale.length);
  const pagesOf = (bytes: number) => Math.max(1, Math.ceil(bytes / BLOCK_BYTES / BLOCKS_PER_PAGE));
  const largest = pagesOf(mostOf(stale.map(({ upToBytes }) => upToBytes)));
  const oldest = stale.length === all ? pagesOf(stale[0]?.upToBytes ?? 0) : 1;
  return {
    atLeast: stale.length - 1 + oldest,
    atMost: Math.min(2 * stale.length, all) * largest,
  };
}

function usdOf({ lineage, requests }: { lineage: LineageToMeasure; requests: Range }): Range {
  const usd = (count: number) => blockRequestsUsd(lineage.region, count) ?? 0;
  return { atLeast: usd(requests.atLeast), atMost: usd(requests.atMost) };
}

/** Targets go side by side, a few at once, and the largest one has to end. */
function secondsFor(all: Range, targets: readonly Range[], atOnce: number): Range {
  const seconds = (of: (range: Range) => number) =>
    Math.ceil(
      Math.max(of(all) / atOnce, mostOf(targets.map((target) => of(target)))) / REQUESTS_PER_SECOND,
    );
  return { atLeast: seconds(({ atLeast }) => atLeast), atMost: seconds(({ atMost }) => atMost) };
}

function sum(ranges: readonly Range[]): Range {
  return ranges.reduce(
    (total, { atLeast, atMost }) => ({
      atLeast: total.atLeast + atLeast,
      atMost: total.atMost + atMost,
    }),
    NOTHING,
  );
}
