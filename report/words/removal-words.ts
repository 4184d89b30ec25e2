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
    told: 'Deleted',
    now: 'It is gone',
  },
  ALREADY_GONE: {
    listed: 'already deleted',
    told: 'Not deleted by this run: it was already deleted',
    now: 'It was already deleted when this run came to it',
  },
  NO_LONGER_STALE: {
    listed: 'no longer unused',
    told: 'Not deleted: it was no longer unused when it was checked again',
    now: 'It is still there: it was no longer unused when it was checked again',
  },
  PROTECTED: {
    listed: 'refused by AWS or a protection',
    told: 'Not deleted: AWS or a protection refused it',
    now: 'It is still there: AWS or a protection refused its deletion',
  },
  DENIED: {
    listed: 'permission denied',
    told: 'Not deleted: the deletion role may not',
    now: 'It is still there: the deletion role may not delete it',
  },
  FAILED: {
    listed: 'failed',
    told: 'Not known to be deleted: the deletion failed',
    now: 'It may be gone: its deletion was begun, and is not known to have worked',
  },
  NOT_ATTEMPTED: {
    listed: 'not attempted',
    told: 'Not deleted: not attempted',
    now: 'It is still there: its deletion was not attempted',
  },
  STEP_DONE: {
    listed: 'one step further',
    told: 'One step of its deletion was taken',
    now: 'It is still there: one step of its deletion was taken, and a later run goes on',
  },
};
