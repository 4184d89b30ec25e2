import type { Finding } from '../../model/verdict.ts';
import { isForPerson } from '../hold-lift.ts';
import type { StayingMember } from '../plan.ts';
import type { Draft } from './sets.ts';

/** A stale resource, and which step of its removal is next. */
export interface DraftOfStep extends Draft {
  /** Its place among the steps of its kind. */
  readonly stepIndex: number;
}

/**
 * Holds each part of something that stays: an image whose index isn't removed. What it is a part of has
 * to go in the same plan, or to have gone further already. The whole goes whatever becomes of its parts.
 *
 * @param listed all findings of the target, to say why something that isn't stale stays
 */
export function holdPartsOfStaying(
  drafts: readonly DraftOfStep[],
  listed: readonly Finding[],
): void {
  if (drafts.every((draft) => wholesOf(draft).length === 0)) return;
  const byId = new Map<string, DraftOfStep>();
  const free = new Set<DraftOfStep>();
  const kept = new Map(
    listed.flatMap((one) => (one.verdict === 'STALE' ? [] : [[one.resourceId, one] as const])),
  );
  for (const part of wholesFirst(drafts, namesOf)) {
    const staying = wholesOf(part).filter((id) => {
      // In use, not seen, not there; or it is a part of this one in turn.
      const whole = byId.get(id);
      if (whole === undefined) return true;
      if (whole.stepIndex !== part.stepIndex) return whole.stepIndex < part.stepIndex;
      return !free.has(whole);
    });
    const { finding, reasons } = part;
    if (staying.length > 0) {
      if (!reasons.includes('WHOLE_STAYS')) reasons.push('WHOLE_STAYS');
      part.notWhole = hardestOfAll(staying.map((id) => whyStays(id, byId.get(id), kept)));
    }
    byId.set(finding.resourceId, part);
    if (reasons.length === 0) free.add(part);
  }
}

/** What keeps a whole, down to what it is a part of itself; undefined: nobody knows. */
function whyStays(
  resourceId: string,
  whole: DraftOfStep | undefined,
  kept: ReadonlyMap<string, Finding>,
): StayingMember | undefined {
  if (whole === undefined) {
    const reasons = kept.get(resourceId)?.reasons;
    return reasons && { resourceId, reasons };
  }
  const own = whole.reasons.filter((reason) => reason !== 'WHOLE_STAYS');
  if (own.length > 0) return { resourceId, reasons: own };
  return whole.reasons.length > 0 ? whole.notWhole : { resourceId, reasons: ['STEP_NOT_DUE'] };
}

/** The one on which a person decides, before those that only wait; undefined where nobody knows of one. */
function hardestOfAll(staying: readonly (StayingMember | undefined)[]): StayingMember | undefined {
  if (staying.includes(undefined)) return undefined;
  return staying.find((one) => one !== undefined && isForPerson(one)) ?? staying[0];
}

/**
 * Holds what is of a set, and what is a part, where a kind has both: a limit may hold a set as a whole, and
 * its parts would wait for it for ever.
 */
export function holdPartsBesideSets(drafts: readonly Draft[]): void {
  const inSets = drafts.filter(({ finding }) => finding.evidence.set !== undefined);
  const parts = drafts.filter((draft) => wholesOf(draft).length > 0);
  if (inSets.length === 0 || parts.length === 0) return;
  for (const { reasons } of inSets) reasons.push('SET_NOT_WHOLE');
  for (const { reasons } of parts) reasons.push('WHOLE_STAYS');
}

function wholesOf({ finding }: Draft): readonly string[] {
  return finding.evidence.partOf ?? [];
}

/** What a stale resource is called, and then what it is a part of. */
export function namesOf(draft: Draft): readonly [string, ...string[]] {
  return [draft.finding.resourceId, ...wholesOf(draft)];
}

/**
 * Each after all that it is a part of, and otherwise as given: so a limit on numbers cuts off parts and
 * never what they are parts of.
 *
 * @param named what it is called, and then what it is a part of
 */
export function wholesFirst<T>(
  items: readonly T[],
  named: (item: T) => readonly [string, ...string[]],
): readonly T[] {
  if (items.every((item) => named(item).length === 1)) return items;
  const byName = new Map(items.map((item) => [named(item)[0], item]));
  const ordered = new Set<T>();
  const begun = new Set<T>();
  for (const item of items) {
    // No recursion: a chain of parts is as long as somebody makes it.
    const waiting = [item];
    for (let last = waiting.at(-1); last !== undefined; last = waiting.at(-1)) {
      begun.add(last);
      const wholes = named(last)
        .slice(1)
        .flatMap((name) => byName.get(name) ?? [])
        .filter((whole) => !begun.has(whole));
      waiting.push(...wholes.toReversed());
      if (wholes.length > 0) continue;
      ordered.add(last);
      waiting.pop();
    }
  }
  return [...ordered];
}
