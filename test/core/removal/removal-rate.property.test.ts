import fc from 'fast-check';
import {
  type RateAnswer,
  rateAfter,
  type RemovalRate,
  startingRate,
} from '../../../core/removal/removal-rate.ts';

const LEAST = 0.1;
const setting = fc.double({ min: 0.001, max: 200, noNaN: true });
const answers = fc.array(fc.constantFrom<RateAnswer>('THROTTLED', 'ACCEPTED'), { maxLength: 200 });

function after(start: RemovalRate, given: readonly RateAnswer[]): RemovalRate {
  return given.reduce(rateAfter, start);
}

it('starts at the setting', () => {
  fc.assert(fc.property(setting, (most) => expect(startingRate(most).perSecond).toBe(most)));
});

it('is never above the setting, and never below one request in ten seconds', () => {
  fc.assert(
    fc.property(setting, answers, (most, given) => {
      const { perSecond } = after(startingRate(most), given);
      expect(perSecond).toBeLessThanOrEqual(most);
      expect(perSecond).toBeGreaterThanOrEqual(Math.min(LEAST, most));
    }),
  );
});

it('is halved by a throttled answer, down to the floor', () => {
  fc.assert(
    fc.property(setting, answers, (most, given) => {
      const before = after(startingRate(most), given);
      expect(rateAfter(before, 'THROTTLED').perSecond).toBe(
        Math.min(most, Math.max(LEAST, before.perSecond / 2)),
      );
    }),
  );
});

it('rises slowly with accepted requests: less than a tenth a second, at a rate of one', () => {
  fc.assert(
    fc.property(setting, answers, (most, given) => {
      const before = after(startingRate(most), given).perSecond;
      const next = rateAfter({ perSecond: before, mostPerSecond: most }, 'ACCEPTED').perSecond;
      expect(next).toBeGreaterThanOrEqual(before);
      expect(next - before).toBeLessThan(0.1);
    }),
  );
});

it('recovers to the setting, whatever happened before', () => {
  fc.assert(
    fc.property(setting, answers, (most, given) => {
      const accepted = Array<RateAnswer>(Math.ceil(most / 0.05) + 1).fill('ACCEPTED');
      const { perSecond } = after(after(startingRate(most), given), accepted);
      expect(perSecond).toBe(most);
    }),
  );
});

it.each([0, -1, Number.NaN, Infinity])('refuses %d removals per second', (most) => {
  expect(() => startingRate(most)).toThrow(RangeError);
});
