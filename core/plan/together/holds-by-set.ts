import { groupsByKey } from '../../model/group-by.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import { hardestOf, holdsOfStaying, type LiftedBy } from '../hold-lift.ts';
import type { HeldRemoval } from '../plan.ts';
import { setKeyOf } from './broken-sets.ts';

export interface Hold {
  readonly reason: HoldReason;
  readonly liftedBy: LiftedBy;
  /** It, and what stays or goes with it. */
  readonly together: readonly HeldRemoval[];
}

/**
 * What holds each of them back. A set goes when the last of what holds any member is lifted: one that
 * only waits for another member isn't for a person to decide, and goes no earlier than that one.
 */
export function holdsBySet(all: readonly HeldRemoval[]): (one: HeldRemoval) => Hold {
  const sets = groupsByKey(all, setKeyOf);
  return (one) => {
    const key = setKeyOf(one);
    const together = (key === undefined ? undefined : sets.get(key)) ?? [one];
    const own = hardestOf(one);
    const isOnlySet = own.reason === 'SET_NOT_WHOLE' && key !== undefined && waitsForItself(one);
    return { ...own, ...(isOnlySet && hardestWithin(together)), together };
  };
}

/** Whether the member that stays is held back; any other isn't stale at all, or nobody knows. */
function waitsForItself({ notWhole }: HeldRemoval): boolean {
  return holdsOfStaying(notWhole).length > 0;
}

/** undefined: a person has to decide on one of them. */
function hardestWithin(set: readonly HeldRemoval[]): Omit<Hold, 'together'> | undefined {
  const own = set
    .map(({ held, limit }) => ({
      held: held.filter((reason) => reason !== 'SET_NOT_WHOLE'),
      ...(limit && { limit }),
    }))
    .filter(({ held }) => held.length > 0)
    .map(hardestOf);
  if (own.some(({ liftedBy }) => liftedBy === 'PERSON')) return undefined;
  return own.find(({ reason }) => reason === 'IN_GRACE') ?? own[0];
}
