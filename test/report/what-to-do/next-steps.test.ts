import { makeSummary } from '../../../core/summary/make-summary.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { inOrder, type Step } from '../../../report/parts/step.ts';
import { renderText } from '../../../report/message/text.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { anOutcome, KIND, someCounts } from '../../support/summaries/builders.ts';
import { allRemoved, anEndedExecution, completeReport } from '../../support/summaries/summaries.ts';

const whatOf = (summary: Summary) => nextSteps(summary).map(({ what }) => what);
const stale = someCounts({
  ...{ resources: 9, verdicts: { STALE: 6, KEEP: 3, UNKNOWN: 0 } },
  ...{ staleGiB: 60, staleMonthlyCostUsdUpTo: 2, unpricedGiB: 20.5, unpricedUnsized: 0 },
  extraCharges: {
    'fast-restore': { resources: 2, units: 4, monthlyCostUsdUpTo: 2232, unpricedUnits: 0 },
  },
});
const allPriced = () => {
  const counts = { ...stale, unpricedGiB: 0, unpricedUnsized: 0 };
  return makeSummary(anEndedExecution({ outcomes: [anOutcome({ kinds: { [KIND]: counts } })] }));
};
const partlyPriced = (given = {}) =>
  makeSummary(anEndedExecution({ outcomes: [anOutcome({ kinds: { [KIND]: stale } })], ...given }));

describe('after a second check that was denied', () => {
  const after = (code: string, reason = 'CHECK_FAILED') => {
    const { removals, ...summary } = allRemoved();
    const failure = { code, message: 'no', operation: 'ec2:ListVolumesInRecycleBin' };
    const [first] = makeProblems(failure, reason);
    const byOutcome = { ...removals.byOutcome, NOT_ATTEMPTED: 1 };
    return whatOf({ ...summary, removals: { ...removals, byOutcome, problems: [first!] } });
  };
  const makeProblems = (failure: object, reason: string) =>
    [
      {
        ...{ kind: KIND, accountId: '111122223333', region: 'eu-west-1', resourceId: 'snap-1' },
        ...{ outcome: 'NOT_ATTEMPTED', reasons: [reason], failure },
      },
    ] as unknown as Summary['removals']['problems'];
  const permit = /^Permit ec2:ListVolumesInRecycleBin to the discovery role/;

  it('what to permit comes before applying the plan again', () => {
    const steps = after('UnauthorizedOperation');
    const at = (of: RegExp) => steps.findIndex((what) => of.test(what));
    expect(at(permit)).toBeGreaterThanOrEqual(0);
    expect(at(permit)).toBeLessThan(at(/^Apply the plan again/));
  });

  it('of trouble that passes, and of other ends, nothing is to be permitted', () => {
    for (const steps of [after('InternalError'), after('UnauthorizedOperation', 'MARKING_FAILED')])
      expect(steps.some((what) => permit.test(what))).toBe(false);
  });
});

describe('after removals', () => {
  it('the owners are told first, and until when it can be brought back', () =>
    expect(whatOf(allRemoved())[0]).toMatch(
      /^Tell the owners what was deleted \(Deletions on the page\); until 20.* UTC it can be restored\.$/,
    ));

  it('a dear charge comes later', () => {
    const { counts } = partlyPriced();
    const steps = whatOf({ ...allRemoved(), counts });
    expect(steps[0]).toMatch(/^Tell the owners/);
    expect(steps[1]).toMatch(/^Do you still need fast snapshot restore/);
  });

  it('nothing is promised back of a simulated organization', () =>
    expect(whatOf({ ...allRemoved(), simulated: true })[0]).toBe(
      'Tell the owners what was deleted (Deletions on the page).',
    ));

  it('the files are named where there is no page', () =>
    expect(whatOf({ ...allRemoved(), reportFailure: 'disk full' })[0]).toContain(
      '(removals.jsonl)',
    ));

  it('a report of what could be removed has nobody to tell', () =>
    expect(whatOf(completeReport()).join()).not.toContain('Tell the owners'));
});

describe('what has no price', () => {
  it('can be given one, last of all', () =>
    expect(whatOf(partlyPriced()).at(-1)).toBe('Add prices for 1 Region (20.5 GiB unpriced).'));

  it('is nothing to do where everything has', () =>
    expect(whatOf(allPriced()).join()).not.toContain('prices'));

  it('counts for nothing in the order of accounts, which is said', () => {
    expect(renderText(partlyPriced()).body).toContain('ACCOUNTS (unused, by known cost a month)');
    expect(renderText(allPriced()).body).toContain('ACCOUNTS (unused, by cost a month)');
  });
});

it('a charge is found in the report by the reason of its findings', () =>
  expect(nextSteps(partlyPriced())[0]?.why).toBe(
    'Which they are: Findings on the page, reason FAST_RESTORE_ENABLED.',
  ));

describe('what failed without a cause that anybody could correct', () => {
  const failing = (accountId: string, status: 'THROTTLED' | 'FAILED' | 'ACCESS_DENIED') =>
    anOutcome({ accountId, status, failure: { code: 'RequestLimitExceeded', message: '' } });
  const throttled = failing('111111111111', 'THROTTLED');
  const failed = failing('222222222222', 'FAILED');
  const partial = (...outcomes: ReturnType<typeof failing>[]) =>
    nextSteps(makeSummary(anEndedExecution({ outcomes })));

  it('is one step, with the whole command', () => {
    const steps = partial(throttled, failed);
    expect(steps.filter(({ staysInMessage }) => staysInMessage)).toEqual([
      {
        title: 'Retry what was not scanned',
        what: 'Retry only what was not scanned.',
        why: 'Nothing to fix, just wait: eu-west-1 in 2 accounts (THROTTLED).',
        command: {
          lead: 'Command',
          command: 'orgsweep start --retry weekly-2026-11-21 --hub',
        },
        staysInMessage: true,
      },
    ]);
    expect(steps.filter(({ what }) => /[Rr]etry|another execution/.test(what))).toHaveLength(1);
  });

  it('comes after what can be corrected', () => {
    const told = partial(throttled, failing('333333333333', 'ACCESS_DENIED')).map(
      ({ what }) => what,
    );
    const denied = told.findIndex((what) => what.endsWith('(ACCESS_DENIED).'));
    expect(denied).toBeGreaterThanOrEqual(0);
    expect(told[denied + 1]).toMatch(/^Then retry/);
  });
});

describe('the order of the steps', () => {
  const worth = (monthlyCostUsdUpTo: number, sizeGiB: number) => ({ monthlyCostUsdUpTo, sizeGiB });
  const steps: Step[] = [
    { what: 'unknown' },
    { what: 'small', worth: worth(0, 5) },
    { what: 'cheap', worth: worth(2, 900) },
    { what: 'large', worth: worth(0, 5000) },
    { what: 'dear', worth: worth(300, 1) },
    { what: 'alarm', isUrgent: true },
    { what: 'failure', isUrgent: true, worth: worth(9999, 1) },
  ];

  it('is what went wrong, then dollars, then GiB without a price, and never their sum', () =>
    expect(inOrder(steps).map(({ what }) => what)).toEqual([
      'alarm',
      'failure',
      'dear',
      'cheap',
      'large',
      'small',
      'unknown',
    ]));

  it('has what only owners can decide after all that can be saved without them', () => {
    const owners: Step = { what: 'owners', ownersDecide: true, worth: worth(5000, 9000) };
    expect(inOrder([owners, ...steps]).map(({ what }) => what)).toEqual([
      ...['alarm', 'failure', 'dear', 'cheap', 'large', 'small', 'owners', 'unknown'],
    ]);
  });

  it('puts what saves most of a report first', () => {
    const { counts, ...rest } = completeReport();
    const [first] = nextSteps({ ...rest, counts: { ...counts, extraCharges: stale.extraCharges } });
    expect(first?.what).toMatch(/^Do you still need fast snapshot restore/);
  });
});
