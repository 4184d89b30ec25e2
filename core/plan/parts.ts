import type { Draft } from './sets.ts';

/** A stale resource, and which step of its removal is next. */
export interface DraftOfStep extends Draft {
  /** Its place among the steps of its kind. */
  readonly stepIndex: number;
}

/**
 * Holds each part of something that stays: an image whose index isn't removed. What it is a part of has
 * to go in the same plan, or to have gone further already. The whole goes whatever becomes of its parts.
 */
export function holdPartsOfStaying(drafts: readonly DraftOfStep[]): void {
  const parts = drafts.filter(({ finding }) => finding.evidence.partOf !== undefined);
  if (parts.length === 0) return;
  const byId = new Map(drafts.map((draft) => [draft.finding.resourceId, draft]));
  const free = new Set(
    drafts.filter(({ finding: { evidence }, reasons }) => {
      return reasons.length === 0 && evidence.partOf === undefined;
    }),
  );
  const open = new Set(parts);
  // What is a part of a part waits for that one; what is a part of itself never gets through.
  for (let before = -1; before !== open.size;) {
    before = open.size;
    for (const part of open) {
      const mayGo = wholesOf(part).every((id) => {
        const whole = byId.get(id);
        if (whole === undefined) return false;
        if (whole.stepIndex !== part.stepIndex) return whole.stepIndex > part.stepIndex;
        return free.has(whole);
      });
      if (!mayGo) continue;
      open.delete(part);
      if (part.reasons.length === 0) free.add(part);
    }
  }
  for (const { reasons } of open) if (!reasons.includes('WHOLE_STAYS')) reasons.push('WHOLE_STAYS');
}

function wholesOf({ finding }: Draft): readonly string[] {
  return finding.evidence.partOf ?? [];
}

/**
 * Each after all that it is a part of, and otherwise as given: so a limit on numbers cuts off parts and
 * never what they are parts of.
 *
 * @param namesOf what it is called, and then what it is a part of
 */
export function wholesFirst<T>(
  items: readonly T[],
  namesOf: (item: T) => readonly [string, ...string[]],
): readonly T[] {
  if (items.every((item) => namesOf(item).length === 1)) return items;
  const byName = new Map(items.map((item) => [namesOf(item)[0], item]));
  const ordered = new Set<T>();
  const seen = new Set<T>();
  const add = (item: T) => {
    if (seen.has(item)) return;
    seen.add(item);
    for (const name of namesOf(item).slice(1)) {
      const whole = byName.get(name);
      if (whole !== undefined) add(whole);
    }
    ordered.add(item);
  };
  for (const item of items) add(item);
  return [...ordered];
}
