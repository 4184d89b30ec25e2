import type { AwsFailure } from '../outcome/outcome.ts';
import type { RecycleBinRule } from '../outcome/recycle-bin.ts';
import type { NextStep, Verdict } from '../model/verdict.ts';
import type { GroupHold } from '../plan/together/groups.ts';
import type { BinEntry } from './bin.ts';
import type { Moment } from './moment.ts';

/** What a look for one removed resource in the Recycle Bin brought. */
export interface BinSight {
  /** Of this removal: what went into the bin before our intent isn't one. */
  readonly entry?: BinEntry | undefined;
  /** Of the last look, where it failed. */
  readonly failure?: AwsFailure | undefined;
  /** WAITED: what isn't there by now won't be. Else something ended the waiting before its time. */
  readonly ended: 'WAITED' | 'INTERRUPTED' | 'ERROR' | 'LEASE_LOST';
}

/** A refusal of AWS, or no answer, with what its kind says that it means. */
export interface Refused {
  readonly failure: AwsFailure;
  /** RETRY: throttling, server trouble, or nobody's answer. */
  readonly means: 'RETRY' | 'ALREADY_GONE' | 'PROTECTED' | 'DENIED' | 'FAILED';
  readonly reason?: string | undefined;
  /** Throttling is an answer of AWS: nothing was carried out. */
  readonly isThrottled: boolean;
}

/** What was just seen of one planned removal. */
export type Seen =
  /** Nothing new. Time has passed. */
  | { readonly seen: 'NOTHING' }
  /** What had to be done or seen first failed, through no fault of this one's, and may pass. */
  | {
      readonly seen: 'FAILED';
      readonly what: 'CHECK_FAILED' | 'MARKING_FAILED' | 'MARKER_NOT_SEEN';
      readonly failure: AwsFailure | undefined;
    }
  | SecondLook
  /** Not shown by the second look, or AWS's own word that it is gone (`refusal`). */
  | { readonly seen: 'GONE'; readonly bin: BinSight; readonly refusal?: AwsFailure | undefined }
  /**
   * What becomes of the other members of its set, and of what it is a part of, see `othersOf`. Of the
   * latter `why` tells.
   */
  | {
      readonly seen: 'SET';
      readonly others: 'GO' | 'WAIT' | 'STAY';
      readonly why?: 'WHOLE_STAYS' | undefined;
    }
  /** The rule that will keep it as the rules are now; null: none. */
  | { readonly seen: 'RULE'; readonly rule: RecycleBinRule | null }
  | { readonly seen: 'RULES_UNREADABLE'; readonly failure: AwsFailure; readonly isDenied: boolean }
  | { readonly seen: 'TAGGED' }
  /** Its intent is written, and it can't be marked. */
  | { readonly seen: 'BEGUN' }
  | { readonly seen: 'MARKER' }
  | { readonly seen: 'COPIES'; readonly groupHold: GroupHold | null }
  /** The first of its parent was requested, and didn't show as done. */
  | { readonly seen: 'FIRST_NOT_SEEN' }
  /** No session can be for it alone, as by its name. */
  | { readonly seen: 'NO_EXACT_ARN'; readonly failure?: AwsFailure | undefined }
  /** Its check was too old. How many others of the batch were managed before. */
  | { readonly seen: 'TOO_OLD'; readonly managed: number }
  /** The ledger has the request, which may leave now. */
  | { readonly seen: 'REQUEST_NOTED' }
  | { readonly seen: 'REFUSED'; readonly refused: Refused }
  /** With what the step made, where it makes something. */
  | { readonly seen: 'ACCEPTED'; readonly made?: string | undefined }
  /** After it was accepted. */
  | { readonly seen: 'BIN'; readonly bin: BinSight }
  /** Nothing more is done here, for this reason. */
  | { readonly seen: 'END_OF_WORK'; readonly reason: string }
  /** A whole invocation settled nothing: the next would begin like it, and so on without an end. */
  | { readonly seen: 'NO_PROGRESS' };

/** It is there. */
export interface SecondLook {
  readonly seen: 'THERE';
  readonly verdict: Verdict;
  /** Before the first read: no fact of it is older. */
  readonly check: Moment;
  /** The time that its ages and graces go by. */
  readonly lookedAt: Date;
  /** What kept a listing from its end. */
  readonly failure: AwsFailure | undefined;
  /** Of which of its groups too little would be left; null: of none. */
  readonly groupHold: GroupHold | null;
  /** The step that it is at by AWS's own state; undefined: its kind has only one. */
  readonly nextStep?: NextStep | undefined;
  /** What a request of ours made whose answer was lost, see `findMade` of a step. */
  readonly made?: string | undefined;
}
