import { z } from 'zod';
import type { Policy } from '../input/input.ts';
import type { UndoList } from '../input/renamed.ts';
import type { HoldReason } from '../model/hold-reason.ts';
import type { RecycleBinRule } from './recycle-bin.ts';
import { DAY_MS } from '../model/age.ts';

/** How what a step of a removal does can be undone. */
export const UndoWay = z.enum([
  /** A Recycle Bin rule keeps it for a while, under its id. */
  'RECYCLE_BIN',
  /** Another call takes the step back: what was disabled is enabled again. */
  'REVERSE',
  /** It can be made again from what an earlier step made, as from a last snapshot. */
  'MADE',
  /** It can be made anew from what was written down of it: some of it is another one then. */
  'RECREATION',
  /** Something can be tried. It promises nothing. */
  'ATTEMPT',
  'NONE',
]);
export type UndoWay = z.infer<typeof UndoWay>;

/** One step of how a kind is removed. */
export interface RemovalStep {
  readonly name: string;
  /** The best way. */
  readonly undo: UndoWay;
  /** The others, the best first; absent: there is none. */
  readonly undoElse?: readonly UndoWay[];
  /** So many days after the step before it, by orgsweep's own record; absent: none. */
  readonly waitDays?: number;
  /** IAM doesn't ask for orgsweep's marker: something else fences it in. */
  readonly isUnmarked?: true;
}

/** When a step may come, by the time at which the one before it was taken. */
export function dueAfter(at: string, { waitDays = 0 }: Pick<RemovalStep, 'waitDays'>): string {
  return new Date(Date.parse(at) + waitDays * DAY_MS).toISOString();
}

/** A step as `policy.allowRecreation` and `policy.allowIrreversible` name it. */
export function stepName(kind: string, { name }: Pick<RemovalStep, 'name'>): string {
  return `${kind}:${name}`;
}

/** The list of the policy that has to name a step which is undone this way; null: neither. */
export function listAllowing(way: UndoWay): UndoList | null {
  switch (way) {
    case 'RECYCLE_BIN':
    case 'REVERSE':
    case 'MADE':
      return null;
    case 'RECREATION':
      return 'allowRecreation';
    case 'ATTEMPT':
    case 'NONE':
      return 'allowIrreversible';
  }
}

type Ways = Pick<RemovalStep, 'undo' | 'undoElse'>;

/** What some ways of undoing a step need. */
interface UndoneBy {
  /** A Recycle Bin rule will keep what it removes. */
  readonly isKept: boolean;
  /** What an earlier step is known to have made; undefined: nothing. */
  readonly made: string | undefined;
}

/**
 * How a step is undone: by the best of its ways that is open. Where the Recycle Bin is all there is, it
 * is the way whether or not a rule keeps anything: `requireUndo` asks for that.
 */
export function undoWay({ undo, undoElse = [] }: Ways, { isKept, made }: UndoneBy): UndoWay {
  if (undo === 'RECYCLE_BIN' && undoElse.length === 0) return undo;
  const isOpen = (way: UndoWay) =>
    way === 'RECYCLE_BIN' ? isKept : way !== 'MADE' || made !== undefined;
  return [undo, ...undoElse].find(isOpen) ?? 'NONE';
}

/** Each way in which a step may turn out to be undone. */
export function waysOf(step: Ways): readonly UndoWay[] {
  const either = [true, false] as const;
  return either.flatMap((isKept) =>
    ['made', undefined].map((made) => undoWay(step, { isKept, made })),
  );
}

/**
 * Whether a step needs a Recycle Bin rule that will keep what it removes: nothing else is as good.
 *
 * @internal Tests ask it by itself.
 */
export function needsRule(step: Ways, { requireUndo }: Policy, made: UndoneBy['made']): boolean {
  if (!requireUndo || ![step.undo, ...(step.undoElse ?? [])].includes('RECYCLE_BIN')) return false;
  const without = undoWay(step, { isKept: false, made });
  return without === 'RECYCLE_BIN' || listAllowing(without) !== null;
}

const NOT_ALLOWED = {
  allowRecreation: 'RECREATION_NOT_ALLOWED',
  allowIrreversible: 'IRREVERSIBLE_NOT_ALLOWED',
} as const satisfies Record<UndoList, HoldReason>;

type NotAllowed = (typeof NOT_ALLOWED)[UndoList];

/** Whether a list of the policy lifts this hold, where it names the step. */
export function isNotAllowed(hold: HoldReason): hold is NotAllowed {
  return Object.values(NOT_ALLOWED).some((reason) => reason === hold);
}

export type UndoHold = 'NO_RECYCLE_BIN_RULE' | NotAllowed;

/**
 * What holds a step back for want of a way to undo it; null: nothing. The plan and the removal both
 * go by it.
 *
 * @param by the Recycle Bin rule that will keep what the step removes, null: none, undefined: nobody
 *   could read them; and what an earlier step is known to have made
 */
export function undoHold(
  policy: Policy,
  kind: string,
  step: RemovalStep,
  { rule, made }: { readonly rule: RecycleBinRule | null | undefined } & Pick<UndoneBy, 'made'>,
): UndoHold | null {
  const isKept = rule !== null && rule !== undefined;
  if (needsRule(step, policy, made) && !isKept) return 'NO_RECYCLE_BIN_RULE';
  const list = listAllowing(undoWay(step, { isKept, made }));
  if (list === null || policy[list].includes(stepName(kind, step))) return null;
  // Nobody has to allow what a rule that nobody could read may keep.
  if (rule === undefined && isUndoneByBin(step, made)) return 'NO_RECYCLE_BIN_RULE';
  return NOT_ALLOWED[list];
}

/** Whether a step may come only as a Recycle Bin rule will keep what it removes. */
export function reliesOnRule(...[policy, kind, step, made]: OfStep): boolean {
  return undoHold(policy, kind, step, { rule: undefined, made }) === 'NO_RECYCLE_BIN_RULE';
}

/** Whether what a step removes under a rule has to show up in the Recycle Bin, or all stops. */
export function hasToBeInBin(...[policy, kind, step, made]: OfStep): boolean {
  if (policy.requireUndo && isUndoneByBin(step, made)) return true;
  return reliesOnRule(policy, kind, step, made);
}

type OfStep = [policy: Policy, kind: string, step: RemovalStep, made: UndoneBy['made']];

/** Where a rule keeps it. */
function isUndoneByBin(step: Ways, made: UndoneBy['made']): boolean {
  return undoWay(step, { isKept: true, made }) === 'RECYCLE_BIN';
}
