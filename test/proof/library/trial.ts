import fc from 'fast-check';
import type { WayOfBooks } from '../../support/kinds/library/book.ts';
import type { Death } from './mortal.ts';
import type { LibraryShape } from './stage.ts';
import type { Permit } from './step-judge.ts';

/** What one after the other happens, each so many days after the one before. */
export type LibraryAct =
  | {
      readonly does: 'RUN';
      readonly afterDays: number;
      readonly permit: Permit;
      readonly death: Death | null;
      /** What a person says to its plan; null: nobody is asked. */
      readonly says: 'yes' | 'no' | null;
    }
  | {
      readonly does: 'RESTORE';
      readonly afterDays: number;
      /** Of which earlier execution. */
      readonly pick: number;
      readonly isDry: boolean;
      /** Whether all of it is asked for by its names. */
      readonly isNamed: boolean;
      readonly death: Death | null;
    };

export interface LibraryTrial {
  readonly shape: LibraryShape;
  readonly acts: readonly LibraryAct[];
  readonly drawn: fc.Stream<number>;
}

const oneIn = (many: number) => fc.nat(many - 1).map((value) => value === 0);
const death: fc.Arbitrary<Death | null> = fc.option(
  fc.record({
    moment: fc.integer({ min: 1, max: 250 }),
    of: fc.constantFrom<Death['of']>('invocation', 'process'),
  }),
  { freq: 2 },
);
const deathOfRestore: typeof death = fc.option(
  fc.record({ moment: fc.integer({ min: 1, max: 25 }), of: fc.constant('process' as const) }),
  { freq: 2 },
);

const WAYS: readonly (readonly WayOfBooks[])[] = [
  ['MADE'],
  ['MADE', 'RECREATION'],
  ['RECREATION'],
  ['NONE'],
];

const permit: fc.Arbitrary<Permit> = fc.record({
  graceDays: fc.constantFrom(0, 0, 2),
  idleDays: fc.constantFrom(0, 0, 3),
  requireUndo: fc.boolean(),
  allowsIrreversible: fc.boolean(),
  allowsRecreation: fc.boolean(),
  most: fc.constantFrom(100, 100, 2),
});

const run: fc.Arbitrary<LibraryAct> = fc.record({
  ...{
    does: fc.constant('RUN' as const),
    afterDays: fc.constantFrom(0, 1, 2, 8, 9),
    permit,
    death,
  },
  says: fc.constantFrom(null, null, null, 'yes' as const, 'no' as const),
});
const restore: fc.Arbitrary<LibraryAct> = fc.record({
  ...{ does: fc.constant('RESTORE' as const), afterDays: fc.constantFrom(0, 0, 1), pick: fc.nat() },
  ...{ isDry: oneIn(4), isNamed: oneIn(4), death: deathOfRestore },
});

export const libraryTrials: fc.Arbitrary<LibraryTrial> = fc.record({
  shape: fc.record({
    books: fc.integer({ min: 1, max: 8 }),
    catalogues: fc.integer({ min: 0, max: 4 }),
    ways: fc.constantFrom(...WAYS),
    isRecreatable: fc.boolean(),
  }),
  acts: fc.array(fc.oneof({ weight: 3, arbitrary: run }, { weight: 1, arbitrary: restore }), {
    ...{ minLength: 4, maxLength: 9 },
  }),
  drawn: fc.infiniteStream(fc.nat()),
});
