import type { Sandbox } from './sandbox/sandbox.ts';

/** What a run of a probe came to. Only an answer that was read and matches is SAME. */
export type Result = 'SAME' | 'DIFFERS' | 'NOT_SETTLED';

export interface Seen {
  readonly result: Result;
  /** What AWS did, or why that is still not known. */
  readonly seen: string;
}

/** One thing that orgsweep assumes of AWS, and how to see whether it is so. */
export interface Probe {
  /** kebab-case; the same for good. */
  readonly name: string;
  /** What orgsweep assumes, as a sentence. */
  readonly fact: string;
  /** The same of all that are alike but for what they ask: one row of the page. */
  readonly ofAll?: string;
  /** The file that goes by it. */
  readonly assumedIn: string;
  /** What would be wrong if it were otherwise. */
  readonly otherwise: string;
  /** `SAFETY`: a deletion or its undo depends on it. `COVERAGE`: something stays unseen, and says so. */
  readonly matters: 'SAFETY' | 'COVERAGE' | 'WORDS';
  readonly sends: 'READS' | 'WRITES';
  /** At most, in US dollars. */
  readonly costUsd: number;
  /** IAM actions that it needs. */
  readonly iam: readonly string[];
  readonly expected: string;
  /** What it throws counts as NOT_SETTLED. */
  readonly run: (sandbox: Sandbox) => Promise<Seen>;
}

export function same(seen: string): Seen {
  return { result: 'SAME', seen };
}

export function differs(seen: string): Seen {
  return { result: 'DIFFERS', seen };
}

export function notSettled(why: string): Seen {
  return { result: 'NOT_SETTLED', seen: why };
}

/** A comparison whose answer was read. */
export function sameIf(isSame: boolean, seen: string): Seen {
  return isSame ? same(seen) : differs(seen);
}
