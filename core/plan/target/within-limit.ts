import type { Limits } from '../../input/input.ts';
import { isNotAllowed } from '../../outcome/undo.ts';
import type { HeldRemoval, LimitName, PlannedRemoval } from '../plan.ts';
import { namesOf, wholesFirst } from '../together/parts.ts';
import { surplusOf } from '../together/sets.ts';
import { toHeld, toRemoval } from './planned-and-held.ts';
import type { StaleDraft } from './stale-draft.ts';

/** What goes of one kind in one target, and what is held: for what holds it, or for the numbers. */
export function withinLimit(
  drafts: readonly StaleDraft[],
  tooStale: LimitName | null,
  limits: Limits,
): { readonly removals: PlannedRemoval[]; readonly held: HeldRemoval[] } {
  const ordered = wholesFirst(drafts, namesOf);
  const free = ordered.filter(({ reasons }) => tooStale === null && reasons.length === 0);
  const { limit, allowed } = mostRemovals(limits);
  const surplus = surplusOf(free, setOf, allowed);
  const removals: PlannedRemoval[] = [];
  const held: HeldRemoval[] = [];
  const planned = new Map(
    free.flatMap((draft) =>
      surplus.has(draft) ? [] : [[draft.finding.resourceId, draft.stepIndex] as const],
    ),
  );
  for (const draft of ordered) {
    const { finding, staleSince, reasons, notWhole, take } = draft;
    const step = draft.step ?? (reasons.some(isNotAllowed) ? take.step.name : undefined);
    const more = { notWhole, step, notBefore: take.notBefore, graceDays: draft.graceDays };
    if (tooStale !== null)
      held.push(
        toHeld(finding, staleSince, [...reasons, 'OVER_LIMIT'], { limit: tooStale, ...more }),
      );
    else if (reasons.length > 0) held.push(toHeld(finding, staleSince, reasons, more));
    else if (surplus.has(draft))
      held.push(toHeld(finding, staleSince, ['OVER_LIMIT'], { limit, step }));
    else removals.push(toRemoval(draft, planned));
  }
  return { removals, held };
}

/**
 * How many may go at most of one target. Its account's limit may be the lower one: else a set that
 * the account has no room for would take the room of the others here, each time.
 */
export function mostRemovals(limits: Limits): { limit: LimitName; allowed: number } {
  const { maxRemovalsPerTarget, maxRemovalsPerAccount } = limits;
  return maxRemovalsPerAccount < maxRemovalsPerTarget
    ? { limit: 'maxRemovalsPerAccount', allowed: maxRemovalsPerAccount }
    : { limit: 'maxRemovalsPerTarget', allowed: maxRemovalsPerTarget };
}

function setOf({ finding: { kind, evidence } }: StaleDraft): string | undefined {
  return evidence.set && `${kind}/${evidence.set.id}`;
}
