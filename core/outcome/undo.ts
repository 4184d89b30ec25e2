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
  readonly undo: UndoWay;
  /** How it is undone where `undo` is MADE and nothing is known to be made; absent: not at all. */
  readonly undoUnmade?: UndoWay;
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

/**
 * How a step is undone at best.
 *
 * @param made what an earlier step is known to have made; undefined: nothing
 */
export function undoWay(
  { undo, undoUnmade = 'NONE' }: Pick<RemovalStep, 'undo' | 'undoUnmade'>,
  made: string | undefined,
): UndoWay {
  return undo === 'MADE' && made === undefined ? undoUnmade : undo;
}

/** Whether a step needs a Recycle Bin rule that will keep what it removes. */
export function needsRule({ undo }: RemovalStep, { requireUndo }: Policy): boolean {
  return undo === 'RECYCLE_BIN' && requireUndo;
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
 * @param by the Recycle Bin rule that will keep what the step removes, null: none; and what an earlier
 *   step is known to have made
 */
export function undoHold(
  policy: Policy,
  kind: string,
  step: RemovalStep,
  { rule, made }: { readonly rule: RecycleBinRule | null; readonly made: string | undefined },
): UndoHold | null {
  if (needsRule(step, policy) && rule === null) return 'NO_RECYCLE_BIN_RULE';
  const list = listAllowing(undoWay(step, made));
  if (list === null || policy[list].includes(stepName(kind, step))) return null;
  return NOT_ALLOWED[list];
}
