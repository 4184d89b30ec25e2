import type { Policy } from '../../input/input.ts';
import { groupsByKey } from '../../model/group-by.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import { keyInTarget } from '../../model/ids.ts';
import { leastOf, oldestFirst } from '../../model/order.ts';
import type { Evidence, Finding, Uncounted } from '../../model/verdict.ts';
import { isMarkedForRemoval } from '../../tags/marker.ts';

/** What a resource belongs to of which something always stays, whatever of it is unused. */
export interface Groups {
  readonly copies?: Copies;
  readonly family?: Family;
}

/** What holds the same data: one of them stays, and any of the others may be that one. */
interface Copies {
  readonly id: string;
  /**
   * Ids of those that could serve in its place, in use or not, without what is marked for removal or
   * `uncounted`.
   */
  readonly others: readonly string[];
  /** Where all of them are unused, the newest stays. Of what is `uncounted`: newer than all that are. */
  readonly isNewest: boolean;
  /** Of a `LEFTOVER`: those of the others that are newer. */
  readonly newer?: readonly string[];
  /** What they are copies of is marked for removal or in the Recycle Bin, as their kind itself sees. */
  readonly isOriginLeaving?: boolean;
  /** Left out: it is a copy like any other. */
  readonly uncounted?: Uncounted;
}

/** What is made again and again for the same purpose: so many of the newest stay. */
interface Family {
  readonly id: string;
  /** 0: none has to. */
  readonly keep: number;
  /**
   * Ids of those that are newer, in use or not, without what is marked for removal. Where there are
   * very many, the newest of all, as many as stay, are enough: the next newer ones may all be leaving.
   */
  readonly newer: readonly string[];
}

/** Why something of a group stays. */
export type GroupHold = Extract<
  HoldReason,
  'LAST_COPY' | 'LAST_COPY_OF_REMOVED_VOLUME' | 'NEWEST_OF_FAMILY'
>;

/** Whether enough of a group is left when so many of it go: what the plan and the removal go by. */
function leavesEnough(others: number, leaving: number, keep = 1): boolean {
  return others - leaving >= keep;
}

/**
 * Which stale resources of one target have to stay so that every lineage keeps a copy, as
 * `keyInTarget`s: where all copies of a lineage are stale, the newest. What is marked for removal is
 * no copy that anything else may rely on: another execution may remove it at any time. Where it is
 * newer than all that stay, it stays too, as an AMI's leftover does: it has the latest state.
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

function mustStay(members: readonly Finding[]): Finding[] {
  // Members that disagree about the size: the smallest is the safe one.
  const copies = leastOf(members.map(({ evidence }) => evidence.lineage?.size ?? 0));
  // Nothing is sure to remain.
  if (!leavesEnough(copies, 0)) return [...members];
  const counted = members.filter(isCounted).toSorted(newestFirst);
  const kept = counted.findIndex((_, first) => leavesEnough(copies, counted.length - first));
  const staying = kept < 0 ? counted : counted.slice(0, kept);
  // Without one that stays, one in use does. Whether that is newer nobody tells here.
  const isNewestGoing = staying.length === 0 && counted.some(isNewest);
  const newestLeft = members.filter((one) => isLeftover(one) && (isNewest(one) || isNewestGoing));
  const newestMarked = members.filter((one) => isPlainMarked(one) && isNewerThanAll(one, staying));
  return [...newestMarked, ...newestLeft, ...staying];
}

/** Of what others may not rely on, what has the latest state there is stays beside the last that they may. */
function isLeftover({ evidence: { lineage } }: Finding): boolean {
  return lineage?.uncounted === 'LEFTOVER';
}

function isNewest({ evidence: { lineage } }: Finding): boolean {
  return lineage?.newest === true;
}

/** By an execution that died, or by an owner who copied the tags: it may be the latest state as well. */
function isPlainMarked({ tags, evidence: { lineage } }: Finding): boolean {
  return isMarkedForRemoval(tags) && lineage?.uncounted === undefined;
}

function isNewerThanAll(one: Finding, staying: readonly Finding[]): boolean {
  return staying.length > 0 && staying.every((other) => oldestFirst(other, one) < 0);
}

function isCounted({ tags, evidence: { lineage } }: Finding): boolean {
  return lineage?.uncounted === undefined && !isMarkedForRemoval(tags);
}

/**
 * Whether the last of its lineage may go: what it is a copy of went by the same removal, or it was never
 * made as a copy, and what it was made for is gone.
 */
export function needsNoOther({ evidence: { lineage } }: Pick<Finding, 'evidence'>): boolean {
  return NEEDS_NO_OTHER.has(lineage?.uncounted);
}

const NEEDS_NO_OTHER: ReadonlySet<Uncounted | undefined> = new Set(['BY_DATE', 'LEFT_BEHIND']);

function newestFirst(a: Finding, b: Finding): number {
  const newest = (finding: Finding) => (finding.evidence.lineage?.newest === true ? 0 : 1);
  return newest(a) - newest(b) || oldestFirst(b, a);
}

/**
 * Whether it is one of its family's newest, as many as stay. Of those that are newer none goes that
 * has to stay, so none of them is leaving.
 */
export function isOfNewest({ evidence: { family } }: Pick<Finding, 'evidence'>): boolean {
  return family !== undefined && !leavesEnough(family.newer, 0, family.keep);
}

/** What a finding tells of its groups, for the plan. @param tags its own */
export function evidenceOfGroups(
  { copies, family }: Groups,
  tags: Finding['tags'],
): Pick<Evidence, 'lineage' | 'family'> {
  const own = copies?.uncounted !== undefined || isMarkedForRemoval(tags) ? 0 : 1;
  return {
    ...(copies && {
      lineage: {
        id: copies.id,
        size: copies.others.length + own,
        newest: copies.isNewest,
        ...(copies.isOriginLeaving === true && { originLeaves: true as const }),
        ...(copies.uncounted && { uncounted: copies.uncounted }),
      },
    }),
    ...(family && { family: { id: family.id, keep: family.keep, newer: family.newer.length } }),
  };
}

/** What one removal goes by as of now. */
interface LeavingNow extends Pick<Policy, 'allowLastCopy'> {
  /** Whether one of its own kind is no copy to count on any more. */
  readonly isLeaving: (resourceId: string) => boolean;
  /** Whether what its copies are copies of leaves too, as far as orgsweep itself knows. */
  readonly isOriginLeaving: (id: string) => boolean;
}

/**
 * Of one resource at its removal, as of now: the same, of its groups then. What this plan removes
 * counts as gone already, so that two removals can't each rely on the other; so does what is known to
 * be gone and may still be shown.
 *
 * @returns why it stays; null: enough of its groups is left without it
 */
export function groupHoldNow({ copies, family }: Groups, now: LeavingNow): GroupHold | null {
  const leaving = (ids: readonly string[]) => ids.filter(now.isLeaving).length;
  if (copies !== undefined) {
    const needsNone = NEEDS_NO_OTHER.has(copies.uncounted);
    const isNoneNewer = copies.isNewest || copies.newer?.every(now.isLeaving) === true;
    const isNewestLeftover = copies.uncounted === 'LEFTOVER' && isNoneNewer;
    const isLast = isNewestLeftover || !leavesEnough(copies.others.length, leaving(copies.others));
    if (isLast && !needsNone && !now.allowLastCopy) return 'LAST_COPY';
    const isOriginLeaving = copies.isOriginLeaving === true || now.isOriginLeaving(copies.id);
    // Whichever others there are: what goes may rely on this one alone.
    if (isOriginLeaving) return 'LAST_COPY_OF_REMOVED_VOLUME';
  }
  if (family === undefined) return null;
  const { newer, keep } = family;
  return leavesEnough(newer.length, leaving(newer), keep) ? null : 'NEWEST_OF_FAMILY';
}
