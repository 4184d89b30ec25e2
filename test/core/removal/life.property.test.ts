import fc from 'fast-check';
import { type Trouble, World } from './world.ts';

const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
const trouble: fc.Arbitrary<Trouble> = fc.record({
  answer: often<Trouble['answer']>('OK', 'SERVER', 'LOST', 'THROTTLED', 'DENIED', 'FAILED'),
  dies: often<Trouble['dies']>(null, 'BEFORE', 'AFTER'),
  takesMilliseconds: often(0, 1_000, 7_000, 13_000),
  setsClockBack: often(false, true),
  meanwhile: often<Trouble['meanwhile']>(null, 'PROTECTED', 'DELETED', 'RULE_GONE', 'INTERRUPTED'),
});
/** Of one step that removes; of three, one that can be marked, and two that aren't the last. */
const step = fc.constantFrom(null, null, 'disable', 'archive', 'delete');
const life = fc.tuple(fc.array(trouble, { maxLength: 60 }), fc.boolean(), step);

/** Whatever goes wrong at whichever calls and writes. */
function always(law: (world: World) => void, numRuns = 3_000) {
  fc.assert(
    fc.property(life, ([troubles, requiresBin, of]) => {
      const world = new World(troubles, requiresBin, of);
      world.live();
      law(world);
    }),
    { numRuns },
  );
}

it('each request follows a fresh look that found it stale, and its own note in the ledger', () =>
  always(({ breaches }) => expect(breaches).toEqual([])));

it('every life ends, and soon where nothing more goes wrong', () =>
  always(({ invocations, steps }) => {
    expect(invocations).toBeLessThanOrEqual(62);
    expect(steps).toBeLessThanOrEqual(1_000);
  }));

it('what we removed is told as removed, through every crash between two writes', () =>
  always(({ carriedOut, isFurther, exists, ledger }) => {
    const outcome = isFurther ? (exists ? 'STEP_DONE' : expect.anything()) : 'REMOVED';
    if (carriedOut > 0) expect(ledger.ended?.outcome).toEqual(outcome);
    expect(carriedOut).toBeLessThanOrEqual(1);
  }));

// Who dies right after its note may have sent the request: then it counts as ours.
it('what is told as removed is gone, and was about to be requested; nothing else is ours', () =>
  always(({ exists, notes, carriedOut, isFurther, ledger: { ended } }) => {
    if (ended?.outcome === 'REMOVED')
      expect([exists, isFurther, notes > 0]).toEqual([false, false, true]);
    else if (ended?.outcome === 'STEP_DONE') expect([isFurther, notes > 0]).toEqual([true, true]);
    // A step that isn't the last took it nowhere: who deleted it was somebody else.
    else if (exists || !isFurther) expect(carriedOut).toBe(0);
  }));

it.each(['SERVER', 'THROTTLED', 'DENIED', 'FAILED'] as const)(
  'where every answer is %s it ends all the same, and nothing is told as gone',
  (answer) => {
    const calm = { dies: null, takesMilliseconds: 10, setsClockBack: false, meanwhile: null };
    for (let from = 0; from < 12; from += 1) {
      const troubles = Array.from({ length: 2_000 }, (_, i) => ({
        ...calm,
        answer: i < from ? ('OK' as const) : answer,
      }));
      for (const requiresBin of [true, false]) {
        const world = new World(troubles, requiresBin);
        const { outcome } = world.live();
        if (world.carriedOut === 0)
          expect(['NOT_ATTEMPTED', 'FAILED', 'DENIED']).toContain(outcome);
      }
    }
  },
);
