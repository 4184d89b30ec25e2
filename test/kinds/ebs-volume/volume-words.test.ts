import { Finding, type Observations } from '../../../core/model/verdict.ts';
import { policyOfKind } from '../../../core/input/of-kind.ts';
import { assess } from '../../../kinds/ebs-volume/assess.ts';
import { describeVolume } from '../../../kinds/ebs-volume/words/describe.ts';
import type { EbsVolume, VolumeCopy } from '../../../kinds/ebs-volume/facts.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { volumeInWords } from '../../../kinds/ebs-volume/words/in-words.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import {
  anEbsVolume,
  aVolumesAttachment,
  aVolumesCopy,
  dayAgo,
} from '../../support/organizations/volumes.ts';

const look = { region: 'eu-west-1', now: NOW, policy: aPolicy(), prices: PRICES.builtIn };

function told(
  given: Partial<EbsVolume>,
  observed: Observations = {},
  policy = aPolicy(),
  more: Partial<Finding> = {},
) {
  const facts = anEbsVolume(given);
  const { evidence, ...described } = describeVolume(facts, { ...look, policy });
  const verdict = assess(facts, policyOfKind(policy, 'ebs-volume'), NOW, observed);
  return volumeInWords(
    Finding.parse({
      ...{ kind: 'ebs-volume', accountId: '111122223333', region: 'eu-west-1' },
      ...{ ...described, ...verdict, evidence: { ...evidence, observed, ...more.evidence } },
      ...(more.nextStep && { nextStep: more.nextStep }),
    }),
  );
}

// T1, of https://github.com/cloud-custodian/cloud-custodian/issues/928
it('says since when a volume is unattached, and what says so', () => {
  const unattached = { since: daysAgo(28), lastSeen: daysAgo(0), looks: 5 };
  expect(told({}, { unattached })).toEqual([
    'It is unused: it has been unattached for as long as the policy asks for.',
    'CloudWatch saw it last on 13 August 2026: no running instance had it since.',
    'It was unattached in 5 scans since 24 October 2026; in between is not known.',
    'There is no snapshot of it.',
    'Type gp3; 3,000 IOPS; 125 MiB/s; not encrypted; in eu-west-1a.',
  ]);
});

it('says how far CloudWatch goes back where it has nothing: that is not how old the volume is', () => {
  const metrics = { from: dayAgo(450), lastDay: null };
  const [, since] = told({ createdAt: daysAgo(2000), metrics });
  expect(since).toBe(
    'CloudWatch has no data of it since 28 August 2025: no running instance had it.',
  );
  const [, made] = told({ createdAt: daysAgo(100), metrics });
  expect(made).toBe(
    'CloudWatch has no data of it since it was made, on 13 August 2026: no running instance had it.',
  );
});

it('names what it takes for an answer where CloudWatch could give none', () => {
  const policy = aPolicy({ kinds: { 'ebs-volume': { volumeEvidence: 'history' } } });
  const unattached = { since: daysAgo(40), lastSeen: daysAgo(0), looks: 7 };
  expect(told({ metrics: 'no-control' }, { unattached }, policy).slice(1, 3)).toEqual([
    'CloudWatch has no data of it. Without an attached volume there, that proves nothing.',
    'It was unattached in 7 scans since 12 October 2026; in between is not known.',
  ]);
});

it.each<[string, Partial<EbsVolume>, string]>([
  [
    'what has it',
    { attachments: [aVolumesAttachment({ instanceId: 'i-1', state: 'detaching' })] },
    'It is kept: it is attached to i-1 (detaching).',
  ],
  [
    'that AWS has it, where no instance does',
    { attachments: [aVolumesAttachment({ instanceId: null })] },
    'It is kept: it is attached to something that AWS manages.',
  ],
  [
    'which service manages it',
    { managedBy: 'ecs.amazonaws.com' },
    'It is kept: ecs.amazonaws.com manages it.',
  ],
  [
    'by which tag it belongs to whom',
    { tags: { AmazonECSManaged: 'true' } },
    'It is kept: it belongs to Amazon ECS, by its tag "AmazonECSManaged".',
  ],
  [
    'which copy is made of it',
    { usedBy: { 'volume-copies': ['vol-2'] } },
    'It is kept: vol-2 is made as a copy of it.',
  ],
  [
    'which instance it may have been the root volume of',
    {
      rootReplacements: [
        { taskId: 'x', instanceId: 'i-9', startedAt: daysAgo(60), endedAt: daysAgo(60) },
      ],
      metrics: { from: dayAgo(450), lastDay: dayAgo(60) },
    },
    'It is kept: it may be the root volume that was replaced lately on i-9.',
  ],
  [
    'what broke off',
    { incompleteReferences: ['instances'], metrics: null },
    "Whether it is unused is not known: what could need it wasn't listed to the end (instances).",
  ],
  [
    'its age',
    { createdAt: daysAgo(3) },
    'It is kept: at 3 days it is younger than the policy asks for.',
  ],
  [
    'that it failed',
    { state: 'error', metrics: 'not-needed' },
    'It is unused: it failed when it was made, and can never be used.',
  ],
  [
    'that nothing tells for how long',
    { metrics: null },
    'It is unused: it is attached to nothing, and nothing tells for how long.',
  ],
])('says %s', (_what, given, sentence) => expect(told(given)[0]).toBe(sentence));

it('shows tags that say nothing of need', () => {
  const tags = { 'aws:cloudformation:stack-name': 'shop' };
  expect(told({ tags })).toContain(
    'Of these tags none says that anybody needs it: "aws:cloudformation:stack-name" (CloudFormation).',
  );
});

it('a finding that has nothing of that is told by its verdict', () => {
  const finding = Finding.parse({
    ...{ kind: 'ebs-volume', accountId: '111122223333', region: 'eu-west-1', resourceId: 'vol-1' },
    ...{ verdict: 'STALE', reasons: ['VOLUME_UNATTACHED'], startedAt: null, ageDays: null },
    ...{ sizeGiB: null, monthlyCostUsdUpTo: null, tags: {}, evidence: { metrics: 7, iops: 'x' } },
  });
  expect(volumeInWords(finding)).toEqual([
    'It is unused: it has been unattached for as long as the policy asks for.',
  ]);
});

it('a volume on an Outpost has a cost that nobody here knows', () => {
  expect(describeVolume(anEbsVolume(), look).monthlyCostUsdUpTo).toBe(8.8);
  expect(describeVolume(anEbsVolume({ outpostArn: 'x' }), look).monthlyCostUsdUpTo).toBeNull();
});

const ofCopies = (copies: readonly Partial<VolumeCopy>[], given: Partial<EbsVolume> = {}) =>
  told({
    ...given,
    copies: copies.map((one, i) => aVolumesCopy({ snapshotId: `snap-${i + 1}`, ...one })),
  })[2];
const OURS = { finalCopyOf: anEbsVolume().volumeId, keepUntil: dayAgo(-90) };

it('names the snapshot that is a copy of it as it is now, its own final copy first', () => {
  expect(ofCopies([{ startedAt: daysAgo(200) }, {}])).toBe(
    'snap-2, started on 2 October 2026, is a copy of it as it is now.',
  );
  expect(ofCopies([{}, { ...OURS, startedAt: daysAgo(60) }])).toBe(
    'snap-2, started on 22 September 2026, is a final copy, which orgsweep made.',
  );
});

it('says why none is, of five', () => {
  expect(
    ofCopies([
      { startedAt: daysAgo(200) },
      { isMarked: true },
      { isOfAmi: true },
      { isManaged: true },
      { state: 'pending' },
      { ...OURS, keepUntil: dayAgo(-3), startedAt: daysAgo(90) },
    ]),
  ).toBe(
    'Of its 6 snapshots none is a copy of it as it is now: snap-1 is from before the end of its last use; snap-6 is not kept for 30 days more; snap-2 is about to be deleted; snap-3 belongs to an AMI; snap-4 goes when what made it deletes it; 1 more.',
  );
  expect(ofCopies([{ finalCopyOf: 'vol-2' }])).toContain('is the final copy of another volume');
  expect(ofCopies([{ state: 'pending' }])).toContain('snap-1 is not completed');
  expect(ofCopies([{ startedAt: null }])).toContain('snap-1 has no time');
});

it('says that none can be told for a copy where nothing tells since when it is unattached', () => {
  expect(told({ metrics: null, copies: [aVolumesCopy()] })[1]).toBe(
    'Of its 1 snapshot none is a copy of it as it is now: snap-1 may be from before its last use, which nothing tells.',
  );
});

it('says what is not asked yet, and until when a deletion saves nothing', () => {
  const more = {
    nextStep: { name: 'copy', notBefore: null },
    evidence: { unanswered: ['snapshots-of-volume'] },
  };
  const words = told({ copies: null }, {}, aPolicy(), more);
  expect(words).toContain('Which snapshots there are of it is asked before it could be deleted.');
  expect(words.at(-1)).toBe(
    'If a Recycle Bin keeps it once it is deleted, it is billed until it leaves that, 7 days later at most.',
  );
});
