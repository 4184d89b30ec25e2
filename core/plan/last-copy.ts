import { groupsByKey } from '../model/group-by.ts';
import { isMarkedForRemoval } from '../tags/marker.ts';
import { leastOf, oldestFirst } from '../model/order.ts';
import type { Finding } from '../model/verdict.ts';
import { keyInTarget } from '../model/ids.ts';

/**
 * Which stale resources of one target have to stay so that every lineage keeps a copy, as
 * `keyInTarget`s: where all copies of a lineage are stale, the newest. What is marked for removal is
 * no copy that anything else may rely on: another execution may remove it at any time.
 *
 * Decided on all that is stale, before grace and limits: these only make fewer removals, so
 * whatever they do a copy remains, and the newest isn't removed because an older one is in grace.
 */
export function lastCopiesOf(stale: Iterable<Finding>): Set<string> {
  const lineages = groupsByKey(stale, ({ kind, evidence: { lineage } }) =>
    lineage === undefined ? undefined : `${kind}/${lineage.id}`,
  );
  const last = new Set<string>();
  for (const members of lineages.values())
    for (const finding of mustStay(members)) last.add(keyInTarget(finding));
  return last;
}

/**
 * Of one resource at its removal, as of now: the same, of its other copies. What this plan removes
 * counts as gone already, so that two removals can't each rely on the other; so does what is known to
 * be gone and may still be shown.
 *
 * @param others what else could serve as a copy now, without what is marked for removal
 */
export function isLastCopy(
  others: readonly string[],
  isLeaving: (resourceId: string) => boolean,
): boolean {
  return !leavesCopy(others.length, others.filter(isLeaving).length);
}

/** Whether of so many copies one is left when so many of them go: what both times go by. */
function leavesCopy(copies: number, leaving: number): boolean {
  return copies - leaving >= 1;
}

function mustStay(members: readonly Finding[]): Finding[] {
  // Members that disagree about the size: the smallest is the safe one.
  const copies = leastOf(members.map(({ evidence }) => evidence.lineage?.size ?? 0));
  // Nothing is sure to remain.
  if (!leavesCopy(copies, 0)) return [...members];
  const unmarked = members.filter(({ tags }) => !isMarkedForRemoval(tags)).toSorted(newestFirst);
  const staying = unmarked.findIndex((_, kept) => leavesCopy(copies, unmarked.length - kept));
  return staying < 0 ? unmarked : unmarked.slice(0, staying);
}

function newestFirst(a: Finding, b: Finding): number {
  const newest = (finding: Finding) => (finding.evidence.lineage?.newest === true ? 0 : 1);
  return newest(a) - newest(b) || oldestFirst(b, a);
}
