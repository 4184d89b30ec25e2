import fc from 'fast-check';
import { Floors } from '../../../core/floors/floors.ts';
import { KINDS, SKIPPABLE_SOURCES } from '../../../kinds/registry.ts';
import type { Deps } from '../../../steps/deps.ts';

/** What `policy.skipReferences` may name. */
export const SKIPPABLE_REFERENCES: readonly string[] = KINDS.flatMap(({ references }) =>
  references.filter(({ skippable }) => skippable).map(({ name }) => name),
).toSorted();

/** What a deployment sets, as its functions have it one after the other. */
export interface ChangingFloors {
  current: Floors;
  /** For the options of `openRemovalSweep`. */
  readonly deps: (deps: Deps) => Deps;
}

const count = fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined });
const percent = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined });
const days = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }));

/** Whatever a deployment may set. */
export const anyFloors: fc.Arbitrary<Floors> = fc
  .record({
    approval: fc.constantFrom('none', 'required'),
    ...{ requireUndo: fc.boolean(), keepLastCopy: fc.boolean() },
    ...{ minAgeDays: days, graceDays: days },
    skippableSources: fc.subarray([...SKIPPABLE_SOURCES]),
    ...{ maxRemovalsPerTarget: count, maxRemovalsPerAccount: count, maxRemovals: count },
    ...{ maxStalePercent: percent, maxStalePercentPerAccount: percent },
    ...{ maxStalePercentOverall: percent, minReferencePercent: percent },
    maxPlanAgeDays: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
  })
  .map((floors) => Floors.parse(JSON.parse(JSON.stringify(floors))));

/** None of the floors that are on by default, but those that are named. */
export function floorsOf(named: Partial<Floors> = {}): Floors {
  return Floors.parse({ requireUndo: false, ...named });
}

export function changingFloors(named: Partial<Floors> = {}): ChangingFloors {
  const floors = {
    current: floorsOf(named),
    deps: (deps: Deps): Deps => ({
      ...deps,
      settings: {
        ...deps.settings,
        get floors() {
          return floors.current;
        },
      },
    }),
  };
  return floors;
}
