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
  if (drafts.every((draft) => wholesOf(draft).length === 0)) return;
  const byId = new Map<string, DraftOfStep>();
  const free = new Set<DraftOfStep>();
  for (const part of wholesFirst(drafts, namesOf)) {
    const mayGo = wholesOf(part).every((id) => {
      // In use, not seen, not there; or it is a part of this one in turn.
      const whole = byId.get(id);
      if (whole === undefined) return false;
      if (whole.stepIndex !== part.stepIndex) return whole.stepIndex > part.stepIndex;
      return free.has(whole);
    });
    const { finding, reasons } = part;
    if (!mayGo && !reasons.includes('WHOLE_STAYS')) reasons.push('WHOLE_STAYS');
    byId.set(finding.resourceId, part);
    if (reasons.length === 0) free.add(part);
  }
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
