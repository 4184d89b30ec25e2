import { stays } from '../plan/together/broken-sets.ts';
import type { RemovalOutcome } from '../outcome/outcome.ts';

/** Another member of the same set. */
export interface Mate {
  /** How its removal ended; undefined: it hasn't. */
  readonly ended: Pick<RemovalOutcome, 'outcome'> | undefined;
  /** As far as this check knows. */
  readonly mayGo: boolean;
}

/**
 * What becomes of the other members of a set. STAY: one of them stays for good, so all do. WAIT: one
 * of them may not go yet. GO: all others may go as well, or are gone.
 */
export function othersOf(mates: Iterable<Mate>): 'GO' | 'WAIT' | 'STAY' {
  let others: 'GO' | 'WAIT' = 'GO';
  for (const { ended, mayGo } of mates) {
    if (ended !== undefined && stays(ended)) return 'STAY';
    if (ended === undefined && !mayGo) others = 'WAIT';
  }
  return others;
}
