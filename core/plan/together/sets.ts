import type { StayingMember } from '../plan.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import type { Finding } from '../../model/verdict.ts';

/** A stale resource whose holds are being worked out. */
export interface Draft {
  readonly finding: Finding;
  readonly reasons: HoldReason[];
  notWhole?: StayingMember | undefined;
}

/** Each with what it stays or goes with, in the order of their first. */
export function groupBySet<T>(items: readonly T[], setOf: (item: T) => string | undefined): T[][] {
  const sets = new Map<string, T[]>();
  const units: T[][] = [];
  for (const item of items) {
    const id = setOf(item);
    const set = id === undefined ? undefined : sets.get(id);
    if (set !== undefined) {
      set.push(item);
      continue;
    }
    const unit = [item];
    units.push(unit);
    if (id !== undefined) sets.set(id, unit);
  }
  return units;
}

/**
 * Holds what belongs to a set of which another member stays for a reason of its own: the half of a
 * set that is left would be no consistent copy of anything.
 *
 * @param listed all findings of the target. A member that isn't among them is plainly in use: such
 *   ones are counted and not listed.
 */
export function holdBrokenSets(drafts: readonly Draft[], listed: readonly Finding[]): void {
  const sets = groupBySet(
    drafts.filter(({ finding }) => finding.evidence.set !== undefined),
    ({ finding }) => setKey(finding),
  );
  if (sets.length === 0) return;
  const kept = listed.filter(({ verdict, evidence }) => verdict !== 'STALE' && evidence.set);
  const keptOf = new Map(kept.map((finding) => [setKey(finding), finding]));
  const ids = new Set(listed.map(({ resourceId }) => resourceId));
  for (const set of sets) holdUnlessWhole(set, absentOf(set, keptOf, ids));
}

function setKey({ kind, evidence }: Finding): string {
  return `${kind}/${evidence.set?.id}`;
}

/** A member that isn't stale at all; undefined: all of them are. */
function absentOf(
  set: readonly Draft[],
  keptOf: ReadonlyMap<string, Finding>,
  listed: ReadonlySet<string>,
): StayingMember | undefined {
  const [first] = set;
  const of = first?.finding.evidence.set;
  if (first === undefined || of === undefined) return undefined;
  const kept = keptOf.get(setKey(first.finding));
  if (kept !== undefined) return { resourceId: kept.resourceId, reasons: kept.reasons };
  if (set.length >= of.size) return undefined;
  const unlisted = of.members.find((id) => !listed.has(id)) ?? of.id;
  return { resourceId: unlisted, reasons: ['IN_USE'] };
}

function holdUnlessWhole(set: readonly Draft[], absent: StayingMember | undefined): void {
  const firstWith = new Map<HoldReason, Draft>();
  for (const draft of set) {
    for (const reason of draft.reasons)
      if (reason !== 'SET_NOT_WHOLE' && !firstWith.has(reason)) firstWith.set(reason, draft);
  }
  for (const draft of set) {
    if (draft.notWhole !== undefined) continue;
    const [, stays] = [...firstWith].find(([reason]) => !draft.reasons.includes(reason)) ?? [];
    const why = absent ?? (stays && toStaying(stays));
    if (why !== undefined) draft.notWhole = why;
  }
  // Only now: else a reason that was given here would look like one of their own.
  for (const draft of set) {
    if (draft.notWhole !== undefined && !draft.reasons.includes('SET_NOT_WHOLE'))
      draft.reasons.push('SET_NOT_WHOLE');
  }
}

function toStaying({ finding, reasons }: Draft): StayingMember {
  const own = reasons.filter((reason) => reason !== 'SET_NOT_WHOLE');
  return { resourceId: finding.resourceId, reasons: own };
}

/**
 * What is over a limit on numbers: all but the oldest, and never a part of a set. A set that is
 * larger than the whole limit is held; the next one that finds no room ends it, or the younger would
 * go before the older.
 *
 * @param items oldest first
 */
export function surplusOf<T>(
  items: readonly T[],
  setOf: (item: T) => string | undefined,
  allowed: number,
): Set<T> {
  const surplus = new Set<T>();
  let room = allowed;
  for (const unit of groupBySet(items, setOf)) {
    if (unit.length <= room) {
      room -= unit.length;
      continue;
    }
    for (const item of unit) surplus.add(item);
    if (unit.length <= allowed) room = 0;
  }
  return surplus;
}
