/** A place in the code that keeps a promise, and how to take it out. */
export interface Guard {
  readonly name: string;
  readonly promise: PromiseNumber;
  /** What it keeps from happening: a line of the table in docs/safety.md. */
  readonly keeps: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  /** The code without the guard; it has to run, or nothing is proved. */
  readonly replace: string;
  /** The test files of which at least one has to go red. */
  readonly tests: readonly string[];
  /** Of these files only the tests whose names match; for long ones. */
  readonly title?: string;
}

export type PromiseNumber = 1 | 2 | 3 | 4 | 5 | 6;

/** The promises as docs/safety.md numbers them. */
export const PROMISES: Readonly<Record<PromiseNumber, string>> = {
  1: 'Nothing that is needed is deleted',
  2: 'Nothing is lost from view',
  3: 'Nothing is removed that was not planned, nor without a second look',
  4: 'A removal can be undone',
  5: 'What was asked for cannot change on the way',
  6: 'It says what it did',
};
