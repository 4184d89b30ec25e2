import { explain, type Mentions, resourcesOf } from '../../core/explain/explain.ts';
import { renderExplanation } from '../../core/explain/text.ts';
import { whyOf } from '../../core/explain/why.ts';
import type { PlanInBrief } from '../../core/explain/explanation.ts';
import type { TargetOutcome } from '../../core/outcome.ts';
import { Finding } from '../../core/verdict.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  aRemoval,
  aRemovalOutcome,
  daysBefore,
  KIND,
  OTHER_ACCOUNT,
  REGION,
  someLimits,
} from '../support/builders.ts';
import { expectGolden } from '../support/golden.ts';

const SNAPSHOT = { kind: KIND, accountId: ACCOUNT, region: REGION, resourceId: 'snap-1' };

function aPlan(given: Partial<PlanInBrief> = {}): PlanInBrief {
  return {
    status: 'READY',
    refusal: null,
    approval: 'none',
    limits: someLimits(),
    graceDays: 14,
    intact: true,
    ...given,
  };
}

function mentionsOf(
  executionId: string,
  { plan = null, ...given }: Partial<Mentions> & { plan?: PlanInBrief | null } = {},
): Mentions {
  return {
    executionId,
    mode: 'delete',
    status: 'COMPLETE',
    startedAt: daysBefore(0),
    findings: [],
    approval: null,
    planned: [],
    held: [],
    removals: [],
    restores: [],
    unreadable: [],
    planFor: () => plan,
    ...given,
  };
}

const aHeld = (given: object) => ({
  ...SNAPSHOT,
  held: ['IN_GRACE' as const],
  sizeGiB: 8,
  staleSince: daysBefore(10),
  ...given,
});

function explained(mentions: Mentions[], target: Partial<TargetOutcome> = {}) {
  const targets = new Map(
    mentions.map(({ executionId }) => [executionId, anOutcome({ accountName: 'shop', ...target })]),
  );
  const stale = { since: daysBefore(25), lastSeen: daysBefore(1) };
  return explain(SNAPSHOT, { mentions, targets, stale });
}

/** The sentences of one execution. */
function why(mentions: Partial<Mentions> & { plan?: PlanInBrief | null }, target = {}): string {
  return whyOf(explained([mentionsOf('e1', mentions)], target).executions[0]!).join(' ');
}

it('tells the whole story of a removed snapshot, the newest execution first', () => {
  const evidence = {
    volumeId: 'vol-0d3dedcac6e827b2e',
    volumeState: null,
    attachments: [],
    usedBy: { amis: [], 'launch-templates': ['lt-1 version 2', 'lt-1 version 3'] },
    description: 'before\n upgrade',
    encrypted: true,
    fullSizeGiB: 36.866,
    lineage: { id: 'vol-0d3dedcac6e827b2e', size: 4, newest: false },
  };
  const story = explained([
    mentionsOf('20261026-report', {
      mode: 'report',
      startedAt: daysBefore(26),
      findings: [aFinding({ verdict: 'KEEP', reasons: ['USED_BY_AMI'], evidence })],
    }),
    mentionsOf('20261110-delete', {
      startedAt: daysBefore(11),
      findings: [aFinding({ evidence })],
      held: [aHeld({ held: ['IN_GRACE', 'OVER_LIMIT'], limit: 'maxRemovalsPerTarget' })],
      plan: aPlan(),
    }),
    mentionsOf('20261120-delete', {
      startedAt: daysBefore(1),
      findings: [aFinding({ evidence, tags: { Name: 'orders', team: 'shop' } })],
      planned: [aRemoval()],
      removals: [aRemovalOutcome({ at: daysBefore(1), restorableUntil: daysBefore(-6) })],
      restores: [
        {
          ...{ kind: KIND, accountId: ACCOUNT, region: REGION, resourceId: 'snap-1' },
          ...{ outcome: 'RESTORED', at: daysBefore(0) },
        },
      ],
      plan: aPlan(),
    }),
    mentionsOf('20261121-report', {
      mode: 'report',
      status: 'PARTIAL',
      plan: aPlan({ status: 'EMPTY' }),
    }),
  ]);
  expectGolden('explain-removed.golden.txt', renderExplanation(story));
});

it('tells of a snapshot whose removal AWS refused', () => {
  const failure = {
    code: 'InvalidSnapshot.InUse',
    message: 'The snapshot snap-1 is currently in use by ami-1.',
    requestId: 'a1b2',
    operation: 'ec2:DeleteSnapshot',
  };
  const story = explained([
    mentionsOf('20261121-delete', {
      status: 'REMOVALS_INCOMPLETE',
      findings: [aFinding({ evidence: { volumeId: null } })],
      planned: [aRemoval()],
      removals: [aRemovalOutcome({ outcome: 'PROTECTED', reasons: ['USED_BY_AMI'], failure })],
      plan: aPlan(),
    }),
  ]);
  expectGolden('explain-refused.golden.txt', renderExplanation(story));
});

describe('an execution', () => {
  it('that only reported says so', () => {
    const preview = { planned: [aRemoval()], plan: aPlan({ status: 'PREVIEW' }) };
    expect(why({ findings: [aFinding()], ...preview })).toContain('Not removed: this was a report');
  });

  it.each([
    ['maxRemovals' as const, 6000, '6,000 removals wanted, maxRemovals allows 50'],
    [
      'maxStalePercentOverall' as const,
      95.2,
      '95.2 percent of what was seen is stale, maxStalePercentOverall allows 50',
    ],
  ])('whose plan was refused over %s says how far it was over', (limit, wanted, words) => {
    const refusal = { limit, wanted, allowed: 50 };
    expect(
      why({
        held: [aHeld({ held: ['OVER_LIMIT'], limit })],
        plan: aPlan({ status: 'REFUSED', refusal }),
      }),
    ).toContain(`refused as a whole: ${words}.`);
  });

  it('that still holds it in grace says until when', () => {
    expect(why({ held: [aHeld({})], plan: aPlan() })).toContain(
      'grace of 14 days ends on 2026-11-25 06:00 UTC',
    );
  });

  it('that has planned it and written no outcome calls nothing removed', () => {
    const open = why({ findings: [aFinding()], planned: [aRemoval()], plan: aPlan() });
    expect(open).toContain('Not known to be removed');
  });

  it('that kept it says that only what is stale can be removed', () => {
    const kept = aFinding({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] });
    expect(why({ findings: [kept] })).toMatch(/^Found UNKNOWN: .* Not removed: only what is STALE/);
  });

  it.each<[string, Partial<TargetOutcome>, string]>([
    ['complete', {}, 'plainly in use, which is counted and not listed, or not there'],
    ['denied', { status: 'ACCESS_DENIED' }, "weren't seen completely (ACCESS_DENIED)"],
    [
      'excluded',
      { status: 'EXCLUDED', excluded: 'REGION_EXCLUDED' },
      'Not looked at: Region is excluded by the input',
    ],
  ])('that does not list it, its target %s, says what that means', (_, target, words) => {
    expect(why({}, target)).toContain(words);
  });

  it('that never reached its target says so', () => {
    const { executions } = explain(SNAPSHOT, {
      mentions: [mentionsOf('e1')],
      targets: new Map(),
      stale: null,
    });
    expect(executions[0]?.why.join()).toContain("weren't reached");
  });

  it('with a changed plan or a file that cannot be read warns', () => {
    const doubtful = why({ plan: aPlan({ intact: false }), unreadable: ['x/findings.jsonl'] });
    expect(doubtful).toContain("plan.json isn't the plan that was made");
    expect(doubtful).toContain("x/findings.jsonl can't be read");
  });
});

it('tells an unknown reason by its code', () => {
  const finding = Finding.parse(aFinding({ verdict: 'KEEP', reasons: ['FROM_THE_FUTURE'] }));
  expect(why({ findings: [finding] })).toContain('Found KEEP: FROM_THE_FUTURE.');
});

it('takes the same id in two accounts for two resources', () => {
  const resources = resourcesOf([
    mentionsOf('e1', { findings: [aFinding({ accountId: OTHER_ACCOUNT })] }),
    mentionsOf('e2', { planned: [aRemoval()], held: [aHeld({})] }),
  ]);
  expect(resources.map(({ accountId }) => accountId)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
});

it('keeps control characters of AWS text off the terminal, and within 78 columns', () => {
  const evil = `\u001b[31m${'x'.repeat(200)}\n\u202e`;
  const text = renderExplanation(
    explained([
      mentionsOf('e1', {
        findings: [
          aFinding({ evidence: { description: evil, [evil]: [evil] }, tags: { t: evil } }),
        ],
      }),
    ]),
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
});

describe('a plan that a person had to approve', () => {
  const at = '2026-11-21T15:04:05.000Z';
  const ada = { caller: 'arn:aws:iam::111122223333:user/ada', verified: true };
  const whyAfter = (approval: Mentions['approval']) =>
    explain(SNAPSHOT, {
      mentions: [
        mentionsOf('e-1', {
          planned: [aRemoval()],
          approval,
          plan: aPlan({ approval: 'required' }),
        }),
      ],
      targets: new Map(),
      stale: null,
    }).executions[0]?.why.join(' ');

  it.each([
    [null, 'The plan has to be approved, and nobody has decided yet.'],
    [
      { decision: 'APPROVED' as const, by: ada, at },
      `Approved by ${ada.caller} on 2026-11-21 15:04 UTC.`,
    ],
    [
      { decision: 'REJECTED' as const, by: { caller: 'ada', verified: false }, at },
      'Rejected by ada (a local user, not verified) on 2026-11-21 15:04 UTC.',
    ],
    [
      { decision: 'EXPIRED' as const, by: null, at },
      'The plan had to be approved, and until 2026-11-21 15:04 UTC nobody had.',
    ],
  ])('is told with what they said: %#', (approval, words) => {
    expect(whyAfter(approval)).toContain(words);
  });

  it('is not told of where nobody had to', () => {
    const why = explain(SNAPSHOT, {
      mentions: [mentionsOf('e-1', { planned: [aRemoval()], plan: aPlan() })],
      targets: new Map(),
      stale: null,
    }).executions[0]?.why.join(' ');
    expect(why).not.toContain('approved');
  });
});
