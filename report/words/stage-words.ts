import type { Funnel } from '../../core/summary/funnel/funnel.ts';
import { day } from '../format/dates.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import { nounOf, type Told } from '../format/noun.ts';

/** "1,806 unused snapshots" */
export function unusedOf(count: number, summary: Told): string {
  const { one, many } = nounOf(summary);
  return formatNoun(count, `unused ${one}`, `unused ${many}`);
}

/** "1,148 of 1,806 unused snapshots" */
export function partOfUnused(part: number, all: number, summary: Told): string {
  return part === all
    ? unusedOf(all, summary)
    : `${formatCount(part)} of ${unusedOf(all, summary)}`;
}

/** 12 December, with the year where it is not that of `now`. */
export function dayFrom(now: string, timestamp: string): string {
  const told = day(timestamp);
  return timestamp.slice(0, 4) === now.slice(0, 4) ? told.replace(/ \d{4}$/, '') : told;
}

/** What people call the stages, the same in every text: whoever compares two must not guess. */
export const STAGE_LABEL = {
  unused: 'Unused',
  unusedThen: 'Unused when scanned',
  onlyReported: 'Only reported',
  waiting: 'Left to later runs',
  needsDecision: 'A person must decide',
  planned: 'Planned to delete',
  removable: 'Deletable now',
  removed: 'Deleted',
} as const;

/** "In grace until 2 December", with the year where it is not that of `now`. */
export function graceLabel({ firstUntil, lastUntil }: Funnel['inGrace'], now: string): string {
  if (firstUntil === null) return 'In grace';
  const [first, last] = [dayFrom(now, firstUntil), dayFrom(now, lastUntil ?? firstUntil)];
  return first === last ? `In grace until ${first}` : `In grace until ${first} to ${last}`;
}

/** "Saved since 3 October", with the year where it is not that of `now`. */
export function savedLabel(since: string | null, now: string): string {
  return since === null ? 'Saved so far' : `Saved since ${dayFrom(now, since)}`;
}

/** "In the Recycle Bin and billed until 5 December" */
export function binLabel(lastUntil: string | null, now: string): string {
  const until = lastUntil === null ? '' : ` until ${dayFrom(now, lastUntil)}`;
  return `In the Recycle Bin and billed${until}`;
}

/** What a step that is not the last one saves. */
export const SAVED_LATER = 'saved once a later run has deleted them';
