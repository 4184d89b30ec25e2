/** A place in the code that keeps a promise, and how to take it out. */
export interface Guard {
  readonly name: string;
  readonly promise: PromiseNumber;
  /** What it keeps from happening: a line of the table in docs/safety.md. */
  readonly keeps: string;
  /**
   * The definition that holds it, by name: `planTarget`, or `Ledger.begin` for what is named within.
   * A file of another language comes first: `sweep.asl.json#Plan`, `package.json`. So does the end
   * of the path where two files have the name and the code: `lease.ts#renew`.
   */
  readonly in: string;
  /** Its code, there exactly once. White space, comments in between and trailing commas don't count. */
  readonly find: string;
  /** The code without the guard; it has to run, or nothing is proved. */
  readonly replace: string;
  /** The tests of which at least one has to go red: `plan-target` is plan-target.test.ts. */
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
