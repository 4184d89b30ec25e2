import { firstTry, givenUp, mayBeOurs } from '../../../core/removal/tries.ts';

const LOST = { code: 'ECONNRESET', message: 'x' };
const OTHER = { code: 'InternalError', message: 'x' };

it('what an earlier invocation requested waits until its removal would show', () => {
  expect(firstTry(true, 1_000)).toMatchObject({ isInherited: true, notBefore: 4_000 });
  expect(firstTry(false, 1_000)).toMatchObject({ isInherited: false, notBefore: 0 });
});

it('what an earlier invocation requested, or nobody answered, may be ours', () => {
  const none = firstTry(false, 0);
  expect(mayBeOurs(none)).toBe(false);
  expect(mayBeOurs(firstTry(true, 0))).toBe(true);
  expect(mayBeOurs({ ...none, unanswered: LOST })).toBe(true);
});

describe('what is given up', () => {
  const none = firstTry(false, 0);
  const waiting = { outcome: 'NOT_ATTEMPTED', reasons: ['CHECK_FAILED'] } as const;

  it('and never waited for anything made no progress', () =>
    expect(givenUp(none)).toEqual({ outcome: 'NOT_ATTEMPTED', reasons: ['NO_PROGRESS'] }));
  it('ends with what it waits for', () =>
    expect(givenUp({ ...none, waiting })).toEqual({ ...waiting, failure: undefined }));
  it('has failed where it was requested once', () => {
    const outcome = 'FAILED';
    const inherited = firstTry(true, 0);
    expect(givenUp({ ...inherited, waiting })).toMatchObject({ ...waiting, outcome });
    expect(givenUp(inherited)).toMatchObject({ outcome, reasons: ['NO_PROGRESS'] });
  });
  it('has the failure that it waits for, else that of its request', () => {
    const lost = { ...none, unanswered: LOST };
    expect(givenUp({ ...lost, waiting })).toMatchObject({ failure: LOST });
    expect(givenUp({ ...lost, waiting: { ...waiting, failure: OTHER } }).failure).toBe(OTHER);
  });
});
