import type { Probe } from './probe.ts';
import { ABSENT_PROBES } from './probes/absent.ts';
import { ANSWER_PROBES } from './probes/answers.ts';
import { DENIAL_PROBES } from './probes/denials.ts';
import { LISTING_PROBES } from './probes/listings.ts';
import { OTHER_PROBES } from './probes/others.ts';
import { RECYCLE_BIN_PROBES } from './probes/recycle-bin.ts';
import { REGION_AND_PRICE_PROBES } from './probes/regions-and-prices.ts';
import { SNAPSHOT_PROBES } from './probes/snapshots.ts';

/** All that a script can settle, in the order in which it is tried: what reads comes first. */
export const PROBES: readonly Probe[] = [
  ...LISTING_PROBES,
  ...ANSWER_PROBES,
  ...ABSENT_PROBES,
  ...REGION_AND_PRICE_PROBES,
  ...DENIAL_PROBES,
  ...SNAPSHOT_PROBES,
  ...RECYCLE_BIN_PROBES,
  ...OTHER_PROBES,
];

/** For a day of a volume of 1 GiB and of snapshots of it that are empty, at most: $0.02 in any Region. */
const PARTS_USD = 0.02;

/** What a run costs at most, in US dollars. */
export function costUsd(write: boolean): number {
  const sent = PROBES.filter(({ sends }) => write || sends === 'READS');
  const sum = sent.reduce((total, probe) => total + probe.costUsd, write ? PARTS_USD : 0);
  return Math.round(sum * 100) / 100;
}
