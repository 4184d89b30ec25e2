import type { PlannedRemoval } from '../plan/plan.ts';
import type { Policy } from '../input/input.ts';
import type { RecycleBinRule } from '../outcome/recycle-bin.ts';
import type { RemovalStep } from '../outcome/undo.ts';
import type { AccountHold } from '../scope/standing.ts';
import type { Ending, Tries } from './tries.ts';
import type { Moment } from './moment.ts';

/** How far one batch has come with one removal. */
export type Stage =
  | { readonly at: 'DUE' }
  /** A second look found it stale still. */
  | { readonly at: 'STALE'; readonly check: Moment }
  /** By a rule of the Recycle Bin; null: by none, and none is required. */
  | ({ readonly at: 'KEPT' } & Checked)
  /** The intent is written, and the marker was put on it. */
  | ({ readonly at: 'TAGGED' } & Checked)
  /** A describe shows the marker. */
  | ({ readonly at: 'MARKED' } & Checked)
  /** A copy is left without it; or the intent is written of what can't be marked. */
  | ({ readonly at: 'READY' } & Checked)
  /** The ledger has the request. */
  | ({ readonly at: 'NOTED' } & Checked)
  /** AWS removed it, under a rule that should keep it. */
  | { readonly at: 'ACCEPTED'; readonly rule: RecycleBinRule };

interface Checked {
  readonly check: Moment;
  readonly rule: RecycleBinRule | null;
}

/** What is done with one removal next. */
export type Act =
  | 'LOOK'
  | 'FIND_RULE'
  /** Writes the intent, then puts the marker on it. */
  | 'MARK'
  /** Writes the intent of what can't be marked. */
  | 'BEGIN'
  | 'SEE_MARKER'
  | 'LOOK_FOR_COPIES'
  | 'NOTE_REQUEST'
  | 'DELETE'
  | 'LOOK_INTO_BIN';

/** One planned removal that hasn't ended. */
export interface Removal {
  readonly planned: PlannedRemoval;
  /** What is done with it. */
  readonly step: RemovalStep;
  /** The one before it; null: it is the first. */
  readonly before: RemovalStep | null;
  /** The one after it; null: after this one it isn't there any more. */
  readonly goesOnTo: RemovalStep | null;
  /** It goes on from an earlier step, of which that execution's own ledger doesn't tell. */
  readonly isUnproved: boolean;
  /**
   * By the ledger. INTENT: begun, and no request was sent, or AWS refused each. REQUEST: requested, and
   * no answer is written down.
   */
  readonly written: 'NOTHING' | 'INTENT' | 'REQUEST';
  readonly tries: Tries;
  readonly stage: Stage;
  /** Planned on a grace that has begun anew since: restored, or seen in use, by another execution. */
  readonly graceBeganAnew: boolean;
}

/** What the target, its plan and the time allow. */
export interface Allowed {
  readonly now: Moment;
  readonly isInterrupted: boolean;
  /** The stricter of what the plan says holds in this account and what holds there now. */
  readonly policy: Policy;
  /** Why nothing may be removed there now; null: what the plan lists may be. */
  readonly hold: AccountHold | null;
  /** See `isStopped`. */
  readonly isStopped: boolean;
  /** One removal stayed denied for all of the marker's time, and none was allowed. */
  readonly isDeniedThroughout: boolean;
}

/** What becomes of one planned removal now. */
export type Next =
  | { readonly next: 'GO_ON'; readonly act: Act; readonly stage: Stage }
  /**
   * Not in this batch. `takesBack`: first the ledger is told that no request of ours can have removed
   * it.
   */
  | { readonly next: 'LEAVE'; readonly takesBack: boolean }
  /** Put off, see `tries`. */
  | { readonly next: 'WAIT'; readonly tries: Tries; readonly takesBack: boolean }
  | { readonly next: 'END'; readonly ending: Ending; readonly takesBack: boolean };
