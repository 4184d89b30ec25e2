const STEPS = [1, 2, 2.5, 5, 10];
const MOST_TICKS = 4;

/** Round numbers from 0 to the first that no value is above. */
export function ticksTo(max: number): number[] {
  if (!(max > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(max / MOST_TICKS));
  const step = (STEPS.find((one) => one * power * MOST_TICKS >= max) ?? 10) * power;
  const count = Math.ceil(max / step);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** A line from one range to another; of a range of nothing, its end. */
export function linear(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): (value: number) => number {
  return (value) =>
    from === to
      ? end
      : Math.round((start + ((value - from) / (to - from)) * (end - start)) * 10) / 10;
}
