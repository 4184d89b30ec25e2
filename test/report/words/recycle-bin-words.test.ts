import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { RecycleBinLook, RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { undoneOtherwise } from '../../../core/words/words-in.ts';
import { undoneInWords } from '../../../report/words/recycle-bin-words.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { renderText } from '../../../report/message/text.ts';
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
} from '../../support/summaries/builders.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { toHeld } from '../../../core/plan/target/planned-and-held.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';

const held = (accountId: string) =>
  toHeld(aRemoval({ accountId }), NOW.toISOString(), ['NO_RECYCLE_BIN_RULE']);

function aPlan(given: {
  mode?: 'report' | 'delete';
  removals?: ReturnType<typeof aRemoval>[];
  accounts?: string[];
}) {
  const { mode = 'delete', removals = [], accounts = [] } = given;
  return makePlan({
    ...{
      executionId: 'e-1',
      mode,
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
      'Create a Recycle Bin rule on the tag orgsweep:marked=true in 111111111111, eu-west-1; 333333333333, eu-west-1 (',
    );
    expect(body).toContain('made the Recycle Bin rule available in 222222222222, eu-west-1 (');
    expect(body).toContain(
      'Permit the discovery role rbin:ListRules and rbin:GetRule, or scan again if it may, in 444444444444',
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
    expect(body).toContain('until 2026-12-05 10:00 UTC 2 of them can be restored.');
    expect(body).toContain(
      'a month, for 2 of them from 5 December, when they leave the Recycle Bin.',
    );
    expect(body).toContain('To restore all: orgsweep restore e-1 --hub');
  });

  it('counts what is made again from a copy as well, and gives the command for it alone', () => {
    const until = { restorableUntil: '2026-12-05T10:00:00.000Z' };
    const made = { undo: 'MADE' as const };
    expect(text(until, made).body).toContain(
      'until 2026-12-05 10:00 UTC 1 of them can be restored, and the other 1 can be made again from a copy, under a new id.',
    );
    expect(text(until, made, {}).body).toContain('and 1 can be made again from a copy');
    const { body, summary } = text(made);
    expect(summary.removals.undoneOtherwise).toEqual({ MADE: 1 });
    expect(body).toContain('it can be made again from a copy, under a new id.');
    expect(body).toContain('To restore all: orgsweep restore e-1 --hub');
    expect(body).not.toContain('None of it is known');
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
    expect(told).toContain(`To restore all: ${command} `);
  });

  it('is not promised back where the simulated organization has ended', () => {
    const { summary } = text({ restorableUntil: '2026-12-05T10:00:00.000Z' });
    const body = unwrapped(renderText({ ...summary, simulated: true }).body);
    expect(body).not.toMatch(/orgsweep restore|can be undone|can be restored/);
    expect(nextSteps({ ...summary, simulated: true })[0]?.why).toMatch(/^The simulated .* ended/);
  });

  it('is not promised back where the bin was not seen', () =>
    expect(text({}).body).toContain('None of it is known to be in the Recycle Bin.'));

  it('and did not appear in the bin is an alarm, and no success', () => {
    const { summary, body } = text({ reasons: ['NOT_SEEN_IN_RECYCLE_BIN'] });
    expect(summary.status).toBe('REMOVALS_INCOMPLETE');
    expect(body).toMatch(/^INCOMPLETE deleted, but not seen in the Recycle Bin/);
    expect(body).toContain(
      'ALARM: 1 deleted resource did not appear in the Recycle Bin, although a rule should retain it: snap-0 in 111122223333 eu-west-1.',
    );
  });
});

it('a plan says how much of it would be gone for good', () => {
  const body = (...days: (number | null)[]) =>
    unwrapped(
      renderText(
        makeSummary(
          anEndedExecution({
            plan: aPlan({
              mode: 'report',
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
  expect(body(7, 14)).not.toContain('gone for good');
  expect(body(7, null)).toContain('1 of them cannot be restored: no Recycle Bin rule.');
  expect(body(null)).toContain('No Recycle Bin rule retains any of it: it would be gone for good.');
});

it.each([
  [{ REVERSE: 4 }, 4, ['It can be undone (orgsweep restore).']],
  [
    { MADE: 1 },
    3,
    [
      '1 can be made again from a copy, under a new id (orgsweep restore).',
      '2 would be gone for good.',
    ],
  ],
  [
    { RECREATION: 2, ATTEMPT: 1 },
    3,
    ['2 can be created anew, under a new id.', '1 may come back, without guarantee.'],
  ],
  [{}, 3, []],
])('says of what no bin keeps how else it is undone: %j of %i', (undoneOtherwise, all, told) => {
  expect(undoneInWords({ undoneOtherwise }, all)).toEqual(told);
});

it('does not say that it is all, where others are told before', () => {
  const told = undoneInWords({ undoneOtherwise: { MADE: 14 } }, 14, 60);
  expect(told).toEqual([
    'The other 14 can be made again from a copy, under a new id (orgsweep restore).',
  ]);
});

it('counts by the step that is planned, and leaves out what the bin keeps', () => {
  const own = { one: 'beacon', many: 'beacons', reasons: {} };
  const words = {
    beacon: { ...own, undo: { disable: 'REVERSE', delete: 'NONE' } as const },
    volume: { ...own, undo: { snapshot: 'NONE', delete: 'MADE' } as const },
    snap: { ...own, undo: { delete: 'RECYCLE_BIN' } as const },
  };
  const removals = [
    { kind: 'beacon', step: 'disable' },
    { kind: 'beacon', step: 'delete' },
    { kind: 'volume', step: 'delete', follows: { made: 'snap-1' } },
    { kind: 'volume', step: 'delete', follows: {} },
    { kind: 'snap' },
    { kind: 'snap', restorableDays: 7 },
    { kind: 'other' },
  ];
  expect(undoneOtherwise(removals, words)).toEqual({ REVERSE: 1, MADE: 1 });
});
