import fc from 'fast-check';
import { stepLines } from '../../../report/message/mail-lines.ts';

const words = (most: number) =>
  fc
    .array(fc.constantFrom('a', 'wait', 'account', 'Region', 'snapshots'), {
      minLength: 1,
      maxLength: most,
    })
    .map((some) => `${some.join(' ')}.`);

const someStep = fc.record(
  { what: words(12), why: words(12), short: words(4), staysInMessage: fc.constant(true as const) },
  { requiredKeys: ['what'] },
);

it('steps take no more lines than they have, whatever is left out and numbered anew', () => {
  const steps = fc.array(someStep, { minLength: 9, maxLength: 24 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 40 }), (some, room) => {
      expect(stepLines(some, room, 'on the page').length).toBeLessThanOrEqual(room);
    }),
    { numRuns: 1000 },
  );
});
