import type { BringingBack, Step } from '../../kinds/removal.ts';
import { bookKind } from '../support/kinds/library/book.ts';
import { catalogueKind } from '../support/kinds/library/catalogue.ts';
import { listingsOf } from '../support/kinds/library/catalogue-looks.ts';
import { World } from '../support/kinds/library/library.ts';
import { type MadeUp, madeUpKind, madeUpStep } from '../support/kinds/made-up-kind.ts';
import { SteppedWorld, steppedKind } from '../support/kinds/stepped-kind.ts';
import { faultsOfSteps } from './steps-contract.ts';

const kind = madeUpKind(new Map());
const NOTHING = { by: 'NOTHING', says: 'Nothing keeps a role from it.' } as const;

/** The kind with these steps, of which nobody says which is next. */
function faultsOf(...steps: readonly [Step<MadeUp>, ...Step<MadeUp>[]]) {
  return faultsOfSteps({ removal: { ...kind.removal!, steps: steps as never } });
}
function back(way: 'RECREATION' | 'MADE'): BringingBack<MadeUp> {
  const findWhole = async () => new Set<string>();
  return { way, findWhole, find: async () => null, bringBack: async () => '' };
}

it('kinds of one step, and of three, are as they should be', () => {
  expect(faultsOfSteps(kind)).toEqual([]);
  expect(faultsOfSteps(steppedKind(new SteppedWorld(), () => new Date()))).toEqual([]);
});

it.each([[['MADE']], [['MADE', 'RECREATION']], [['RECREATION']], [['NONE']]] as const)(
  'books that come back by %s, and catalogues, are as they should be',
  (ways) => {
    const world = new World();
    const listings = listingsOf(world);
    expect(faultsOfSteps(bookKind(world, listings.listing, ways))).toEqual([]);
    expect(faultsOfSteps(catalogueKind(world, listings, true))).toEqual([]);
  },
);

it('a kind that has last copies and cannot be marked is refused', () => {
  const groups = { of: () => ({}), now: async () => new Map() };
  const steps = [madeUpStep({ fence: NOTHING })] as never;
  expect(faultsOfSteps({ groups, removal: { ...kind.removal!, steps } })).toEqual([
    "delete isn't marked, and there are last copies",
  ]);
});

it.each([
  ['nobody says which step is next', [madeUpStep({ name: 'archive' }), madeUpStep()]],
  ['two steps have the same name', [madeUpStep(), madeUpStep()]],
  ['the first step waits for none', [madeUpStep({ waitDays: 3 })]],
  ['Delete is no name of a step', [madeUpStep({ name: 'Delete' })]],
  ['delete: there is no record', [madeUpStep({ undo: [back('RECREATION')] })]],
  ['delete: nothing was made before it', [madeUpStep({ undo: [back('MADE')] })]],
  ['delete: what is lost', [madeUpStep({ undo: [{ way: 'NONE', says: 'lost' }] })]],
  ['delete takes none at once', [madeUpStep({ run: { most: 0, many: async () => new Map() } })]],
] as const)('%s', (fault, steps) => {
  const [first, ...others] = steps;
  expect(faultsOf(first, ...others)).toContain(fault);
});
