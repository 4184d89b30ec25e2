import fc from 'fast-check';
import {
  type Meter,
  observe,
  ratePerMs,
  remainingMs,
  startMeter,
} from '../../../local/progress/rate.ts';

/** Looks at work that is done: how long after the one before, and how much more is done by then. */
const looks = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.integer({ min: 50, max: 600_000 }), fc.integer({ min: 0, max: 49 })),
    more: fc.oneof(fc.nat(50), fc.constant(0), fc.nat(1_000_000)),
  }),
  { maxLength: 40 },
);
type Looks = { afterMs: number; more: number }[];

function after(taken: Looks, from = startMeter(1_000, 0)): Meter {
  return taken.reduce(
    ({ meter, at, done }, { afterMs, more }) => {
      const next = { at: at + afterMs, done: done + more };
      return { ...next, meter: observe(meter, next.at, next.done) };
    },
    { meter: from, at: from.at, done: from.done },
  ).meter;
}

it('tells a time left that is finite and never negative, or none', () => {
  fc.assert(
    fc.property(looks, fc.nat(2_000_000_000), (taken, all) => {
      const meter = after(taken);
      expect(ratePerMs(meter)).not.toBeNaN();
      const left = remainingMs(meter, all);
      if (left === undefined) return;
      expect(Number.isFinite(left)).toBe(true);
      expect(left).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('bears a clock that is set back, and work that is counted down', () => {
  const leap = fc.record({ at: fc.integer(), done: fc.integer() });
  fc.assert(
    fc.property(fc.array(leap), fc.nat(), (leaps, all) => {
      const meter = leaps.reduce<Meter>(
        (seen, { at, done }) => observe(seen, at, done),
        startMeter(0, 0),
      );
      const told = [remainingMs(meter, all), ratePerMs(meter)].filter((one) => one !== undefined);
      for (const one of told) expect(one >= 0 && Number.isFinite(one)).toBe(true);
    }),
  );
});

it('tells nothing while nothing is done, however long that takes', () => {
  fc.assert(
    fc.property(looks, fc.nat(), (taken, all) => {
      const meter = after(taken.map(({ afterMs }) => ({ afterMs, more: 0 })));
      expect([ratePerMs(meter), remainingMs(meter, all)]).toEqual([undefined, undefined]);
    }),
  );
});

it('tells a rate between the slowest and the fastest that was seen', () => {
  fc.assert(
    fc.property(looks, (taken) => {
      const seen = taken.map(({ afterMs, more }) => ({ afterMs: afterMs + 50, more }));
      const rate = ratePerMs(after(seen));
      if (rate === undefined) return;
      const rates = seen.map(({ afterMs, more }) => more / afterMs);
      expect(rate).toBeGreaterThanOrEqual(Math.min(...rates) * (1 - 1e-9));
      expect(rate).toBeLessThanOrEqual(Math.max(...rates) * (1 + 1e-9));
    }),
  );
});

it('never tells a longer time for having done more', () => {
  fc.assert(
    fc.property(looks, fc.nat(1_000), fc.nat(1_000), fc.nat(1_000_000), (taken, a, b, more) => {
      const meter = after(taken);
      const all = meter.done + more;
      const [less, most] = [a, b].toSorted((x, y) => x - y) as [number, number];
      const [slow, quick] = [less, most].map((done) =>
        remainingMs(observe(meter, meter.at + 1_000, meter.done + done), all),
      );
      if (slow === undefined || quick === undefined) return;
      expect(quick).toBeLessThanOrEqual(slow * (1 + 1e-9));
    }),
  );
});

it('is exact for work that goes on evenly, and counts down with it', () => {
  const evenly = { afterMs: 1_000, more: 2 };
  const tenIn = after(Array.from({ length: 10 }, () => evenly));
  expect(ratePerMs(tenIn)).toBeCloseTo(0.002, 10);
  expect(remainingMs(tenIn, 100)).toBeCloseTo(40_000, 4);
  expect(remainingMs(after([evenly], tenIn), 100)).toBeCloseTo(39_000, 4);
  expect(remainingMs(tenIn, 20)).toBe(0);
});

it('does not jump with a burst, as when 40 accounts end at once', () => {
  const burst = [...Array.from({ length: 59 }, () => 0), 40];
  const taken = [...burst, ...burst, ...burst].map((more) => ({ afterMs: 1_000, more }));
  const justAfter = remainingMs(after(taken), 1_000) ?? NaN;
  const longAfter = remainingMs(after([...taken, ...taken.slice(0, 50)]), 1_000) ?? NaN;
  expect(longAfter / justAfter).toBeGreaterThan(0.5);
  expect(longAfter / justAfter).toBeLessThan(2);
});

it('tells no time beyond all sense', () => {
  const slow = after(Array.from({ length: 5 }, () => ({ afterMs: 1_000, more: 1 })));
  expect(remainingMs(slow, 1_000_000)).toBeCloseTo(1e9, -5);
  expect(remainingMs(slow, 1_000_000_000)).toBeUndefined();
});

it('tells no time that has been waited for in vain: the last account may be the largest', () => {
  const quick = Array.from({ length: 10 }, () => ({ afterMs: 1_000, more: 1 }));
  const still = Array.from({ length: 2 }, () => ({ afterMs: 1_000, more: 0 }));
  expect(remainingMs(after(quick), 11)).toBeCloseTo(1_000, 4);
  expect(remainingMs(after([...quick, ...still]), 11)).toBeUndefined();
});
