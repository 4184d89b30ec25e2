import fc from 'fast-check';
import { next } from '../../../core/removal/next.ts';
import { aRule } from '../../support/summaries/builders.ts';
import { allowed, removal } from './arbitrary-removal.ts';

it('nothing goes on under a rule that keeps it for fewer days than the plan promised', () => {
  const days = fc.integer({ min: 1, max: 30 });
  let on = 0;
  fc.assert(
    fc.property(removal, allowed, days, days, (one, may, retentionDays, restorableDays) => {
      if (one.stage.at !== 'STALE') return;
      const promised = { ...one, planned: { ...one.planned, restorableDays } };
      const then = next(promised, { seen: 'RULE', rule: aRule({ retentionDays }) }, may);
      if (retentionDays >= restorableDays) {
        if (then.next === 'GO_ON') on += 1;
        return;
      }
      expect(then.next).toBe('END');
    }),
    { numRuns: 2_000 },
  );
  expect(on).toBeGreaterThan(5);
});
