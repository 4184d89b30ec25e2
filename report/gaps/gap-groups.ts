import { compare } from '../../core/model/order.ts';
import type { Gap } from '../../core/summary/summary.ts';
import { blocksOf } from './gap-blocks.ts';
import { causesOf, GAP_CAUSES, type GapCause } from './gap-cause.ts';
import { groupBy } from '../../core/model/group-by.ts';
import type { TargetRef } from '../../core/model/target.ts';

export interface GapAccount {
  readonly accountId: string;
  readonly accountName: string | null;
}

/** Gaps of one cause that one phrase names: each of the accounts in each of the Regions. */
export interface GapGroup {
  readonly cause: GapCause;
  /** null: the accounts as a whole. */
  readonly regions: readonly string[] | null;
  readonly accounts: readonly GapAccount[];
  /** By account, then Region. */
  readonly gaps: readonly Gap[];
}

/** All gaps of one cause. */
export interface GapsOfCause {
  readonly cause: GapCause;
  /** What covers most first; no gap is in two. */
  readonly groups: readonly GapGroup[];
  /** By account, then Region. */
  readonly gaps: readonly Gap[];
  /** Distinct; whole accounts count, too. */
  readonly accounts: number;
}

/**
 * Every gap once, under the cause that decides what to do about it, the cause with most places
 * first. What the gaps would cost nobody knows, so places are what they are ranked by. The order of
 * the gaps doesn't matter.
 */
export function gapGroups(gaps: readonly Gap[]): GapsOfCause[] {
  return inOrder(gaps, (gap) => causesOf(gap).slice(0, 1));
}

/** The same, but a gap with several causes stands under each: for what has to be corrected. */
export function gapsUnderEachCause(gaps: readonly Gap[]): GapsOfCause[] {
  return inOrder(gaps, causesOf);
}

function inOrder(gaps: readonly Gap[], causesFor: (gap: Gap) => GapCause[]): GapsOfCause[] {
  const byCause = new Map<GapCause, Gap[]>();
  for (const gap of gaps.toSorted(byPlace))
    for (const cause of causesFor(gap)) {
      const already = byCause.get(cause);
      if (already === undefined) byCause.set(cause, [gap]);
      else already.push(gap);
    }
  const regionsOfAnAccount = new Set(gaps.flatMap(({ region }) => region ?? [])).size;
  const weightOf = (of: readonly Gap[]) => weightOfGaps(of, regionsOfAnAccount);
  return GAP_CAUSES.flatMap((cause): GapsOfCause[] => {
    const ofCause = byCause.get(cause);
    if (ofCause === undefined) return [];
    const groups = groupsOf(cause, ofCause);
    return [
      {
        cause,
        groups: groups.toSorted((a, b) => weightOf(b.gaps) - weightOf(a.gaps)),
        gaps: ofCause,
        accounts: new Set(ofCause.map(({ accountId }) => accountId)).size,
      },
    ];
  }).toSorted((a, b) => weightOf(b.gaps) - weightOf(a.gaps));
}

/** A whole account is at least as much as the account with most Regions among the gaps. */
function weightOfGaps(gaps: readonly Gap[], regionsOfAnAccount: number): number {
  const whole = gaps.filter(({ region }) => region === null).length;
  return gaps.length - whole + whole * Math.max(1, regionsOfAnAccount);
}

function groupsOf(cause: GapCause, gaps: readonly Gap[]): GapGroup[] {
  const whole = gaps.filter(({ region }) => region === null);
  const cells = gaps.flatMap((gap) =>
    gap.region === null ? [] : [{ accountId: gap.accountId, region: gap.region, gap }],
  );
  const byCell = new Map(
    groupBy(cells, cellKey).map((same) => [cellKey(same[0] ?? NO_CELL), same.map(gapOf)]),
  );
  const groups = blocksOf(cells).map(({ accounts, regions }): GapGroup => {
    const ofBlock = accounts.flatMap((accountId) =>
      regions.flatMap((region) => byCell.get(cellKey({ accountId, region })) ?? []),
    );
    return { cause, regions, accounts: accountsOf(ofBlock), gaps: ofBlock };
  });
  return whole.length === 0
    ? groups
    : [{ cause, regions: null, accounts: accountsOf(whole), gaps: whole }, ...groups];
}

const NO_CELL = { accountId: '', region: '' };

function cellKey({ accountId, region }: TargetRef): string {
  return `${accountId} ${region}`;
}

function gapOf({ gap }: { gap: Gap }): Gap {
  return gap;
}

function accountsOf(gaps: readonly Gap[]): GapAccount[] {
  return groupBy(gaps, ({ accountId }) => accountId).flatMap(([gap]) =>
    gap === undefined ? [] : [{ accountId: gap.accountId, accountName: gap.accountName }],
  );
}

/** In an order that doesn't depend on that of the gaps, even where two are of one place. */
function byPlace(a: Gap, b: Gap): number {
  return (
    compare(a.accountId, b.accountId) ||
    compare(a.region ?? '', b.region ?? '') ||
    compare(JSON.stringify(a), JSON.stringify(b))
  );
}
