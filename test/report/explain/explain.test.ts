import { explain, type Mentions, resourcesOf } from '../../../report/explain/explain.ts';
import { renderExplanation, type Telling } from '../../../report/explain/text.ts';
import { whyOf } from '../../../report/explain/why.ts';
import type { PlanInBrief } from '../../../report/explain/explanation.ts';
import { evidenceInWords } from '../../../report/words/evidence-words.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { Finding } from '../../../core/model/verdict.ts';
import { inWordsOf, wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  aRemoval,
  aRemovalOutcome,
  daysBefore,
  KIND,
  NOW,
  OTHER_ACCOUNT,
  REGION,
  someLimits,
} from '../../support/summaries/builders.ts';
import { expectGolden } from '../../support/golden.ts';

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
    measured: [],
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

const WORDS = wordsOf(KINDS);
const DENIED = {
  status: 'ACCESS_DENIED' as const,
  failure: {
    code: 'UnauthorizedOperation',
    message: 'r is not authorized to perform: ec2:DescribeSnapshots',
  },
};

function explained(mentions: Mentions[], target: Partial<TargetOutcome> = {}) {
  const targets = new Map(
    mentions.map(({ executionId }) => [executionId, anOutcome({ accountName: 'shop', ...target })]),
  );
  const stale = { since: daysBefore(25), lastSeen: daysBefore(1) };
  return explain(SNAPSHOT, { mentions, targets, stale, words: WORDS });
}

const telling: Telling = {
  now: NOW,
  inWords: inWordsOf(KINDS),
  words: WORDS,
  commandFor: (executionId) => `orgsweep restore ${executionId} --resource snap-1 --hub`,
};

function told(mentions: Partial<Mentions>[], given: Partial<Telling> = {}): string {
  const all = mentions.map((one, i) => mentionsOf(`e${i}`, { startedAt: daysBefore(i), ...one }));
  return renderExplanation(explained(all), { ...telling, ...given }).replace(/\s+/g, ' ');
}

/** The sentences of one execution. */
function why(mentions: Partial<Mentions> & { plan?: PlanInBrief | null }, target = {}): string {
  const [latest] = explained([mentionsOf('e1', mentions)], target).executions;
  return whyOf(latest!, SNAPSHOT.kind, WORDS).join(' ');
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
  expectGolden('explain-removed.golden.txt', renderExplanation(story, telling));
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
  expectGolden('explain-refused.golden.txt', renderExplanation(story, telling));
});

it('tells of a removed snapshot how it comes back', () => {
  const story = explained([
    mentionsOf('20261120-delete', {
      startedAt: daysBefore(1),
      findings: [aFinding({ evidence: { volumeId: 'vol-0ab', volumeState: null } })],
      planned: [aRemoval()],
      removals: [aRemovalOutcome({ at: daysBefore(1), restorableUntil: daysBefore(-6) })],
      plan: aPlan(),
    }),
  ]);
  expectGolden('explain-gone.golden.txt', renderExplanation(story, telling));
});

describe('the first sentences answer whether it is stale, and why it is gone or not:', () => {
  const stale = { findings: [aFinding()] };
  const planned = { ...stale, planned: [aRemoval()] };
  const removedUntil = (until: string | null) => ({
    ...planned,
    removals: [aRemovalOutcome({ restorableUntil: until })],
  });

  it.each<[string, Parameters<typeof mentionsOf>[1], string]>([
    [
      'held',
      { ...stale, held: [aHeld({})], plan: aPlan() },
      'because it is held back: it is in the grace',
    ],
    [
      'a preview',
      { ...planned, plan: aPlan({ status: 'PREVIEW' }) },
      'It is still there, as that run only reported',
    ],
    [
      'not yet approved',
      { ...planned, plan: aPlan({ approval: 'required' }) },
      'waits for somebody to approve the plan',
    ],
    [
      'kept',
      { findings: [aFinding({ verdict: 'KEEP', reasons: ['LOCKED'] })] },
      'It is kept: it is locked. So it stays.',
    ],
    [
      'unknown',
      { findings: [aFinding({ verdict: 'UNKNOWN', reasons: ['AGE_UNKNOWN'] })] },
      'Whether it is unused is not known: its start time is not known. So it stays',
    ],
    [
      'refused by AWS',
      {
        ...planned,
        removals: [aRemovalOutcome({ outcome: 'PROTECTED', reasons: ['USED_BY_AMI'] })],
      },
      'It is still there: AWS or a protection refused its deletion (an AMI uses it).',
    ],
    [
      'perhaps gone',
      { ...planned, removals: [aRemovalOutcome({ outcome: 'FAILED' })] },
      'It may be gone',
    ],
    [
      'removed',
      removedUntil(null),
      'It is gone: e0 deleted it on 21 November 2026. It was unused:',
    ],
  ])('%s', (_, mentions, words) => expect(told([mentions ?? {}])).toContain(words));

  it('says so where a later execution looked there and did not list it', () => {
    expect(told([{}, { ...stale, held: [aHeld({})] }])).toContain(
      'e0 scanned that Region later and did not list it',
    );
  });

  it('gives the command that brings it back, as long as that can be', () => {
    const command = 'orgsweep restore e0 --resource snap-1 --hub';
    expect(told([removedUntil(daysBefore(-1))])).toContain(
      `To get it back, until 22 November 2026 at 06:00 UTC: ${command}`,
    );
    expect(told([removedUntil(null)])).toContain(`isn't known to be in the Recycle Bin`);
    const tooLate = told([removedUntil(daysBefore(1))]);
    expect(tooLate).toContain('Its time in the Recycle Bin ended on 20 November 2026');
    expect(tooLate).not.toContain(command);
    expect(told([removedUntil(daysBefore(-1))], { commandFor: () => null })).toContain(
      'a simulated organization, which ended with that run',
    );
  });

  it('says how to keep what is still there, and does not ask for a tag that it has', () => {
    expect(told([stale])).toContain('To keep it, tag it orgsweep:protect');
    const tags = { 'orgsweep:protect': 'x' };
    const kept = aFinding({ verdict: 'KEEP', reasons: ['PROTECTED_BY_TAG'], tags });
    expect(told([{ findings: [kept] }])).not.toContain('tag it orgsweep:protect');
  });
});

describe('executions that say the same', () => {
  const keep = { findings: [aFinding({ verdict: 'KEEP' as const, reasons: ['LOCKED'] })] };
  const other = { findings: [aFinding({ verdict: 'KEEP' as const, reasons: ['USED_BY_AMI'] })] };

  it('are told once, those before by their ids, three at most', () => {
    const text = told([keep, keep, keep, other, keep, keep, keep, keep, keep]);
    expect(text).toContain('The same in the 2 runs before: e1, e2.');
    expect(text).toContain('The same in the 4 runs before: e5, e6, e7 and 1 more.');
    expect(text.match(/Kept: it is locked/g)).toHaveLength(2);
    expect(told([keep, keep])).toContain('The same in the run before: e1.');
  });

  it('are not if one of them has not ended, and the other has', () => {
    expect(told([{ ...keep, status: null }, keep])).not.toContain('The same');
  });
});

it('tells of the last copy that it stays, of how many it is the one, and that nothing is to do', () => {
  const lineage = { id: 'vol-0d3dedcac6e827b2e', size: 4, newest: true };
  const held = [aHeld({ held: ['LAST_COPY'] })];
  const text = told([{ findings: [aFinding({ evidence: { lineage } })], held }]);
  expect(text).toContain(
    'held back: of the 4 snapshots of its volume it is the last one that stays.',
  );
  expect(text).toContain(
    "No action needed: it is kept as the last snapshot of its volume, unless a run's policy lets it go.",
  );
  expect(told([{ findings: [aFinding()], held }])).toContain(
    'it is the last snapshot of its volume',
  );
});

describe('what was measured', () => {
  const amount = { bytes: 12.3 * 2 ** 30, monthlyCostUsd: 0.615 };
  const measured = {
    ...{ kind: KIND, accountId: ACCOUNT, region: REGION, lineageId: 'vol-1' },
    ...{ outcome: 'MEASURED' as const, stale: ['snap-0', 'snap-1'], kept: [], notMeasured: [] },
    ...{ freed: amount, freedButLastCopy: null, reported: amount, upTo: amount, requests: 2 },
    at: '2026-11-25T10:00:00.000Z',
  };
  const words =
    'Measured on 25 November 2026: deleting the unused snapshots of its volume frees 12.3 GiB ($0.62 a month).';
  const stale = { findings: [aFinding()] };

  it('is told in one sentence, of the last time', () => {
    const earlier = { ...measured, freed: { bytes: 1, monthlyCostUsd: null }, at: daysBefore(9) };
    const text = told([{ ...stale, measured: [earlier] }, { measured: [measured] }]);
    expect(text).toContain(words);
    expect(text.match(/Measured on/g)).toHaveLength(1);
  });

  it.each([
    ['another account', { ...measured, accountId: OTHER_ACCOUNT }],
    ['another volume', { ...measured, stale: ['snap-2'] }],
    ['a failure', { ...measured, outcome: 'NOT_MEASURED' as const, freed: null }],
    ['one without it', { ...measured, notMeasured: [{ resourceId: 'snap-1', reason: 'GONE' }] }],
  ])('is not told of %s', (_, line) => {
    expect(told([{ ...stale, measured: [line] }])).not.toContain('Measured on');
  });

  it('is not told of what is gone', () => {
    const removed = { ...stale, planned: [aRemoval()], removals: [aRemovalOutcome()] };
    expect(told([{ ...removed, measured: [measured] }])).not.toContain('Measured on');
  });
});

describe('an execution', () => {
  it('that only reported says so', () => {
    const preview = { planned: [aRemoval()], plan: aPlan({ status: 'PREVIEW' }) };
    expect(why({ findings: [aFinding()], ...preview })).toContain('Not deleted: this was a report');
  });

  it.each([
    ['maxRemovals' as const, 6000, '6,000 deletions planned, maxRemovals allows 50'],
    [
      'maxStalePercentOverall' as const,
      95.2,
      '95.2% is unused of what no other rule holds back, maxStalePercentOverall allows 50%',
    ],
  ])('whose plan was refused over %s says how far it was over', (limit, wanted, words) => {
    const refusal = { limit, wanted, allowed: 50 };
    const largest = [
      { accountId: ACCOUNT, count: 4000, of: limit === 'maxRemovals' ? null : 4100 },
      { accountId: OTHER_ACCOUNT, count: 2000, of: limit === 'maxRemovals' ? null : 2001 },
    ];
    const whyRefused = (given: NonNullable<PlanInBrief['refusal']>) =>
      why({
        held: [aHeld({ held: ['OVER_LIMIT'], limit })],
        plan: aPlan({ status: 'REFUSED', refusal: given }),
      });
    expect(whyRefused(refusal)).toContain(`refused as a whole: ${words}.`);
    const parts =
      limit === 'maxRemovals' ? ['4,000', '2,000'] : ['4,000 of 4,100', '2,000 of 2,001'];
    expect(whyRefused({ ...refusal, largest })).toContain(
      `${words}; most of it in ${ACCOUNT} (${parts[0]}), ${OTHER_ACCOUNT} (${parts[1]}).`,
    );
  });

  it('that still holds it in grace says until when', () => {
    expect(why({ held: [aHeld({})], plan: aPlan() })).toContain(
      'grace of 14 days ends on 25 November 2026 at 06:00 UTC',
    );
  });

  it('that has planned it and written no outcome calls nothing removed', () => {
    const open = why({ findings: [aFinding()], planned: [aRemoval()], plan: aPlan() });
    expect(open).toContain('Not known to be deleted');
  });

  it('that kept it says that only what is stale can be removed', () => {
    const kept = aFinding({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] });
    expect(why({ findings: [kept] })).toMatch(/^Unknown: .* Not deleted: only what is unused/);
  });

  it.each<[string, Partial<TargetOutcome>, string]>([
    ['complete', {}, 'it was in use (then it is only counted), or not there'],
    ['denied', { status: 'ACCESS_DENIED' }, 'were not scanned to the end (ACCESS_DENIED)'],
    [
      'excluded',
      { status: 'EXCLUDED', excluded: 'REGION_EXCLUDED' },
      'Not scanned: Region excluded by the input',
    ],
    [
      'complete for global kinds alone',
      { excluded: 'REGION_EXCLUDED' },
      'only global kinds were scanned there (Region excluded by the input)',
    ],
    [
      'denied for another kind alone',
      {
        status: 'ACCESS_DENIED',
        looks: { [SNAPSHOT.kind]: { status: 'COMPLETE' }, other: DENIED },
      },
      'it was in use (then it is only counted), or not there',
    ],
    [
      'denied for its kind alone',
      {
        status: 'ACCESS_DENIED',
        looks: { [SNAPSHOT.kind]: DENIED, other: { status: 'COMPLETE' } },
      },
      'The discovery role there lacks ec2:DescribeSnapshots: roll it out again.',
    ],
  ])('that does not list it, its target %s, says what that means', (_, target, words) => {
    expect(why({}, target)).toContain(words);
  });

  it('that never reached its target says so', () => {
    const { executions } = explain(SNAPSHOT, {
      mentions: [mentionsOf('e1')],
      targets: new Map(),
      stale: null,
      words: WORDS,
    });
    expect(executions[0]?.why.join()).toContain("weren't reached");
  });

  it('with a changed plan or a file that cannot be read warns', () => {
    const doubtful = why({ plan: aPlan({ intact: false }), unreadable: ['x/findings.jsonl'] });
    expect(doubtful).toContain("plan.json isn't the plan that was made");
    expect(doubtful).toContain("x/findings.jsonl can't be read");
  });
});

it.each([
  [null, "What it costs isn't known."],
  [4, 'It costs at most $4 a month.'],
])('tells no size of what has none, at a price of %p', (monthlyCostUsdUpTo, words) => {
  const text = told([{ findings: [aFinding({ sizeGiB: null, monthlyCostUsdUpTo })] }]);
  expect(text).toContain(words);
  expect(text).not.toMatch(/size is|GiB/);
});

it('tells an unknown reason by its code', () => {
  const finding = Finding.parse(aFinding({ verdict: 'KEEP', reasons: ['FROM_THE_FUTURE'] }));
  expect(why({ findings: [finding] })).toContain('Kept: FROM_THE_FUTURE.');
});

it('takes the same id in two accounts for two resources', () => {
  const resources = resourcesOf([
    mentionsOf('e1', { findings: [aFinding({ accountId: OTHER_ACCOUNT })] }),
    mentionsOf('e2', { planned: [aRemoval()], held: [aHeld({})] }),
  ]);
  expect(resources.map(({ accountId }) => accountId)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
});

it.each([
  ['its own kind', telling.inWords],
  ['no kind that is known', (finding: Finding) => evidenceInWords(finding, undefined)],
])('keeps control characters off the terminal, and within 78 columns: %s', (_, inWords) => {
  const evil = `\u001b[31m${'x'.repeat(200)}\n\u202e`;
  const text = renderExplanation(
    explained([
      mentionsOf('e1', {
        findings: [
          aFinding({ evidence: { description: evil, [evil]: [evil] }, tags: { t: evil } }),
        ],
      }),
    ]),
    { ...telling, inWords },
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
      words: WORDS,
    }).executions[0]?.why.join(' ');

  it.each([
    [null, 'The plan has to be approved, and nobody has decided yet.'],
    [
      { decision: 'APPROVED' as const, by: ada, at },
      `Approved by ${ada.caller} on 21 November 2026 at 15:04 UTC.`,
    ],
    [
      { decision: 'REJECTED' as const, by: { caller: 'ada', verified: false }, at },
      'Rejected by ada (a local user, not verified) on 21 November 2026 at 15:04 UTC.',
    ],
    [
      { decision: 'EXPIRED' as const, by: null, at },
      'The plan had to be approved, and until 21 November 2026 at 15:04 UTC nobody had.',
    ],
  ])('is told with what they said: %#', (approval, words) => {
    expect(whyAfter(approval)).toContain(words);
  });

  it('is not told of where nobody had to', () => {
    const why = explain(SNAPSHOT, {
      mentions: [mentionsOf('e-1', { planned: [aRemoval()], plan: aPlan() })],
      targets: new Map(),
      stale: null,
      words: WORDS,
    }).executions[0]?.why.join(' ');
    expect(why).not.toContain('approved');
  });
});
