import type { Funnel } from '../../core/summary/funnel.ts';
import { dayFrom } from './stage-words.ts';

/** What people call the stages, the same in every text: whoever compares two must not guess. */
export const STAGE_LABEL = {
  waiting: 'Left to later runs',
  needsDecision: 'A person must decide',
  planned: 'Planned to delete',
} as const;

/** "In grace until 2 December", with the year where it is not that of `now`. */
export function graceLabel({ firstUntil, lastUntil }: Funnel['inGrace'], now: string): string {
  if (firstUntil === null) return 'In grace';
  const [first, last] = [dayFrom(now, firstUntil), dayFrom(now, lastUntil ?? firstUntil)];
  return first === last ? `In grace until ${first}` : `In grace until ${first} to ${last}`;
}
