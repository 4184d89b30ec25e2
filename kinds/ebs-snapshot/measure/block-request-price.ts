/**
 * USD for 1,000 requests of ListSnapshotBlocks or ListChangedBlocks, by Region: each page is one.
 * Source: https://aws.amazon.com/ebs/pricing/ (EBS direct APIs), read on 2026-11-21. For Regions that
 * aren't here only requests are told.
 */
const USD_PER_1000_REQUESTS: Readonly<Record<string, number>> = { 'us-east-1': 0.0006 };

/** @returns null where the Region's price isn't known */
export function blockRequestsUsd(region: string, requests: number): number | null {
  const price = USD_PER_1000_REQUESTS[region];
  return price === undefined ? null : (price * requests) / 1000;
}
