import { isGap, type RemovalOutcome, type TargetOutcome } from '../../../core/outcome/outcome.ts';
import {
  failingAgain,
  type FailureStreaks,
  withFailures,
} from '../../../core/summary/failing-again.ts';
import {
  ACCOUNT,
  anOutcome,
  aRemovalOutcome,
  daysBefore,
  KIND,
  OTHER_ACCOUNT,
  OTHER_REGION,
  REGION,
} from '../../support/summaries/builders.ts';

interface Execution {
  readonly outcomes?: readonly TargetOutcome[];
  readonly removals?: readonly RemovalOutcome[];
  /** Of the last execution: 0. */
  readonly daysAgo?: number;
}

/** The streaks after executions a week apart. */
function after(...executions: readonly Execution[]): FailureStreaks {
  return executions.reduce<FailureStreaks>(
    (streaks, { outcomes = [], removals = [], daysAgo }, index) => {
      const finishedAt = daysBefore(daysAgo ?? 7 * (executions.length - 1 - index));
      const execution = { executionId: `weekly-${index + 1}`, finishedAt };
      return withFailures(streaks, { outcomes, removals }, execution);
    },
    { failingTargets: {}, failingRemovals: {} },
  );
}

const denied = anOutcome({ accountName: 'shop', status: 'ACCESS_DENIED', at: daysBefore(14) });
const whole = anOutcome({ region: null, status: 'ROLE_UNAVAILABLE' });
const lengths = ({ failingTargets }: FailureStreaks) =>
  Object.fromEntries(Object.entries(failingTargets).map(([key, one]) => [key, one.executions]));
const here = `${ACCOUNT}/${REGION}`;

describe('a target that fails again and again', () => {
  it('is told with how often in a row, since when, and how it failed last', () => {
    const throttled = anOutcome({ ...denied, status: 'THROTTLED', at: daysBefore(0) });
    const executions = [{ outcomes: [denied] }, { outcomes: [denied] }, { outcomes: [throttled] }];
    const told = failingAgain(after(...executions), { outcomes: [throttled], removals: [] });
    const target = { accountId: ACCOUNT, accountName: 'shop', region: REGION };
    const streak = { since: daysBefore(14), executions: 3, status: 'THROTTLED' };
    expect(told).toMatchObject({ targets: 1, listedTargets: [{ ...target, ...streak }] });
    expect(told.listedTargets[0]).not.toHaveProperty('lastAt');
  });

  it('is not told after the first time', () => {
    const told = failingAgain(after({ outcomes: [denied] }), { outcomes: [denied], removals: [] });
    expect(told).toMatchObject({ targets: 0, listedTargets: [] });
  });

  it.each([
    ['it is complete', anOutcome()],
    [
      'it is not enabled any more',
      anOutcome({ status: 'EXCLUDED', excluded: 'REGION_NOT_ENABLED' }),
    ],
    [
      'its account is closed',
      anOutcome({ region: null, status: 'EXCLUDED', excluded: 'ACCOUNT_CLOSED' }),
    ],
  ])('begins anew once %s', (_, outcome) => {
    expect(lengths(after({ outcomes: [denied] }, { outcomes: [outcome] }))).toEqual({});
    const again = after({ outcomes: [denied] }, { outcomes: [outcome] }, { outcomes: [denied] });
    expect(lengths(again)).toEqual({ [here]: 1 });
  });

  it.each([
    ['an execution looks at other targets only', anOutcome({ region: OTHER_REGION })],
    [
      'its Region is out of scope',
      anOutcome({ status: 'EXCLUDED', excluded: 'REGION_NOT_IN_SCOPE' }),
    ],
    ['it is excluded once', anOutcome({ status: 'EXCLUDED', excluded: 'REGION_EXCLUDED' })],
    [
      'its account is out of scope',
      anOutcome({ region: null, status: 'EXCLUDED', excluded: 'ACCOUNT_NOT_IN_SCOPE' }),
    ],
    ['it is accepted as a gap', { ...denied, accepted: 'known' }],
    ["its account's Regions can't be listed", whole],
  ])('goes on when %s in between', (_, between) => {
    const streaks = after({ outcomes: [denied] }, { outcomes: [between] }, { outcomes: [denied] });
    expect(lengths(streaks)).toMatchObject({ [here]: 2 });
  });

  it('is told only by an execution in which it failed too', () => {
    const streaks = after({ outcomes: [denied] }, { outcomes: [denied] }, {});
    expect(failingAgain(streaks, { outcomes: [], removals: [] }).targets).toBe(0);
  });

  it('is never made of what was accepted', () => {
    const accepted = { ...denied, accepted: 'known' };
    expect(isGap(accepted)).toBe(false);
    expect(lengths(after({ outcomes: [accepted] }, { outcomes: [accepted] }))).toEqual({});
  });

  it('is forgotten when nobody tried it for 90 days', () => {
    const [first, other] = [{ outcomes: [denied] }, anOutcome({ accountId: OTHER_ACCOUNT })];
    const next = { outcomes: [other], daysAgo: 0 };
    expect(lengths(after({ ...first, daysAgo: 90 }, next))).toEqual({ [here]: 1 });
    expect(lengths(after({ ...first, daysAgo: 90.01 }, next))).toEqual({});
  });
});

describe('an account whose Regions cannot be listed', () => {
  it('fails as a whole, until they are listed, whatever becomes of them', () => {
    const twice = [{ outcomes: [whole] }, { outcomes: [whole] }];
    expect(lengths(after(...twice))).toEqual({ [`${ACCOUNT}/*`]: 2 });
    expect(lengths(after(...twice, { outcomes: [denied] }))).toEqual({ [here]: 1 });
  });

  it('goes on failing although an earlier try left Regions behind', () => {
    const left = anOutcome({
      region: OTHER_REGION,
      status: 'EXCLUDED',
      excluded: 'REGION_EXCLUDED',
    });
    expect(lengths(after({ outcomes: [whole] }, { outcomes: [whole, left] }))).toEqual({
      [`${ACCOUNT}/*`]: 2,
    });
  });

  it('is not taken for entered when an execution leaves it out', () => {
    const left = anOutcome({ region: null, status: 'EXCLUDED', excluded: 'ACCOUNT_NOT_IN_SCOPE' });
    expect(lengths(after({ outcomes: [whole] }, { outcomes: [left] }))).toEqual({
      [`${ACCOUNT}/*`]: 1,
    });
  });
});

describe('a removal that fails again and again', () => {
  const failure = { code: 'UnauthorizedOperation', message: 'no' };
  const refused = aRemovalOutcome({ outcome: 'DENIED', failure, reasons: ['ROLE_DENIED'] });
  const countOf = (...executions: readonly RemovalOutcome[]) =>
    Object.values(
      after(...executions.map((removal) => ({ removals: [removal] }))).failingRemovals,
    ).map((one) => one.executions);

  it('is told with its code, or the first reason where AWS gave none', () => {
    const unsettled = aRemovalOutcome({ outcome: 'FAILED', reasons: ['OUTCOME_UNKNOWN'] });
    const first = after({ removals: [refused] }, { removals: [refused] });
    const told = failingAgain(first, { outcomes: [], removals: [refused] });
    const resource = { kind: KIND, accountId: ACCOUNT, region: REGION, resourceId: 'snap-1' };
    const streak = { executions: 2, outcome: 'DENIED', code: 'UnauthorizedOperation' };
    expect(told).toMatchObject({ removals: 1, listedRemovals: [{ ...resource, ...streak }] });
    const then = withFailures(
      first,
      { outcomes: [], removals: [unsettled] },
      {
        executionId: 'third',
        finishedAt: daysBefore(0),
      },
    );
    const [last] = failingAgain(then, { outcomes: [], removals: [unsettled] }).listedRemovals;
    expect(last).toMatchObject({ executions: 3, outcome: 'FAILED', code: 'OUTCOME_UNKNOWN' });
  });

  it('goes on over an execution that did not attempt it', () => {
    expect(countOf(refused, aRemovalOutcome({ outcome: 'NOT_ATTEMPTED' }), refused)).toEqual([2]);
  });

  it.each(['REMOVED', 'ALREADY_GONE', 'NO_LONGER_STALE', 'PROTECTED'] as const)(
    'ends with %s',
    (outcome) => expect(countOf(refused, aRemovalOutcome({ outcome }))).toEqual([]),
  );
});

describe('very many that fail', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      anOutcome({ accountId: String(100_000_000_000 + i), status: 'ACCESS_DENIED' }),
    );

  it('are kept up to 5,000, the longest first, and told up to 20', () => {
    const [some, all] = [many(5_100).slice(5_000), many(5_100)];
    const streaks = after({ outcomes: some }, { outcomes: all });
    expect(Object.keys(streaks.failingTargets)).toHaveLength(5_000);
    const told = failingAgain(streaks, { outcomes: all, removals: [] });
    expect(told.targets).toBe(100);
    expect(told.listedTargets.map(({ accountId }) => accountId)).toEqual(
      some.slice(0, 20).map(({ accountId }) => accountId),
    );
  });
});
