import fc from 'fast-check';
import { madeByAll } from '../../../core/prices/making.ts';
import { amountOfRemovals } from '../../../core/plan/amount-of-removals.ts';

const usd = fc.option(fc.integer({ min: 0, max: 1e9 }).map((cents) => cents / 100));
const removal = fc.record({
  ...{ kind: fc.constant('disk'), accountId: fc.constant('111122223333') },
  ...{ region: fc.constant('eu-west-1'), sizeGiB: fc.nat(64_000), monthlyCostUsdUpTo: usd },
  makes: fc.option(
    fc.record(
      { makesMonthlyCostUsdUpTo: usd, makesForDays: fc.integer({ min: 1, max: 400 }) },
      { requiredKeys: ['makesMonthlyCostUsdUpTo'] },
    ),
    { nil: {} },
  ),
});

it('what steps make is in no amount of what is removed, and is a sum of its own', () => {
  fc.assert(
    fc.property(fc.array(removal), (all) => {
      const making = all.map(({ makes, ...of }) => ({ ...of, ...makes }));
      const without = all.map(({ makes: _makes, ...of }) => of);
      expect(amountOfRemovals(making)).toEqual(amountOfRemovals(without));
      const told = all.flatMap(({ makes }) => ('makesMonthlyCostUsdUpTo' in makes ? [makes] : []));
      const cents = told.reduce(
        (sum, { makesMonthlyCostUsdUpTo: of }) => sum + Math.round((of ?? 0) * 100),
        0,
      );
      const made = madeByAll(making);
      expect(made?.resources ?? 0).toBe(told.length);
      expect(Math.round((made?.monthlyCostUsdUpTo ?? 0) * 100)).toBe(cents);
      expect(made?.unpriced ?? 0).toBe(
        told.filter(({ makesMonthlyCostUsdUpTo: of }) => of === null).length,
      );
      const days = told.map(({ makesForDays = null }) => makesForDays);
      expect(made?.forDays ?? null).toBe(
        days.length === 0 || days.includes(null) ? null : Math.max(...days.map(Number)),
      );
    }),
  );
});
