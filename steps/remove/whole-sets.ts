import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { groupBySet } from '../../core/plan/together/sets.ts';
import { fullBatchSize } from '../../core/removal/pace.ts';
import { type Mate, othersOf } from '../../core/removal/set-members.ts';
import { setKeyOf } from '../../core/plan/together/broken-sets.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { decide, type Going } from './decide.ts';
import { lookAgain } from './looks/second-look.ts';
import type { Work } from './work.ts';
import { keyInTarget } from '../../core/model/ids.ts';

/** A member that isn't in the batch was looked at no longer ago than this. */
const LOOK_AT_ALL_MILLISECONDS = 60_000;

/** Whether another member of the same set may go, as far as this check knows. */
type MayGo = (mate: PlannedRemoval) => boolean;

/**
 * Looks at all members of each set that the batch has only a part of, before the first of them goes:
 * a large set takes several batches. What isn't stale any more is settled by that, and then keeps
 * the others.
 */
export async function lookAtWholeSets(
  work: Work,
  kind: KindInStep,
  removals: readonly PlannedRemoval[],
): Promise<void> {
  const { progress } = work;
  for (const set of groupBySet(removals, setKeyOf)) {
    const [first] = set;
    const key = first && setKeyOf(first);
    if (first === undefined || key === undefined) continue;
    const inBatch = new Set(set);
    const isOpen = (mate: PlannedRemoval) => !work.ledger.outcomes.has(keyInTarget(mate));
    const others = matesOf(work, first).filter((mate) => !inBatch.has(mate) && isOpen(mate));
    const lookedAt = progress.setsLookedAt.get(key) ?? -Infinity;
    if (others.length === 0 || progress.now() - lookedAt < LOOK_AT_ALL_MILLISECONDS) continue;
    const startedAt = progress.now();
    let free = 0;
    for (let from = 0; from < others.length; from += fullBatchSize(progress.pace)) {
      const some = others.slice(from, from + fullBatchSize(progress.pace));
      free += (await lookAgain(work, kind, some)).going.length;
      await work.lease.renew();
    }
    if (free === others.length) progress.setsLookedAt.set(key, startedAt);
    else progress.setsLookedAt.delete(key);
  }
}

/**
 * Those of which all others of the set may go as well, or are gone. Where one ended such that it
 * stays, the rest are settled; where one waits, they wait with it.
 */
export async function onlyWholeSets(
  work: Work,
  going: readonly Going[],
  mayGo: MayGo,
): Promise<Going[]> {
  const whole: Going[] = [];
  for (const one of going) {
    const then = await withItsSet(work, one, mayGo);
    if (then !== null) whole.push(then);
  }
  return whole;
}

/** One right before its removal: null where a refusal meanwhile keeps its set. */
export async function withItsSet(
  work: Work,
  one: Going,
  mayGo: MayGo = (mate) => work.progress.triesOf(mate).notBefore <= work.progress.now(),
): Promise<Going | null> {
  const { outcomes } = work.ledger;
  const mates = matesOf(work, one.removal).map((mate) => {
    const ended = outcomes.get(keyInTarget(mate));
    return { ended, mayGo: ended === undefined && mayGo(mate) };
  });
  const wholes = wholesOf(work, one.removal);
  const ofWholes = othersOf(wholes);
  if (ofWholes !== 'GO')
    return decide(work, one, { seen: 'SET', others: ofWholes, why: 'WHOLE_STAYS' });
  return decide(work, one, { seen: 'SET', others: othersOf(mates) });
}

/** What may go of a check: all that came through it, and what was looked at for its set's sake. */
export function mayGoAfter(
  work: Work,
  batch: readonly PlannedRemoval[],
  through: readonly Going[],
  others: MayGo = (mate) => work.progress.setsLookedAt.has(setKeyOf(mate) ?? ''),
): MayGo {
  const inBatch = new Set(batch);
  const passed = new Set(through.map(({ removal }) => removal));
  return (mate) => (inBatch.has(mate) ? passed.has(mate) : others(mate));
}

/** What a removal is a part of: all of it goes before. */
function wholesOf(
  { ledger: { outcomes } }: Work,
  { kind, partOf = [] }: PlannedRemoval,
): readonly Mate[] {
  return partOf.map((resourceId) => {
    return { ended: outcomes.get(keyInTarget({ kind, resourceId })), mayGo: false };
  });
}

/** The other members of the set that a removal belongs to. */
function matesOf({ sets }: Work, removal: PlannedRemoval): readonly PlannedRemoval[] {
  const set = sets.get(setKeyOf(removal) ?? '') ?? [];
  return set.filter((one) => one !== removal);
}
