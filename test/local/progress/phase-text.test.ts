import fc from 'fast-check';
import stringWidth from 'string-width';
import { type Facts, NOTHING_KNOWN } from '../../../local/progress/facts.ts';
import { endedPhaseText, livePhaseText } from '../../../local/progress/phase-text.ts';
import { PHASES, phasesFor } from '../../../local/progress/phases.ts';
import { observe, startMeter } from '../../../local/progress/rate.ts';

const meter = observe(startMeter(0, 0), 60_000, 40);
const looking: Facts = {
  ...NOTHING_KNOWN,
  accounts: { done: 7, all: 13 },
  targets: { done: 40, all: 50, expected: 80, areAllRead: true },
  stale: 1204,
  incomplete: 2,
};
const live = {
  ...{ phase: 'look' as const, step: { number: 2, of: 4 }, elapsedMs: 60_000 },
  ...{ meter, facts: looking, untold: 0 },
};

it('says phase, accounts, targets, stale, gaps, rate, time and what is left of it', () => {
  expect(livePhaseText(live, 200)).toBe(
    'scanning (step 2 of 4) [#####-----] · accounts 7/13 · account-Regions 40/50 · 1,204 unused · 2 not complete · 40 account-Regions/min · 1 min 0 s · about 60 s left',
  );
});

it('leaves out what matters least where there is little room', () => {
  expect(livePhaseText(live, 79)).toBe(
    'scanning [##---] · accounts 7/13 · 2 not complete · 1 min 0 s · about 60 s left',
  );
  expect(livePhaseText(live, 42)).toBe('scanning · accounts 7/13 · about 60 s left');
});

it('says what it waits for, instead of a time left that has passed', () => {
  const all = { ...looking, targets: { ...looking.targets, done: 79, all: 80 } };
  const stuck = observe(observe(startMeter(0, 0), 60_000, 79), 62_000, 79);
  const waiting = { ...live, facts: all, meter: stuck };
  expect(livePhaseText(waiting, 92)).toMatch(
    /^scanning \[#########-\] .* · waiting for 1 account-Region$/,
  );
  // Until all accounts are listed, nobody knows how many targets there are.
  const unlisted = { ...all, targets: { ...all.targets, all: 79 } };
  expect(livePhaseText({ ...waiting, facts: unlisted }, 79)).toMatch(/ · waiting for 6 accounts$/);
  expect(livePhaseText({ ...waiting, meter: startMeter(0, 0) }, 79)).not.toContain('waiting for');
});

it('says removals a second while it removes', () => {
  const removals = { done: 90, all: 1_085 };
  const facts = { ...looking, removals, unremoved: 3 };
  const removing = { ...live, phase: 'remove' as const, facts, meter: observe(meter, 0, 0) };
  expect(livePhaseText({ ...removing, meter: observe(startMeter(0, 0), 10_000, 90) }, 120)).toBe(
    'deleting (step 2 of 4) [----------] · deletions 90/1,085 · 3 failed · 9.0 deletions/s · 1 min 0 s · about 2 min left',
  );
});

it('says how many errors it does not tell one by one', () => {
  expect(livePhaseText({ ...live, untold: 480 }, 200)).toContain(
    ' · and 480 more errors so far · ',
  );
});

it.each([
  ['prepare', 'prepared   13 accounts to scan   3.1 s'],
  ['look', 'scanned    7 of 13 accounts, 40 account-Regions, 1,204 unused, 2 not complete   3.1 s'],
  ['approve', 'waited     for a decision   3.1 s'],
  ['sumUp', 'summarized   3.1 s'],
] as const)('keeps a line of the phase %s when it has ended', (phase, line) => {
  expect(endedPhaseText({ phase, facts: looking, elapsedMs: 3_100 }, 100)).toBe(line);
});

it('keeps of an ended phase what went wrong where there is little room', () => {
  expect(endedPhaseText({ phase: 'look', facts: looking, elapsedMs: 3_100 }, 60)).toBe(
    'scanned    7 of 13 accounts, 2 not complete   3.1 s',
  );
});

it('tells what is removed from what is only settled', () => {
  const facts = { ...looking, removals: { done: 18, all: 18 }, removed: 12, unremoved: 6 };
  const removed = { phase: 'remove' as const, facts, elapsedMs: 125_000 };
  expect(endedPhaseText(removed, 100)).toBe('deleted    12 of 18, 6 failed   2 min 5 s');
  const copied = { ...removed, facts: { ...facts, stepped: 6, unremoved: 0 } };
  expect(endedPhaseText(copied, 100)).toContain('12 of 18, 6 one step further');
});

it('does not claim to have read all targets where it has not', () => {
  const facts = { ...looking, targets: { ...looking.targets, areAllRead: false } };
  expect(endedPhaseText({ phase: 'look', facts, elapsedMs: 0 }, 120)).toBe(
    'scanned    7 of 13 accounts, at least 40 account-Regions, at least 1,204 unused, 2 not complete   0.0 s',
  );
});

it('says until when somebody can decide', () => {
  const facts = { ...live.facts, waitsUntil: '2026-11-24T12:00:00.000Z' };
  const waiting = { ...live, phase: 'approve', facts } as const;
  expect(livePhaseText(waiting, 100)).toContain('waiting for approval');
  expect(livePhaseText(waiting, 100)).toContain('until 2026-11-24 12:00 UTC');
});

it('is never wider than it may be, nor says NaN or less than nothing', () => {
  const count = fc.nat(10_000_000);
  const work = fc.record({ done: count, all: count });
  const facts = fc.record({
    ...{ accounts: fc.option(work, { nil: undefined }), stale: count, incomplete: count },
    targets: fc.record({
      ...{ done: count, all: fc.option(count, { nil: undefined }), areAllRead: fc.boolean() },
      expected: fc.option(count, { nil: undefined }),
    }),
    plan: fc.option(fc.record({ removals: count, held: count }), { nil: undefined }),
    waitsUntil: fc.option(fc.constant('2026-11-24T12:00:00.000Z'), { nil: undefined }),
    ...{
      removals: fc.option(work, { nil: undefined }),
      removed: count,
      stepped: count,
      unremoved: count,
    },
  });
  const phases = fc.constantFrom(...PHASES);
  const elapsed = fc.integer({ min: -10_000, max: 1e9 });
  fc.assert(
    fc.property(
      phases,
      facts,
      elapsed,
      fc.integer({ min: 1, max: 200 }),
      (phase, of, ms, width) => {
        const shown = { ...live, phase, facts: of, elapsedMs: ms, untold: of.stale };
        for (const line of [livePhaseText(shown, width), endedPhaseText(shown, width)]) {
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/NaN|Infinity|undefined| -\d|\n/);
        }
      },
    ),
  );
});

it('counts the phases that an input leads to', () => {
  expect(phasesFor({})).toEqual(['prepare', 'look', 'plan', 'sumUp']);
  expect(phasesFor({ mode: 'delete' })).toEqual(['prepare', 'look', 'plan', 'remove', 'sumUp']);
  expect(phasesFor({ mode: 'delete', approval: 'required' })).toEqual([...PHASES]);
});
