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
  'volumes and a writer': { ...NO_DIMENSION, volumes: true, writer: true },
  'whole lives of volumes': { ...NO_DIMENSION, volumes: true, lives: true },
  'volumes in pairs': { ...NO_DIMENSION, volumes: true, lives: true, pairs: true },
  'volumes by a wrong clock': { ...NO_DIMENSION, volumes: true, lives: true, clock: true },
  'volumes under floors': { ...NO_DIMENSION, volumes: true, writer: true, floors: true },
  leftovers: { ...NO_DIMENSION, leftovers: true },
  'leftovers beside volumes': { ...NO_DIMENSION, leftovers: true, volumes: true },
  amis: { ...NO_DIMENSION, leftovers: true, amis: true },
  'amis beside volumes': { ...NO_DIMENSION, leftovers: true, amis: true, volumes: true },
  all: { ...NO_DIMENSION, writer: true, pairs: true, clock: true },
} satisfies Record<string, Dimensions>;
export type DimensionName = keyof typeof DIMENSIONS;

type Weights = Readonly<Partial<Record<DimensionName, number>>>;

/** How many of so many trials of snapshots alone: floors have a test of their own. */
const OF_SNAPSHOTS: Weights = { none: 3, writer: 4, pairs: 2, clock: 2, all: 1 };

/** And of those with volumes besides, each by itself. */
export const WITH_VOLUMES = {
  volumes: 2,
  'whole lives of volumes': 3,
  'volumes and a writer': 2,
  'volumes in pairs': 1,
  'volumes by a wrong clock': 1,
  'volumes under floors': 3,
} as const satisfies Weights;

/** And of those with AMIs. */
export const WITH_AMIS = { amis: 3, 'amis beside volumes': 1 } as const satisfies Weights;

/** Trials of one dimension; without a name, of all that snapshots alone are tried in, in turn. */
export function trialsOf(name: DimensionName | undefined): fc.Arbitrary<Trial> {
  if (name !== undefined) return trialWith(DIMENSIONS[name]);
  return fc.oneof(
    ...Object.entries(OF_SNAPSHOTS).map(([each, weight]) => ({
      weight,
      arbitrary: trialWith(DIMENSIONS[each as DimensionName]),
    })),
  );
}
