import { makePace } from '../../../aws/answers/pace.ts';
import { makeManualClock } from '../../support/manual-clock.ts';

it('lets the first few calls go at once, and then so many a second', async () => {
  const clock = makeManualClock(new Date(0));
  const turn = makePace(clock, { burst: 3, perSecond: 10 });
  const at: number[] = [];
  for (let call = 0; call < 6; call += 1) {
    await turn();
    at.push(clock.now().getTime());
  }
  expect(at).toEqual([0, 0, 0, 100, 200, 300]);
});

it('does not wait where the calls themselves take that long', async () => {
  const clock = makeManualClock(new Date(0));
  const turn = makePace(clock, { burst: 1, perSecond: 10 });
  for (let call = 0; call < 5; call += 1) {
    await turn();
    clock.advance(200);
  }
  expect(clock.now().getTime()).toBe(1000);
});

it('does not wait for a clock that was set back to catch up', async () => {
  const clock = makeManualClock(new Date(600_000));
  const turn = makePace(clock, { burst: 1, perSecond: 10 });
  for (let call = 0; call < 3; call += 1) await turn();
  clock.advance(-300_000);
  const setBackTo = clock.now().getTime();
  for (let call = 0; call < 3; call += 1) await turn();
  expect(clock.now().getTime() - setBackTo).toBeLessThanOrEqual(500);
});
