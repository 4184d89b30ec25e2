import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { HeldRemoval } from '../../../core/plan/plan.ts';
import { countPlan } from '../../../core/summary/plan-counts.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { ExecutionInput } from '../../../kinds/registry.ts';
import { renderText } from '../../../report/message/text.ts';
import type { Step } from '../../../report/parts/step.ts';
import { worthInHead } from '../../../report/sections/worth-in-head.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { KIND } from '../../support/summaries/builders.ts';
import { floorsOf } from '../../support/summaries/floors.ts';
import {
  endsOfTwoKinds,
  planOfTwoKinds,
  twoKinds,
  VOLUMES,
} from '../../support/summaries/two-kinds.ts';

const [one] = planOfTwoKinds().held;
const aHeld = (given: Partial<HeldRemoval>): HeldRemoval => ({ ...one!, ...given });
const snapshot = (id: string, held: HeldRemoval['held']) =>
  aHeld({ kind: KIND, resourceId: `snap-${id}`, held, monthlyCostUsdUpTo: 10 });
const volume = (id: string, held: HeldRemoval['held']) =>
  aHeld({ kind: VOLUMES, resourceId: `vol-${id}`, held, monthlyCostUsdUpTo: 70 });

/** A report that holds these, and was asked to remove of these kinds. */
function holding(held: readonly HeldRemoval[], remove = [KIND, VOLUMES]): Summary {
  const summary = twoKinds('report');
  const counts = countPlan({ ...planOfTwoKinds(), removals: [], held: [...held] });
  const funnelByKind = counts.funnel.byKind();
  const inBrief = counts.held.total([]);
  const withoutRecycleBinRule = inBrief.withoutRecycleBinRule.map((one) => ({
    ...{ ...one, why: 'NO_RULE' as const },
  }));
  const plan = { ...summary.plan!, removals: 0, ...inBrief, withoutRecycleBinRule };
  const input = { ...summary.input, remove };
  return { ...summary, input, plan, funnel: counts.funnel.total(), funnelByKind };
}

const NO_RULE = 'NO_RECYCLE_BIN_RULE';
const about = (summary: Summary, text: string): Step[] =>
  nextSteps(summary).filter(({ what }) => what.includes(text));

describe('a Recycle Bin rule', () => {
  it('of each kind is worth what is held of that kind, the dearest first', () => {
    const rules = about(holding([snapshot('1', [NO_RULE]), volume('1', [NO_RULE])]), NO_RULE);
    expect(rules.map(({ what, worth }) => [what, worth?.monthlyCostUsdUpTo])).toEqual([
      [expect.stringMatching(/rule for volumes .*\(1 volume, .*\$70/), 70],
      [expect.stringMatching(/rule for snapshots .*\(1 snapshot, .*\$10/), 10],
    ]);
  });

  it('is nothing to do for a kind that is not to be removed, whatever else holds some of it', () => {
    const both = [
      snapshot('1', [NO_RULE]),
      volume('1', ['KIND_NOT_TO_REMOVE', NO_RULE]),
      volume('failed', ['KIND_NOT_TO_REMOVE', 'NO_COPY', NO_RULE]),
    ];
    for (const summary of [holding(both, [KIND]), withoutRemove(holding(both))]) {
      const [rule, ...others] = about(summary, NO_RULE);
      expect(rule?.what).toMatch(/Create a Recycle Bin rule on .*\(1 snapshot, /);
      expect(others).toEqual([]);
      expect(about(summary, 'NO_COPY')).toEqual([]);
    }
  });
});

/** As of an earlier version. */
function withoutRemove({ input: { remove: _none, ...input }, ...summary }: Summary): Summary {
  return { ...summary, input };
}

describe('what has no copy', () => {
  const failed = (count: number, summary: Summary): Summary => {
    const share = {
      ...summary.byKind[VOLUMES]!,
      reasonsByVerdict: { STALE: { VOLUME_FAILED: count } },
    };
    return { ...summary, byKind: { ...summary.byKind, [VOLUMES]: share } };
  };
  const two = holding([volume('1', ['NO_COPY']), volume('2', ['NO_COPY'])]);

  it('may go by a part of the input that is valid, and what failed never does', () => {
    const [step] = about(failed(1, two), 'NO_COPY');
    expect(step?.why).toContain('1 of them failed: these only their owners can delete.');
    const command = step?.command?.command.replace('ACCOUNT_ID', '111122223333') ?? '';
    const { policyOverrides } = ExecutionInput.parse(JSON.parse(command));
    expect(policyOverrides[0]?.policy.kinds).toEqual({ [VOLUMES]: { allowNoCopy: true } });
  });

  it('and is let go by no input where a floor keeps it: who deploys is named', () => {
    const floors = floorsOf({ keepLastCopy: true });
    const [step] = about(failed(1, { ...two, floors }), 'NO_COPY');
    expect(step?.command).toBeUndefined();
    expect(step?.why).toBe(
      'finalCopy in policy.kinds has a copy made first. Only who deploys orgsweep can allow them to go without one (deletion.floors.keepLastCopy). 1 of them failed: these only their owners can delete.',
    );
  });

  it('and all failed is let go by no input', () => {
    const [step] = about(failed(2, two), 'NO_COPY');
    expect(step?.command).toBeUndefined();
    expect(step?.why).toContain('orgsweep never deletes them');
  });
});

it('a plan that copies was not approved: these are changes, and not all deletions', () => {
  const summary: Summary = { ...twoKinds('delete'), status: 'NOT_APPROVED' };
  expect(renderText(summary).subject).toContain('4 changes not approved');
});

it('a denial is told by the action that takes a permission', () => {
  const denied: Partial<RemovalOutcome> = {
    ...endsOfTwoKinds()[2],
    outcome: 'DENIED',
    failure: {
      code: 'UnauthorizedOperation',
      message: 'User: x is not authorized to perform: ec2:CreateSnapshot on resource: y',
    },
  };
  const steps = nextSteps(twoKinds('delete', [denied]));
  expect(steps.map(({ what }) => what).join()).toContain('(1 denied: ec2:CreateSnapshot)');
});

describe('a run that copied', () => {
  const ended = twoKinds('delete', endsOfTwoKinds());

  it('says so before what else can be had, for which no day holds', () => {
    expect(worthInHead(ended)[1]).toBe('Copied 2 volumes, which a later run deletes.');
    expect(ended.funnel?.obtainable.from).toBeNull();
  });

  it('has a step for the run that goes on, and no command that might reach further', () => {
    const [step] = about(ended, 'Run delete again');
    expect(step?.what).toContain(
      'that you want and --remove ebs-volume, on 22 November or later: it deletes what is left of the 2 that this run has copied.',
    );
    expect(step?.command).toBeUndefined();
  });

  it('names a later day than its own, where a copy may be completed at any time', () => {
    const today = { nextAt: ended.finishedAt };
    const [snapshot, io2, a, b] = endsOfTwoKinds();
    const now = twoKinds('delete', [snapshot!, io2!, { ...a!, ...today }, { ...b!, ...today }]);
    const [step] = about(now, 'Run delete again');
    expect(step?.what).toContain('on 22 November or later');
  });

  const local = {
    ...{ ...ended, hubName: null, location: '/kept', approval: null },
    input: { ...ended.input, remove: ['ebs-volume', 'ebs-snapshot'] },
    startedBy: { program: 'orgsweep', options: ['--simulated', '--keep', '/kept'] },
  };

  it('has the command where it is started there: the same kinds, scope and policy', () => {
    const [step] = about(local, 'Run delete again on 22 November');
    expect(step?.command?.command).toContain(
      'orgsweep run --simulated --keep /kept --after 1d --remove ebs-volume,ebs-snapshot ',
    );
    expect(step?.command?.command).toMatch(/ --mode delete --enable-deletion$/);
    const { startedBy } = local;
    const real = { ...local, startedBy: { ...startedBy, options: ['--role-name', 'x'] } };
    expect(about(real, 'Run delete again')[0]?.command?.command).not.toContain('--after');
  });

  it('has none where it went by a plan, or was asked for an approval', () => {
    const ofPlan = { ...local, plan: { ...local.plan!, basedOn: 'weekly-1' } };
    expect(about(ofPlan, 'Run delete again')[0]?.command).toBeUndefined();
  });

  it('names the day for all of it where not all goes on at once', () => {
    const [snapshot, io2, a, b] = endsOfTwoKinds();
    const later = { ...b, nextAt: '2026-12-01T00:00:00.000Z' };
    const [step] = about(twoKinds('delete', [snapshot!, io2!, a!, later]), 'Run delete again');
    expect(step?.what).toContain('from 22 November (all of it from 1 December): it');
  });

  it('says what else restoring all of it would keep', () => {
    const [step] = about(ended, 'Tell the owners');
    expect(step?.why).toContain('also protects 2 other resources');
  });
});
