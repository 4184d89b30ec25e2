import fc from 'fast-check';
import { fullBatchSize, nextCheckAt, startPace } from '../../../core/removal/pace.ts';
import { mayBeOurs } from '../../../core/removal/tries.ts';
import {
  isUndecided,
  nextTurn,
  type Open,
  type Queue,
  type Turn,
} from '../../../core/removal/turn.ts';
import { aRemoval, NOW } from '../../support/summaries/builders.ts';
import { tries } from './arbitrary-removal.ts';

const KINDS = ['ami', 'ebs-snapshot'];
const open: fc.Arbitrary<Open[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      set: fc.constantFrom(undefined, undefined, 'snap-a', 'snap-b'),
      tries,
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) =>
    all.map(({ kind, set, tries: tried }, index) => ({
      removal: aRemoval({
        ...{ kind, resourceId: `snap-${index}` },
        ...(set && { set: { id: set, size: 2 } }),
      }),
      tries: tried,
    })),
  );
const queue: fc.Arbitrary<Queue> = fc.record({
  open,
  kinds: fc.constant(KINDS),
  pace: fc.record({
    rate: fc.constantFrom(0.1, 1, 2, 5).map((perSecond) => startPace(perSecond).rate),
    lastTurnAt: fc.nat(20_000).map((ms) => NOW.getTime() + ms),
  }),
  batchSize: fc.integer({ min: 1, max: 40 }),
  perRequest: fc.constant(() => 1),
  requiresBin: fc.boolean(),
  rulesSeen: fc.constantFrom(new Map(), new Map([['rule-1', true]]), new Map([['rule-1', false]])),
  now: fc.nat(40_000).map((ms) => NOW.getTime() + ms),
});

function always(law: (turn: Turn, of: Queue) => void) {
  fc.assert(
    fc.property(queue, (of) => law(nextTurn(of), of)),
    { numRuns: 2_000 },
  );
}
const setOf = ({ removal }: Open) => removal.set && `${removal.kind}/${removal.set.id}`;

it('somebody has a turn, or all wait for at most a second', () =>
  always((turn) => {
    if (turn.turn === 'REMOVE') return expect(turn.removals.length).toBeGreaterThan(0);
    expect(turn.milliseconds).toBeGreaterThan(0);
    return expect(turn.milliseconds).toBeLessThanOrEqual(1_000);
  }));

it('who waits as long as is said, again and again, has a turn at last', () =>
  always((_, of) => {
    let { now } = of;
    for (let waits = 0; waits < 200; waits += 1) {
      const turn = nextTurn({ ...of, now });
      if (turn.turn === 'REMOVE') return;
      now += turn.milliseconds;
    }
    throw new Error('nobody has a turn for ever');
  }));

it('whose turn it is is of the kind that goes first of all that may have a turn', () =>
  always((turn, of) => {
    if (turn.turn === 'WAIT') return;
    const isBinOpen = of.requiresBin && ![...of.rulesSeen.values()].includes(true);
    const untold = isBinOpen ? of.open.filter(({ tries: tried }) => mayBeOurs(tried)) : [];
    const may = untold.length > 0 ? untold : of.open;
    const first = KINDS.find((kind) => may.some(({ removal }) => removal.kind === kind));
    for (const { kind } of turn.removals) expect(kind).toBe(first);
  }));

it('nobody has a turn before its time, or while another member of its set waits', () =>
  always((turn, of) => {
    if (turn.turn === 'WAIT') return;
    for (const one of of.open.filter(({ removal }) => turn.removals.includes(removal))) {
      const set = setOf(one);
      const together = set === undefined ? [one] : of.open.filter((other) => setOf(other) === set);
      for (const { tries: tried } of together) expect(tried.notBefore).toBeLessThanOrEqual(of.now);
    }
  }));

it('a batch is no larger than it may be, and has a part of a set only where all of it is too many', () =>
  always((turn, of) => {
    if (turn.turn === 'WAIT') return;
    const most = Math.min(of.batchSize, fullBatchSize(of.pace));
    expect(turn.removals.length).toBeLessThanOrEqual(most);
    const mustComeFirst = of.requiresBin && ![...of.rulesSeen.values()].includes(true);
    if (mustComeFirst) return;
    for (const one of of.open) {
      const together = of.open.filter((other) => setOf(other) === setOf(one));
      const isIn = ({ removal }: Open) => turn.removals.includes(removal);
      if (setOf(one) !== undefined && together.length <= most)
        expect([0, together.length]).toContain(together.filter(isIn).length);
    }
  }));

it('a batch is as large as it may be, and who was put off more often comes later', () =>
  always((_, of) => {
    const alone = of.open.map(({ removal: { set: __, ...removal }, tries: tried }) => ({
      ...{ removal, tries: tried },
    }));
    const turn = nextTurn({ ...of, open: alone, requiresBin: false });
    if (turn.turn === 'WAIT') return;
    const ready = alone.filter(
      ({ removal, tries: tried }) => removal.kind === turn.kind && tried.notBefore <= of.now,
    );
    const most = Math.min(of.batchSize, fullBatchSize(of.pace), ready.length);
    expect(turn.removals).toHaveLength(most);
    const count = ({ tries: tried }: Open) => tried.count;
    const inTurn = ready.filter(({ removal }) => turn.removals.includes(removal)).map(count);
    expect(inTurn.toSorted()).toEqual(ready.map(count).toSorted().slice(0, most));
  }));

it('a turn comes when all are ready and a check may begin, not before', () =>
  always((turn, of) => {
    if (turn.turn === 'REMOVE') expect(of.now).toBeGreaterThanOrEqual(nextCheckAt(of.pace, of.now));
    const times = of.open.map(({ tries: tried }) => tried.notBefore);
    // A last turn that lies before `now` says when the check may begin, whatever the time is.
    const now = Math.max(...times, nextCheckAt(of.pace, Infinity), of.pace.lastTurnAt);
    expect(nextTurn({ ...of, now }).turn).toBe('REMOVE');
  }));

it('where the bin is required, what may be gone tells first whether it works', () =>
  always((turn, of) => {
    if (!of.requiresBin || [...of.rulesSeen.values()].includes(true)) return;
    const first = of.open.filter(({ tries: tried }) => mayBeOurs(tried));
    if (first.length === 0 || turn.turn === 'WAIT') return;
    expect(isUndecided(of)).toBe(false);
    for (const removal of turn.removals) expect(first.map((one) => one.removal)).toContain(removal);
  }));

it('the same question has the same answer', () =>
  always((turn, of) => expect(nextTurn(of)).toEqual(turn)));
