import { z } from 'zod';

/** How what a step of a removal does can be undone. */
export const UndoWay = z.enum([
  /** A Recycle Bin rule keeps it for a while, under its id. */
  'RECYCLE_BIN',
  /** Another call takes the step back: what was disabled is enabled again. */
  'REVERSE',
  /** It can be made again from what the step itself made before, as from a last snapshot. */
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
  /** So many days after the step before it, by orgsweep's own record; absent: none. */
  readonly waitDays?: number;
}
