import type { TrendPoint } from '../../../core/summary/summary.ts';
import {
  askedOf,
  EMPTY_TIMELINE,
  type Ended,
  pastOf,
  Timeline,
  withExecution,
} from '../../../core/summary/timeline.ts';
import {
  anInput,
  anOutcome,
  aRemovalOutcome,
  aScope,
  daysBefore,
  NOW,
} from '../../support/summaries/builders.ts';

const WHOLE = askedOf(anInput());
const ONE_ACCOUNT = askedOf(anInput({ scope: aScope({ accounts: ['111122223333'] }) }));

const aPoint = (executionId: string, stale = 0): TrendPoint => ({
  ...{ executionId, finishedAt: daysBefore(1), mode: 'report', complete: 1, inScope: 1, stale },
  ...{
    staleGiB: 0,
    staleMonthlyCostUsdUpTo: 0,
    unpricedGiB: 0,
    unpricedUnsized: 0,
    removed: 0,
    removedGiB: 0,
  },
});
const ended = (executionId: string, given: Partial<Ended> = {}): Ended => ({
  ...{ point: aPoint(executionId), asked: WHOLE, outcomes: [], removals: [] },
  ...{ startedAt: daysBefore(1), finishedAt: NOW, isClockRight: true },
  ...given,
});
const after = (...executions: readonly Ended[]) => executions.reduce(withExecution, EMPTY_TIMELINE);
const idsOf = (points: readonly { executionId: string }[]) =>
  points.map(({ executionId }) => executionId);

describe('what came before an execution', () => {
  it('is nothing for the first', () => {
    const first = ended('first');
    const past = pastOf(after(first), first);
    expect(past).toMatchObject({ previousExecutionId: null, earlier: [] });
  });

  it('is the last one of the same scope, and the trend of these only', () => {
    const last = ended('c');
    const past = pastOf(after(ended('a'), ended('b', { asked: ONE_ACCOUNT }), last), last);
    expect(past.previousExecutionId).toBe('a');
    expect(past.earlier).toEqual([expect.objectContaining(aPoint('a'))]);
  });

  it('is the last one of any scope where none had the same', () => {
    const last = ended('b', { asked: ONE_ACCOUNT });
    const past = pastOf(after(ended('a'), last), last);
    expect([past.previousExecutionId, past.earlier]).toEqual(['a', []]);
  });

  it('is at most 59 executions', () => {
    const all = Array.from({ length: 80 }, (_, i) => ended(`run-${i}`));
    const [last = ended('')] = all.slice(-1);
    const { earlier } = pastOf(after(...all), last);
    expect([earlier.length, earlier[0]?.executionId, earlier.at(-1)?.executionId]).toEqual([
      59,
      'run-20',
      'run-78',
    ]);
  });
});

describe('an execution that is taken in again', () => {
  const gap = anOutcome({ status: 'ACCESS_DENIED' });
  const first = ended('a', { outcomes: [gap] });
  const second = ended('b', { outcomes: [gap] });

  it('counts what failed once, and finds the same execution before it', () => {
    const once = after(first, second);
    const twice = withExecution(once, second);
    expect(twice).toEqual(once);
    expect(pastOf(twice, second)).toEqual(pastOf(once, second));
    expect(pastOf(twice, second)).toMatchObject({
      previousExecutionId: 'a',
      failingAgain: { targets: 1, listedTargets: [{ executions: 2 }] },
    });
  });

  it('stays where it was, though another ended meanwhile', () => {
    const again = { ...first, point: { ...aPoint('a', 7), finishedAt: daysBefore(0) } };
    const timeline = withExecution(after(first, second), again);
    expect(idsOf(timeline.points)).toEqual(['a', 'b']);
    expect(timeline.points[0]).toMatchObject({ stale: 7, finishedAt: daysBefore(1) });
    expect(timeline.failingTargets).toEqual(after(first, second).failingTargets);
    expect(pastOf(timeline, again).previousExecutionId).toBeNull();
  });
});

describe('what was saved', () => {
  const removal = aRemovalOutcome({ outcome: 'REMOVED' });
  const first = ended('a', { removals: [removal] });

  it('is of all scopes, and counted once for each execution', () => {
    const other = ended('b', { asked: ONE_ACCOUNT });
    const { saved } = pastOf(after(first, first, other), other);
    expect(saved).toMatchObject({ since: daysBefore(1), gone: { resources: 1, sizeGiB: 8 } });
  });

  it('is not known by a wrong clock, which takes nothing in', () => {
    const wrong = ended('b', { isClockRight: false, removals: [removal] });
    const timeline = after(first, wrong);
    expect(pastOf(timeline, wrong).saved).toBeNull();
    expect(timeline.savings).toEqual(after(first).savings);
  });

  it('begins anew with a file of an older version', () => {
    const { savings: _, ...older } = after(first);
    const last = ended('b', { startedAt: daysBefore(0) });
    const timeline = withExecution(Timeline.parse(older), last);
    expect(pastOf(timeline, last)).toMatchObject({
      previousExecutionId: 'a',
      saved: { since: daysBefore(0), gone: { resources: 0 } },
    });
  });
});

describe('the timeline', () => {
  const single = (i: number) => ended(`single-${i}`, { asked: i.toString(16).padStart(64, '0') });
  const many = <T>(count: number, of: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => of(i));

  it('keeps the last 60 of a scope', () => {
    const { points } = after(...many(70, (i) => ended(`weekly-${i}`)));
    expect(idsOf(points)).toEqual(many(60, (i) => `weekly-${i + 10}`));
  });

  it('keeps 1,200 in all, of the scopes asked for last', () => {
    const timeline = after(ended('first'), ...many(1_300, single), ended('last'));
    expect(idsOf(timeline.points)).toEqual([...many(1_199, (i) => `single-${i + 101}`), 'last']);
    expect(Timeline.parse(JSON.parse(JSON.stringify(timeline)))).toEqual(timeline);
  });

  it('lets no number of other scopes push out one that goes on', () => {
    const weeks = many(40, (week) => [
      ended(`weekly-${week}`),
      ...many(60, (i) => single(60 * week + i)),
    ]);
    const kept = after(...weeks.flat()).points.filter(({ asked }) => asked === WHOLE);
    expect(kept).toHaveLength(40);
  });
});

describe('what an execution is asked to look at', () => {
  const of = (scope: Parameters<typeof aScope>[0], kinds = ['ebs-snapshot']) =>
    askedOf(anInput({ scope: aScope(scope), kinds }));

  it('is the same in another order, and with other accepted gaps', () => {
    const [a, b] = ['111122223333', '222233334444'];
    expect(of({ accounts: [a, b] })).toBe(of({ accounts: [b, a] }));
    expect(of({ accepted: [{ regions: ['ap-east-1'], reason: 'SCP' }] })).toBe(of({}));
  });

  it('differs with each part of the scope, the kinds, and what is tried again', () => {
    const all = [
      of({}),
      of({ accounts: ['111122223333'] }),
      of({ excludeAccounts: ['111122223333'] }),
      of({ regions: ['eu-west-1'] }),
      of({ excludeRegions: ['eu-west-1'] }),
      of({ organizationalUnits: ['ou-ab12-workload'] }),
      of({ retryOf: 'first' }),
      of({}, ['ami']),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
