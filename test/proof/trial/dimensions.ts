import fc from 'fast-check';
import { type Dimensions, NO_DIMENSION, type Trial, trialWith } from './trial.ts';

/** What may befall a trial beyond faults, other users and crashes, each alone and all together. */
export const DIMENSIONS = {
  none: NO_DIMENSION,
  writer: { ...NO_DIMENSION, writer: true },
  pairs: { ...NO_DIMENSION, pairs: true },
  clock: { ...NO_DIMENSION, clock: true },
  floors: { ...NO_DIMENSION, writer: true, floors: true },
  volumes: { ...NO_DIMENSION, volumes: true },
  all: { ...NO_DIMENSION, writer: true, pairs: true, clock: true },
} satisfies Record<string, Dimensions>;
export type DimensionName = keyof typeof DIMENSIONS;

/** How many of so many trials. */
const WEIGHTS: Readonly<Record<DimensionName, number>> = {
  none: 3,
  writer: 4,
  pairs: 2,
  clock: 2,
  // Has a test of its own.
  floors: 0,
  // So has this.
  volumes: 0,
  all: 1,
};

/** Trials of one dimension; without a name, of all in turn, some with several at once. */
export function trialsOf(name: DimensionName | undefined): fc.Arbitrary<Trial> {
  if (name !== undefined) return trialWith(DIMENSIONS[name]);
  return fc.oneof(
    ...Object.entries(DIMENSIONS).map(([each, dimensions]) => ({
      weight: WEIGHTS[each as DimensionName],
      arbitrary: trialWith(dimensions),
    })),
  );
}
