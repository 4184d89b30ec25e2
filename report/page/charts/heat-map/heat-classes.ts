/** Classes of what is in the cells, from the palest up. */
export interface HeatClasses {
  /** The lower bounds of all classes but the first, ascending; at most 4. */
  readonly from: readonly number[];
}

const HEATS = [1, 2, 3, 4, 5] as const;
type Heat = (typeof HEATS)[number];

/**
 * Of what is usual, the median. Classes of equally many cells would colour half of the table, and
 * hide the few that it is looked at for: where nothing stands out, all is pale.
 */
const TIMES_OF_USUAL = [2, 4, 8, 16];
const ROUND = [1, 2, 5, 10];

/** @param unitOf how much is one of the unit that people read such a value in */
export function heatClassesOf(
  values: readonly number[],
  unitOf: (value: number) => number,
): HeatClasses {
  const sorted = values.toSorted((a, b) => a - b);
  const [usual, max] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  if (usual === undefined || max === undefined) return { from: [] };
  const bounds = TIMES_OF_USUAL.map((times) => rounded(usual * times, unitOf));
  return { from: [...new Set(bounds)].filter((bound) => bound <= max) };
}

export function heatOf(value: number, { from }: HeatClasses): Heat {
  return HEATS[from.filter((bound) => value >= bound).length] ?? 5;
}

/** To 1, 2 or 5 times a power of ten, the nearest by factor. */
function rounded(value: number, unitOf: (value: number) => number): number {
  const unit = unitOf(value);
  const power = 10 ** Math.floor(Math.log10(value / unit));
  const [nearest] = ROUND.map((digit) => ({
    digit,
    distance: Math.abs(Math.log(value / unit / (digit * power))),
  })).toSorted((a, b) => a.distance - b.distance);
  return Number(((nearest?.digit ?? 1) * power).toPrecision(1)) * unit;
}
