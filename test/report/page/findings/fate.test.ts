import type { HeldRemoval, PlannedRemoval } from '../../../../core/plan/plan.ts';
import { HoldReason } from '../../../../core/model/hold-reason.ts';
import { RemovalResult } from '../../../../core/outcome/outcome.ts';
import { fateOf } from '../../../../report/page/findings/fate.ts';
import { FATE_WORDS } from '../../../../report/page/findings/fate-words.ts';
import {
  ACCOUNT,
  aFinding,
  aRemoval,
  aRemovalOutcome,
  KIND,
  REGION,
} from '../../../support/summaries/builders.ts';
import { completeReport, refusedPlan } from '../../../support/summaries/summaries.ts';

const SUMMARY = completeReport();
const { plan } = SUMMARY;
const stale = aFinding();

function heldFor(given: Partial<HeldRemoval>) {
  const entry: HeldRemoval = {
    ...{ kind: KIND, accountId: ACCOUNT, region: REGION, resourceId: 'snap-1', sizeGiB: 8 },
    ...{ held: ['IN_GRACE'], staleSince: '2026-11-25T06:00:00.000Z' },
    ...given,
  };
  return fateOf(stale, { entry, graceDays: 14 }, undefined, SUMMARY);
}

it('tells of what is in grace until when, by the policy of its account', () => {
  expect(heldFor({})).toEqual({
    codes: ['HELD', 'IN_GRACE'],
    short: 'held back: in grace until 9 December 2026',
    words: 'Held back: seen unused since 25 November 2026; it can be deleted from 9 December 2026.',
    said: '',
    since: '2026-11-25',
    until: '',
    from: '2026-12-09',
  });
});

it('promises no day to what something else holds, too', () => {
  const { codes, short, words } = heldFor({ held: ['IN_GRACE', 'LAST_COPY'] });
  expect(codes).toEqual(['HELD', 'IN_GRACE', 'LAST_COPY']);
  expect(short).toBe('held back: last snapshot; in grace until 9 December 2026');
  expect(words).toBe(
    'Held back: seen unused since 25 November 2026, so in grace until 9 December 2026; and last snapshot of its volume (LAST_COPY).',
  );
});

it('has a first day where everything that holds ends on one', () => {
  const from = (given: Partial<HeldRemoval>) => heldFor(given).from;
  const notBefore = '2026-12-20T06:00:00.000Z';
  expect(from({ held: ['IN_GRACE', 'STEP_NOT_DUE'], notBefore })).toBe('2026-12-20');
  expect(from({ held: ['STEP_NOT_DUE'] })).toBe('');
  expect(from({ held: ['IN_GRACE', 'LAST_COPY'] })).toBe('');
  expect(from({ held: ['IN_GRACE'], staleSince: null })).toBe('');
});

it('names the limit that holds', () => {
  expect(heldFor({ held: ['OVER_LIMIT'], limit: 'maxRemovalsPerTarget' }).words).toBe(
    'Held back: over the limit maxRemovalsPerTarget: the surplus of an account and Region (OVER_LIMIT).',
  );
});

it('says what could be removed now, and whether that could be undone', () => {
  const of = (given: Parameters<typeof aRemoval>[0]) =>
    fateOf(stale, { entry: aRemoval(given), graceDays: 14 }, undefined, SUMMARY);
  expect(of({ restorableDays: 14 })).toMatchObject({
    codes: ['PLANNED'],
    short: 'deletable now',
    from: SUMMARY.finishedAt.slice(0, 10),
    words: 'A delete run could delete it now. The Recycle Bin would retain it for 14 days.',
  });
  expect(of({}).words).toContain('gone for good');
});

it('promises no removal by a plan that would be refused', () => {
  const planned = { entry: aRemoval(), graceDays: 14 };
  const { codes, from, words } = fateOf(stale, planned, undefined, refusedPlan());
  expect([codes, from]).toEqual([['PLAN_REFUSED', 'OVER_LIMIT'], '']);
  expect(words).toContain('60 deletions planned, maxRemovals allows 50');
});

it('tells how a removal ended, whatever was planned', () => {
  const planned = { entry: aRemoval(), graceDays: 14 };
  const of = (given: Parameters<typeof aRemovalOutcome>[0]) =>
    fateOf(stale, planned, aRemovalOutcome(given), SUMMARY);
  expect(of({ restorableUntil: '2026-12-09T10:11:12.000Z' })).toMatchObject({
    codes: ['REMOVED'],
    short: 'deleted; restorable until 9 December 2026',
    words: 'Deleted (REMOVED). It can be restored until 2026-12-09 10:11 UTC.',
  });
  expect(of({}).short).toBe('deleted; not known to be restorable');
  const failure = { code: 'UnauthorizedOperation', message: 'You are not authorized' };
  expect(of({ outcome: 'DENIED', failure })).toMatchObject({
    short: 'not deleted: permission denied',
    said: 'UnauthorizedOperation: You are not authorized',
  });
});

it('tells of what no bin has how else it comes back', () => {
  const of = (given: Parameters<typeof aRemovalOutcome>[0]) =>
    fateOf(stale, undefined, aRemovalOutcome({ restorableUntil: null, ...given }), SUMMARY);
  const [made, unknown] = [of({ undo: 'MADE' }), of({})];
  expect(made.words).toContain(
    'It can be made again from a copy, under a new id (orgsweep restore).',
  );
  expect(`${made.short} ${made.words}`).not.toMatch(/not known to be/);
  expect(`${unknown.short} ${unknown.words}`).toMatch(
    /not known to be restorable.*not known to be/,
  );
});

it('keeps whatever no plan has, and says so', () => {
  const kept = (verdict: 'STALE' | 'KEEP' | 'UNKNOWN', of = plan) =>
    fateOf({ kind: KIND, verdict }, undefined, undefined, { ...SUMMARY, plan: of });
  expect(kept('KEEP').short).toBe('kept');
  expect(kept('UNKNOWN').short).toBe('unknown, so kept');
  expect(kept('STALE').words).toBe('It is kept: the plan does not have it.');
  expect(kept('STALE', null).words).toBe('It is kept: there is no plan.');
});

it('has words for each hold and each result', () => {
  for (const code of [...HoldReason.options, ...RemovalResult.options])
    expect(FATE_WORDS[code]).toMatch(/\w+ \w+|deleted/);
});

it('has the code of the row of the funnel that it is counted in', () => {
  const codesOf = (given: Partial<PlannedRemoval>, of: Parameters<typeof fateOf>[3]) =>
    fateOf(stale, { entry: aRemoval(given), graceDays: 14 }, undefined, of).codes;
  expect(codesOf({}, SUMMARY)).toEqual(['PLANNED']);
  expect(codesOf({ step: 'copy', goesOn: true }, SUMMARY)).toEqual(['TO_STEP']);
  expect(codesOf({}, refusedPlan())).toContain('OVER_LIMIT');
  const clock = { awsAt: null, ownAt: SUMMARY.finishedAt };
  expect(codesOf({}, { ...SUMMARY, clock })).toContain('IN_GRACE');
});
