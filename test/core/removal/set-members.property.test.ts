import fc from 'fast-check';
import { RemovalResult } from '../../../core/outcome/outcome.ts';
import { othersOf } from '../../../core/removal/set-members.ts';

const GONE = ['REMOVED', 'ALREADY_GONE', 'STEP_DONE'];
const mate = fc.record({
  ended: fc.option(fc.record({ outcome: fc.constantFrom(...RemovalResult.options) }), {
    nil: undefined,
  }),
  mayGo: fc.boolean(),
});

it('a set goes only where each other member is gone or may go, and stays where one stays', () => {
  fc.assert(
    fc.property(fc.array(mate, { maxLength: 6 }), (mates) => {
      const stays = mates.some(({ ended }) => ended && !GONE.includes(ended.outcome));
      const waits = mates.some(({ ended, mayGo }) => ended === undefined && !mayGo);
      expect(othersOf(mates)).toBe(stays ? 'STAY' : waits ? 'WAIT' : 'GO');
    }),
  );
});
