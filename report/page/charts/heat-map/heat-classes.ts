import { sizeUnitOf } from '../../../format/money.ts';

/** Classes of GiB, each a constant factor above the one before, with round numbers between them. */
export interface HeatClasses {
  /** The lower bounds of all classes but the first, ascending; at most 5. */
  readonly from: readonly number[];
}

const MOST_CLASSES = 6;
const ROUND = [1, 2, 5, 10];

export function heatClassesOf(values: readonly number[]): HeatClasses {
  const [min, max] = extentOf(values);
  if (!(min > 0) || max === min) return { from: [] };
  const factor = (max / min) ** (1 / MOST_CLASSES);
  const between = Array.from({ length: MOST_CLASSES - 1 }, (_, i) =>
    rounded(min * factor ** (i + 1)),
  );
  const from = [...new Set(between)].filter((bound) => bound > min && bound <= max);
  return { from };
}

/** From 0; of few classes, those of the ends are used first, so that few differ clearly. */
export function heatOf(value: number, { from }: HeatClasses): 1 | 2 | 3 | 4 | 5 | 6 {
  const index = from.filter((bound) => value >= bound).length;
  return stepOf(index, from.length + 1);
}

export function stepOf(index: number, classes: number): 1 | 2 | 3 | 4 | 5 | 6 {
  const step = classes === 1 ? 3 : 1 + Math.round((index * (MOST_CLASSES - 1)) / (classes - 1));
  return step as 1 | 2 | 3 | 4 | 5 | 6;
}

/** Not by spreading them into Math.min: there may be too many for a call. */
function extentOf(values: readonly number[]): [number, number] {
  let [min, max] = [Infinity, 0];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  return [min, max];
}

/** To 1, 2 or 5 times a power of ten, the nearest by factor, in the unit that people read it in. */
function rounded(value: number): number {
  const { ofGiB } = sizeUnitOf(value);
  const size = value / ofGiB;
  const power = 10 ** Math.floor(Math.log10(size));
  const byDistance = ROUND.map((digit) => ({
    digit,
    distance: Math.abs(Math.log(size / (digit * power))),
  })).toSorted((a, b) => a.distance - b.distance);
  return Number(((byDistance[0]?.digit ?? 1) * power).toPrecision(1)) * ofGiB;
}
