import {
  fullBatchSize,
  grownBatchSize,
  nextCheckAt,
  nextTurnAt,
  paceAfter,
  startPace,
} from '../../../core/removal/pace.ts';

const pace = { ...startPace(2), lastTurnAt: 100_000 };

it('the next removal comes after its part of a second', () =>
  expect(nextTurnAt(pace, 200_000)).toBe(100_500));

it('a last turn in the future, by a clock that was set back, is waited for no longer than others', () =>
  expect(nextTurnAt(pace, 40_000)).toBe(40_500));

it('a check begins five seconds before its first removal', () =>
  expect(nextCheckAt({ ...pace, rate: startPace(0.1).rate }, 100_000)).toBe(105_000));

it('one check is good for what five seconds take, for one at least and forty at most', () =>
  expect([0.1, 2, 5, 100].map((rate) => fullBatchSize(startPace(rate)))).toEqual([1, 10, 25, 40]));

it('a batch that was managed whole is followed by one of twice its size, to what the pace allows', () =>
  expect([1, 4, 8].map((size) => grownBatchSize(size, pace))).toEqual([2, 8, 10]));

it('throttling halves the rate, and an accepted request raises it, to what was set', () => {
  const slower = paceAfter(pace, 'THROTTLED');
  expect(slower).toMatchObject({ rate: { perSecond: 1 }, lastTurnAt: 100_000 });
  expect(paceAfter(slower, 'ACCEPTED').rate.perSecond).toBeCloseTo(1.05);
  expect(paceAfter(pace, 'ACCEPTED').rate.perSecond).toBe(2);
});
