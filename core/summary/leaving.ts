import { add, addWorth, combineWorth, NO_WORTH, type Worth, worthOf } from '../model/amount.ts';
import { DAY_MS } from '../model/age.ts';
import { EMPTY_STAGE } from './funnel/funnel.ts';
import { compare, mostOf } from '../model/order.ts';
import type { RemovalOutcome } from '../outcome/outcome.ts';
import type { Plan, PlannedRemoval } from '../plan/plan.ts';
import type { Leaving } from './savings.ts';
import { resourceKey } from '../model/ids.ts';
import { makesOf } from '../prices/making.ts';
import { sharingGroup } from '../plan/amount-of-removals.ts';

/**
 * Adds to what was removed until when AWS bills it, what is paid after that, and what it shares data with,
 * and to a step what it made costs. What a rule should keep and nobody saw in the Recycle Bin may lie
 * there nevertheless.
 */
export function tellBilling(plan: Plan | null, removals: readonly RemovalOutcome[]) {
  const planned = new Map(plan?.removals.map((removal) => [resourceKey(removal), removal]));
  return removals.map((removal): RemovalOutcome => {
    const of: Partial<PlannedRemoval> = planned.get(resourceKey(removal)) ?? {};
    if (removal.outcome === 'STEP_DONE') return { ...removal, ...makesOf(of) };
    if (removal.outcome !== 'REMOVED') return removal;
    const { restorableDays = 0, sharesWith, remainingMonthlyCostUsdUpTo: remaining } = of;
    const { restorableUntil, at } = removal;
    const lastDay = new Date(Date.parse(at) + restorableDays * DAY_MS).toISOString();
    const billedUntil = restorableUntil ?? lastDay;
    return {
      ...{ ...removal, billedUntil },
      ...(remaining !== undefined && { remainingMonthlyCostUsdUpTo: remaining }),
      ...(sharesWith !== undefined && { sharesWith }),
    };
  });
}

/** In one account, Region and kind, of what shares data; a resource that shares none is its own. */
interface Group {
  readonly kind: string;
  untilMs: number;
  largest: Worth;
  restored: Worth;
}

/**
 * What of each kind leaves the Recycle Bin day by day, of what was removed and not restored. Of what shares data
 * the largest counts, once, and on the day on which the last of it leaves; all that was restored of
 * it is taken off, as nobody knows how much they share.
 *
 * @param restored by `resourceKey`
 */
export function leavingOf(
  removals: Iterable<RemovalOutcome>,
  restored: ReadonlySet<string> = new Set(),
): Leaving[] {
  const groups = new Map<string, Group>();
  const days = new Map<string, Leaving>();
  for (const removal of removals) {
    if (removal.outcome !== 'REMOVED') continue;
    const isBack = restored.has(resourceKey(removal));
    const untilMs = isBack ? -Infinity : Date.parse(untilOf(removal));
    const worth = worthOf(removal);
    const key = groupKey(removal);
    const group = groups.get(key);
    groups.set(key, {
      kind: removal.kind,
      untilMs: Math.max(group?.untilMs ?? -Infinity, untilMs),
      largest: group === undefined ? worth : combineWorth(group.largest, worth, Math.max),
      restored: addWorth(group?.restored ?? NO_WORTH, isBack ? worth : NO_WORTH),
    });
    if (!isBack) addTo(days, untilMs, { ...EMPTY_STAGE, resources: 1, kind: removal.kind });
  }
  for (const { kind, untilMs, largest, restored: back } of groups.values()) {
    if (untilMs === -Infinity) continue;
    const left = combineWorth(largest, back, (all, off) => Math.max(0, add(all, -off)));
    addTo(days, untilMs, { ...left, resources: 0, kind });
  }
  return [...days.values()].toSorted(
    (a, b) => Date.parse(a.until) - Date.parse(b.until) || compare(a.kind, b.kind),
  );
}

/** Lines of older versions don't tell. */
function untilOf({ billedUntil, restorableUntil, at }: RemovalOutcome): string {
  return billedUntil ?? restorableUntil ?? at;
}

function groupKey(removal: RemovalOutcome): string {
  const shared = sharingGroup(removal);
  return shared === undefined ? resourceKey(removal) : `shared:${shared}`;
}

function addTo(days: Map<string, Leaving>, untilMs: number, amounts: Omit<Leaving, 'until'>) {
  const { kind } = amounts;
  const day = `${new Date(untilMs).toISOString().slice(0, 10)}/${kind}`;
  const known = days.get(day);
  const lastMs = mostOf([untilMs, known === undefined ? untilMs : Date.parse(known.until)]);
  days.set(day, {
    kind,
    until: new Date(lastMs).toISOString(),
    resources: (known?.resources ?? 0) + amounts.resources,
    ...addWorth(known ?? NO_WORTH, amounts),
  });
}
