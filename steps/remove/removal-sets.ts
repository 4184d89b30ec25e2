import { setKeyOf, stays } from '../../core/summary/broken-sets.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { groupBySet } from '../../core/plan/sets.ts';
import { entryKey } from '../ledger/ledger.ts';
import { recheck } from './removal-check.ts';
import { fullBatchSize } from './removal-pace.ts';
import { type Batch, now, type RemovalRun, triesOf } from './removal-run.ts';
import { settle } from './removal-settling.ts';

/** A member that isn't in the batch was looked at no longer ago than this. */
const LOOK_AT_ALL_MILLISECONDS = 60_000;

/** Whether another member of the same set may go, as far as this check knows. */
type MayGo = (mate: PlannedRemoval) => boolean;

/** The other members of the set that a removal belongs to. */
function matesOf(run: RemovalRun, removal: PlannedRemoval): readonly PlannedRemoval[] {
  const set = run.sets.get(setKeyOf(removal) ?? '') ?? [];
  return set.filter((one) => one !== removal);
}

/**
 * Looks at all members of each set that the batch has only a part of, before the first of them goes:
 * a large set takes several batches. What isn't stale any more is settled by that, and then keeps
 * the others.
 */
export async function lookAtWholeSets(run: RemovalRun, { kind, removals }: Batch): Promise<void> {
  for (const set of groupBySet(removals, setKeyOf)) {
    const [first] = set;
    const key = first && setKeyOf(first);
    if (first === undefined || key === undefined) continue;
    const inBatch = new Set(set);
    const others = matesOf(run, first).filter((mate) => !inBatch.has(mate) && isPending(run, mate));
    const lookedAt = run.lookedAtSets.get(key) ?? -Infinity;
    if (others.length === 0 || now(run) - lookedAt < LOOK_AT_ALL_MILLISECONDS) continue;
    const startedAt = now(run);
    let free = 0;
    for (let from = 0; from < others.length; from += fullBatchSize(run.pace)) {
      const some = others.slice(from, from + fullBatchSize(run.pace));
      free += (await recheck(run, { kind, removals: some })).length;
      await run.lease.renew();
    }
    if (free === others.length) run.lookedAtSets.set(key, startedAt);
    else run.lookedAtSets.delete(key);
  }
}

/**
 * Those of which all others of the set may go as well, or are gone. Where one ended such that it
 * stays, the rest are settled; where one waits, they wait with it.
 */
export async function onlyWholeSets<T extends { readonly removal: PlannedRemoval }>(
  run: RemovalRun,
  ready: readonly T[],
  mayGo: MayGo,
): Promise<T[]> {
  const whole: T[] = [];
  for (const one of ready) {
    if (await isSetGoing(run, one.removal, mayGo)) whole.push(one);
  }
  return whole;
}

/** Whether nothing keeps the rest of its set; if it stays for good, it is settled as well. */
export async function isSetGoing(
  run: RemovalRun,
  removal: PlannedRemoval,
  mayGo: MayGo = (mate) => triesOf(run, mate).notBefore <= now(run),
): Promise<boolean> {
  const mates = matesOf(run, removal);
  if (mates.some((mate) => isKept(run, mate))) {
    await settle(run, removal, { outcome: 'PROTECTED', reasons: ['SET_NOT_WHOLE'] });
    return false;
  }
  return mates.every((mate) => !isPending(run, mate) || mayGo(mate));
}

/** What may go of a check: all that came through it, and what was looked at for its set's sake. */
export function mayGoAfter(
  run: RemovalRun,
  batch: readonly PlannedRemoval[],
  through: readonly { readonly removal: PlannedRemoval }[],
  others: MayGo = (mate) => run.lookedAtSets.has(setKeyOf(mate) ?? ''),
): MayGo {
  const inBatch = new Set(batch);
  const passed = new Set(through.map(({ removal }) => removal));
  return (mate) => (inBatch.has(mate) ? passed.has(mate) : others(mate));
}

function isPending(run: RemovalRun, removal: PlannedRemoval): boolean {
  return !run.ledger.outcomes.has(entryKey(removal));
}

function isKept(run: RemovalRun, removal: PlannedRemoval): boolean {
  const outcome = run.ledger.outcomes.get(entryKey(removal));
  return outcome !== undefined && stays(outcome);
}
