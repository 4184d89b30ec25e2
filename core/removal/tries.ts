import type { AwsFailure, RemovalResult } from '../outcome/outcome.ts';
import type { UndoWay } from '../outcome/undo.ts';

/** How a planned removal ends. */
export interface Ending {
  readonly outcome: RemovalResult;
  readonly reasons: readonly string[];
  readonly failure?: AwsFailure | undefined;
  readonly restorableUntil?: string;
  /** Of a step that isn't the last. */
  readonly nextAt?: string;
  readonly made?: string;
  readonly undo?: UndoWay;
}

/** What one invocation has tried with one planned removal. Times are milliseconds since 1970. */
export interface Tries {
  /** An earlier invocation requested it and died before it wrote down an answer: it may be gone. */
  readonly isInherited: boolean;
  /** How often it was put off. */
  readonly count: number;
  readonly notBefore: number;
  /** When this invocation first put the marker on it; null: not yet. */
  readonly markedAt: number | null;
  /** What the last request ended with that may have been carried out all the same. */
  readonly unanswered: AwsFailure | null;
  /** Why it waits, and how it ends when it has waited often enough. */
  readonly waiting: Ending | null;
}

/** EC2 is eventually consistent: for so long a describe may still show what is deleted. */
const DELETION_SHOWS_MILLISECONDS = 3_000;
const MOST_TRIES = 6;

/** @param startedAt when this invocation began: an inherited removal waits until its end shows */
export function firstTry(isInherited: boolean, startedAt: number): Tries {
  const notBefore = isInherited ? startedAt + DELETION_SHOWS_MILLISECONDS : 0;
  return { isInherited, count: 0, notBefore, markedAt: null, unanswered: null, waiting: null };
}

/** Whether a request of ours may have removed it without our knowing. */
export function mayBeOurs({ isInherited, unanswered }: Tries): boolean {
  return isInherited || unanswered !== null;
}

/** Tried often enough: not to be tried again, even where it is still there. */
export function isExhausted({ count }: Tries): boolean {
  return count >= MOST_TRIES;
}

/** After a second, two, four … */
export function putOff(tries: Tries, waiting: Ending, now: number): Tries {
  const count = tries.count + 1;
  return { ...tries, count, notBefore: now + 1000 * 2 ** count, waiting };
}

/** What may have been carried out is looked at once more before anybody gives it up. */
export function mayWait(tries: Tries): boolean {
  return !isExhausted(tries) || (tries.count === MOST_TRIES && tries.unanswered !== null);
}

/** How one ends that waited often enough. What was once requested isn't called NOT_ATTEMPTED. */
export function givenUp(tries: Tries): Ending {
  const ending = tries.waiting ?? { outcome: 'NOT_ATTEMPTED', reasons: ['NO_PROGRESS'] };
  const wasRequested = mayBeOurs(tries) && ending.outcome === 'NOT_ATTEMPTED';
  const failure = ending.failure ?? tries.unanswered ?? undefined;
  return { ...ending, failure, ...(wasRequested && { outcome: 'FAILED' }) };
}
