import type { RemovalResult } from '../../core/outcome/outcome.ts';

/** What the end of a planned removal is called. */
interface RemovalWords {
  /** In a list of what was planned. */
  readonly listed: string;
  /** Of one resource in one execution, the beginning of a sentence. */
  readonly told: string;
  /** What became of the resource, a sentence without its reasons. */
  readonly now: string;
}

export const REMOVAL_WORDS: Readonly<Record<RemovalResult, RemovalWords>> = {
  REMOVED: {
    listed: 'deleted',
    told: 'Removed',
    now: 'It is gone',
  },
  ALREADY_GONE: {
    listed: 'already deleted',
    told: 'Not removed by this execution: it was gone already',
    now: 'It was gone already when it was to be removed',
  },
  NO_LONGER_STALE: {
    listed: 'no longer unused',
    told: "Not removed: it wasn't stale any more when it was looked at again",
    now: "It is still there: it wasn't stale any more when it was looked at again",
  },
  PROTECTED: {
    listed: 'refused by AWS or a protection',
    told: 'Not removed: AWS or a protection refused it',
    now: 'It is still there: AWS or a protection refused its removal',
  },
  DENIED: {
    listed: 'permission denied',
    told: "Not removed: the deletion role isn't allowed to",
    now: "It is still there: the deletion role isn't allowed to remove it",
  },
  FAILED: {
    listed: 'failed',
    told: 'Not known to be removed: the removal failed',
    now: "It may be gone: its removal was begun, and isn't known to have worked",
  },
  NOT_ATTEMPTED: {
    listed: 'not attempted',
    told: 'Not removed: not attempted',
    now: "It is still there: its removal wasn't attempted",
  },
  STEP_DONE: {
    listed: 'one step further',
    told: 'One step of its removal was taken',
    now: 'It is still there: one step of its removal was taken, and a later execution goes on',
  },
};
