import fc from 'fast-check';
import { leavingOf } from '../../../core/summary/leaving.ts';
import {
  folded,
  type Leaving,
  NO_SAVINGS,
  type Saved,
  savedBy,
  Savings,
  withRemoved,
  withRestores,
} from '../../../core/summary/savings.ts';
import { costUsd, sizeGiB } from '../../support/summaries/arbitraries.ts';
import { aRemovalOutcome, NOW } from '../../support/summaries/builders.ts';
import { resourceKey } from '../../../core/model/ids.ts';

const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

const days = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 4 })
  .chain((all) =>
    fc.tuple(
      ...all.toSorted((a, b) => a - b).map((day) => fc.tuple(fc.constant(day), sizeGiB, costUsd)),
    ),
  );

interface Run {
  readonly id: string;
  readonly startsOn: number;
  readonly leaving: readonly Leaving[];
}

/** Weekly, for years. */
const runs = fc.array(days, { minLength: 1, maxLength: 12 }).map((all) =>
  all.map((of, i): Run => {
    const startsOn = 70 * i;
    const leaving = of.map(([day, size, usd]): Leaving => ({
      until: inDays(startsOn + day).toISOString(),
      ...{ resources: 1, sizeGiB: size, monthlyCostUsdUpTo: usd ?? 0 },
      unpricedGiB: usd === null ? size : 0,
      ...{ unpricedUnsized: 0, kind: i % 2 === 0 ? 'ebs-snapshot' : 'ebs-volume' },
    }));
    return { id: `run-${i}`, startsOn, leaving };
  }),
);

const take = (savings: Savings, { id, startsOn, leaving }: Run): Savings =>
  withRemoved(savings, id, {
    startedAt: inDays(startsOn).toISOString(),
    endedAt: inDays(startsOn + 0.1).toISOString(),
    leaving: [...leaving],
  });
const look = (savings: Savings, day: number): Savings =>
  Object.keys(savings.executions).reduce(
    (so, id) => withRestores(so, id, { readAt: inDays(day) }),
    savings,
  );
const END = 2_000;
const sumOf = ({ gone, inRecycleBin }: Saved) => gone.resources + inRecycleBin.resources;

const removals = fc.uniqueArray(
  fc.record({
    ...{ resourceId: fc.stringMatching(/^snap-[0-9a-f]$/), sizeGiB, monthlyCostUsdUpTo: costUsd },
    ...{ outcome: fc.constantFrom('REMOVED' as const, 'FAILED' as const) },
    sharesWith: fc.option(fc.constantFrom('vol-1', 'vol-2'), { nil: undefined }),
    restorableUntil: fc.option(
      fc.integer({ min: 0, max: 40 }).map((day) => inDays(day).toISOString()),
    ),
  }),
  { selector: ({ resourceId }) => resourceId },
);

describe('what leaves the Recycle Bin, of any removals and restores', () => {
  it('is the same in any order, and never more, nor less than nothing, with more restored', () => {
    const given = removals
      .map((all) =>
        all.map(({ sharesWith, ...of }) =>
          aRemovalOutcome(sharesWith === undefined ? of : { ...of, sharesWith }),
        ),
      )
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.subarray(all),
        ),
      );
    fc.assert(
      fc.property(given, ([all, shuffled, back]) => {
        const restored = new Set(back.map(resourceKey));
        const sum = (of: readonly Leaving[]) =>
          savedBy(take(NO_SAVINGS, { id: 'a', startsOn: 0, leaving: of }), inDays(99)).gone;
        const before = sum(leavingOf(all));
        const after = sum(leavingOf(all, restored));
        expect(sum(leavingOf(shuffled, restored))).toEqual(after);
        for (const key of Object.keys(before) as (keyof typeof before)[]) {
          expect(after[key]).toBeLessThanOrEqual(before[key]);
          expect(after[key]).toBeGreaterThanOrEqual(0);
        }
        expect(sum(leavingOf(all, new Set(all.map(resourceKey)))).resources).toBe(0);
      }),
    );
  });
});

describe('what was saved, of any executions', () => {
  it('is the same in whatever order they are taken in, and as often as they are', () => {
    fc.assert(
      fc.property(
        runs.chain((all) =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
            again: fc.subarray(all),
          }),
        ),
        fc.integer({ min: 0, max: END }),
        ({ all, shuffled, again }, day) => {
          const once = all.reduce(take, NO_SAVINGS);
          const other = [...shuffled, ...again].reduce(take, NO_SAVINGS);
          expect(savedBy(other, inDays(day))).toEqual(savedBy(once, inDays(day)));
        },
      ),
    );
  });

  it('is the same whenever it is folded, and counted once and not lost after that, too', () => {
    fc.assert(
      fc.property(
        runs,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.array(fc.nat(11), { maxLength: 6 }),
        (all, foldsThen, again) => {
          let folding = NO_SAVINGS;
          let plain = NO_SAVINGS;
          for (const [i, run] of all.entries()) {
            folding = take(look(folding, run.startsOn), run);
            plain = take(plain, run);
            if (foldsThen[i] === true) folding = folded(folding, inDays(run.startsOn));
            const now = inDays(run.startsOn);
            expect(savedBy(folding, now)).toEqual(savedBy(plain, now));
          }
          folding = folded(look(folding, END), inDays(END));
          expect(folding.executions).toEqual({});
          expect(Savings.parse(JSON.parse(JSON.stringify(folding)))).toEqual(folding);
          const known = again.flatMap((i) => all[i] ?? []);
          const twice = known.reduce(take, folding);
          expect(savedBy(twice, inDays(END))).toEqual(savedBy(plain, inDays(END)));
        },
      ),
    );
  });

  it('only moves from the Recycle Bin to what is gone as time goes by', () => {
    fc.assert(
      fc.property(runs, fc.nat(END), fc.nat(END), (all, a, b) => {
        const savings = all.reduce(take, NO_SAVINGS);
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((day) =>
          savedBy(savings, inDays(day)),
        ) as [Saved, Saved];
        expect(late.gone.resources).toBeGreaterThanOrEqual(early.gone.resources);
        expect(sumOf(late)).toBe(sumOf(early));
        const nothingInBin = late.inRecycleBin.resources === 0;
        expect(late.inRecycleBin.lastUntil === null).toBe(nothingInBin);
      }),
    );
  });
});
