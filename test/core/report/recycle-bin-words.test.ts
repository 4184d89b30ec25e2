import { makeSummary } from '../../../core/make-summary.ts';
import type { RecycleBinLook, RemovalOutcome } from '../../../core/outcome.ts';
import { renderText } from '../../../core/report/text.ts';
import {
  anInput,
  anOutcome,
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  aRule,
  KIND,
  NOW,
  REGION,
  someLimits,
} from '../../support/builders.ts';
import { makePlan } from '../../../core/make-plan.ts';
import { toHeld } from '../../../core/plan-target.ts';
import { anEndedExecution } from '../../support/summaries.ts';

const held = (accountId: string) =>
  toHeld(aRemoval({ accountId }), NOW.toISOString(), ['NO_RECYCLE_BIN_RULE']);

function aPlan(given: { removals?: ReturnType<typeof aRemoval>[]; accounts?: string[] }) {
  const { removals = [], accounts = [] } = given;
  return makePlan({
    ...{
      executionId: 'e-1',
      mode: 'delete',
      now: NOW,
      namedPlan: null,
      approval: 'none' as const,
      kinds: [KIND],
    },
    ...{ policy: aPolicy(), policies: {}, limits: someLimits() },
    outcomes: [],
    targets: [{ removals, held: accounts.map(held) }],
  });
}

function unwrapped(body: string): string {
  return body.replace(/\s+/g, ' ');
}

describe('where no Recycle Bin rule keeps what is stale', () => {
  const looks: [string, RecycleBinLook][] = [
    ['111111111111', { rules: [] }],
    ['222222222222', { rules: [aRule({ status: 'pending' })] }],
    ['333333333333', { rules: [aRule()] }],
    ['444444444444', { failure: { code: 'AccessDeniedException', message: 'no' } }],
  ];
  const summary = makeSummary(
    anEndedExecution({
      outcomes: looks.map(([accountId, look]) =>
        anOutcome({ accountId, region: REGION, recycleBin: { [KIND]: look } }),
      ),
      plan: aPlan({ accounts: looks.map(([accountId]) => accountId) }),
    }),
  );

  it('the summary names each account and Region, and why', () => {
    expect(summary.plan?.withoutRecycleBinRule).toMatchObject([
      { accountId: '111111111111', region: REGION, held: 1, why: 'NO_RULE', failure: null },
      { accountId: '222222222222', why: 'NOT_AVAILABLE' },
      { accountId: '333333333333', why: 'NOT_MATCHING' },
      { accountId: '444444444444', why: 'NOT_READ', failure: { code: 'AccessDeniedException' } },
    ]);
  });

  it('the message says for each what to do', () => {
    const body = unwrapped(renderText(summary).body);
    expect(body).toContain(
      'Create a Recycle Bin retention rule on the tag orgsweep:marked=true in 111111111111 eu-west-1 (NO_RECYCLE_BIN_RULE).',
    );
    expect(body).toContain('made the Recycle Bin rule available in 222222222222 eu-west-1 (');
    expect(body).toContain("or look at the rules' exclusions, in 333333333333 eu-west-1 (");
    expect(body).toContain(
      'Permit the discovery role rbin:ListRules and rbin:GetRule, or look again if it may, in 444444444444',
    );
  });
});

describe('what was removed', () => {
  const text = (...removals: Partial<RemovalOutcome>[]) => {
    const planned = removals.map((_, i) => aRemoval({ resourceId: `snap-${i}` }));
    const summary = makeSummary(
      anEndedExecution({
        executionId: 'e-1',
        input: anInput({ mode: 'delete' }),
        plan: aPlan({ removals: planned }),
        removals: removals.map((given, i) =>
          aRemovalOutcome({ resourceId: `snap-${i}`, ...given }),
        ),
      }),
    );
    return { summary, body: unwrapped(renderText(summary).body) };
  };

  it('is told with how many can be restored, how, and until when the first', () => {
    const { body } = text(
      { restorableUntil: '2026-12-20T10:00:00.000Z' },
      { restorableUntil: '2026-12-05T10:00:00.000Z' },
      {},
    );
    expect(body).toContain('2 of them can be undone, the first ones until 2026-12-05 10:00 UTC.');
    expect(body).toContain('the saving begins when it leaves the bin, the first on 2026-12-05.');
    expect(body).toContain(
      'To bring back all that is in the Recycle Bin: orgsweep restore e-1 --hub',
    );
  });

  it.each([
    [undefined, "orgsweep restore e-1 --out '/home/ada/my sweeps'"],
    ['/team/hub', 'orgsweep restore e-1 --hub=/team/hub'],
  ])('and by a command that finds the place it ran in: %s', (hubName, command) => {
    const summary = makeSummary(
      anEndedExecution({
        executionId: 'e-1',
        input: anInput({ mode: 'delete' }),
        plan: aPlan({ removals: [aRemoval()] }),
        removals: [aRemovalOutcome({ restorableUntil: '2026-12-05T10:00:00.000Z' })],
        hubName,
        location: '/home/ada/my sweeps/executions/e-1',
      }),
    );
    const told = unwrapped(renderText(summary).body);
    expect(told).toContain(`in the Recycle Bin: ${command} WHAT CHANGED`);
  });

  it('is not promised back where the simulated organization has ended', () => {
    const { summary } = text({ restorableUntil: '2026-12-05T10:00:00.000Z' });
    const body = unwrapped(renderText({ ...summary, simulated: true }).body);
    expect(body).toContain('(The simulated organization ended with this run, and its Recycle Bin');
    expect(body).not.toMatch(/orgsweep restore|can be undone|can be brought back/);
  });

  it('is not promised back where the bin was not seen', () =>
    expect(text({}).body).toContain('Nothing of it is known to be in the Recycle Bin.'));

  it('and did not appear in the bin is an alarm, and no success', () => {
    const { summary, body } = text({ reasons: ['NOT_SEEN_IN_RECYCLE_BIN'] });
    expect(summary.status).toBe('REMOVALS_INCOMPLETE');
    expect(body).toMatch(/^INCOMPLETE removed, but not seen in the Recycle Bin/);
    expect(body).toContain(
      'ALARM: 1 removed resource did not appear in the Recycle Bin, though a rule should keep it: snap-0 in 111122223333 eu-west-1.',
    );
  });
});

it('a plan says how much of it the Recycle Bin keeps', () => {
  const body = (...days: (number | null)[]) =>
    unwrapped(
      renderText(
        makeSummary(
          anEndedExecution({
            plan: aPlan({
              removals: days.map((restorableDays, i) =>
                aRemoval({
                  resourceId: `snap-${i}`,
                  ...(restorableDays !== null && { restorableDays }),
                }),
              ),
            }),
          }),
        ),
      ).body,
    );
  expect(body(7, 14)).toContain('The Recycle Bin keeps all of it for a while.');
  expect(body(7, null)).toContain(
    'The Recycle Bin keeps 1 of these for a while; the others are gone for good.',
  );
  expect(body(null)).toContain('once removed, it is gone for good.');
});
