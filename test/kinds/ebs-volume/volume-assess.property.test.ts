import fc from 'fast-check';
import { DAY_MS } from '../../../core/model/age.ts';
import { Verdict, type Observations } from '../../../core/model/verdict.ts';
import { policyOfKind } from '../../../core/input/of-kind.ts';
import { assess } from '../../../kinds/ebs-volume/assess.ts';
import { EbsVolume } from '../../../kinds/ebs-volume/facts.ts';
import { unattachedSince } from '../../../kinds/ebs-volume/seen.ts';
import { reasonOf } from '../../../report/words/reason-words.ts';
import { VOLUME_WORDS } from '../../../kinds/ebs-volume/words/words.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, aVolumesAttachment, dayAgo } from '../../support/organizations/volumes.ts';

/** Nearly always harmless, so that stale volumes are common. */
const seldom = <T>(usual: T, other: T) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, fc.constant(other));
const days = (max: number) => fc.integer({ min: 0, max });

const volume = fc
  .record({
    state: fc.constantFrom(
      'available',
      'available',
      'available',
      'available',
      'in-use',
      'creating',
      'error',
    ),
    createdAt: fc.oneof({ weight: 9, arbitrary: days(2000).map(daysAgo) }, fc.constant(null)),
    attachments: seldom<EbsVolume['attachments']>([], [aVolumesAttachment()]),
    isMultiAttach: seldom(false, true),
    managedBy: seldom<string | null>(null, 'ecs'),
    outpostArn: seldom<string | null>(null, 'arn:x'),
    tags: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Record<string, string>>({ Name: 'x' }) },
      fc.constantFrom<Record<string, string>>(
        { KubernetesCluster: 'x' },
        { 'orgsweep:protect': '' },
      ),
    ),
    usedBy: seldom<EbsVolume['usedBy']>({}, { instances: ['i-1'] }),
    metrics: fc.oneof(
      {
        weight: 4,
        arbitrary: days(449).map((ago) => ({ from: dayAgo(450), lastDay: dayAgo(ago) })),
      },
      fc.constant({ from: dayAgo(450), lastDay: null }),
      fc.constantFrom('no-control' as const, 'not-needed' as const, null),
    ),
    incompleteReferences: seldom<EbsVolume['incompleteReferences']>([], ['instances']),
  })
  .map((given) => EbsVolume.parse(anEbsVolume(given)));
const observed: fc.Arbitrary<Observations> = fc.oneof(
  fc.constant({}),
  days(200).map((ago) => ({ unattached: { since: daysAgo(ago), lastSeen: daysAgo(0), looks: 3 } })),
);
const policy = fc
  .record({
    minAgeDays: fc.constantFrom(0, 30, 90),
    minUnattachedDays: fc.constantFrom(1, 32, 90),
    volumeEvidence: fc.constantFrom('metrics', 'history'),
  })
  .map(({ minAgeDays, ...own }) =>
    policyOfKind({ ...aPolicy({ minAgeDays }), kinds: { 'ebs-volume': own } }, 'ebs-volume'),
  );

it('is a verdict, the same each time, whose every reason has words under it', () => {
  fc.assert(
    fc.property(volume, policy, observed, (facts, by, seen) => {
      const verdict = Verdict.parse(assess(facts, by, NOW, seen));
      expect(assess(facts, by, NOW, seen)).toEqual(verdict);
      for (const reason of verdict.reasons)
        expect(reasonOf(VOLUME_WORDS, reason).verdict).toBe(verdict.verdict);
    }),
  );
});

it('VOLUME_UNATTACHED is only said by evidence of as many days as the policy asks for', () => {
  let stale = 0;
  fc.assert(
    fc.property(volume, policy, observed, (facts, by, seen) => {
      const { reasons } = assess(facts, by, NOW, seen);
      if (!reasons.includes('VOLUME_UNATTACHED')) return;
      stale += 1;
      const { minUnattachedDays } = by.own as { minUnattachedDays: number };
      const { metrics } = facts;
      const last =
        metrics === 'no-control'
          ? seen['unattached']?.since
          : typeof metrics === 'object' && metrics !== null
            ? (metrics.lastDay ?? metrics.from)
            : undefined;
      const since = Date.parse(last ?? 'never');
      expect(NOW.getTime() - since).toBeGreaterThanOrEqual(minUnattachedDays * DAY_MS);
    }),
    { numRuns: 500 },
  );
  expect(stale).toBeGreaterThan(30);
});

it('nothing that has any sign of need is ever stale', () => {
  fc.assert(
    fc.property(volume, policy, observed, (facts, by, seen) => {
      if (assess(facts, by, NOW, seen).verdict !== 'STALE') return;
      const { attachments, state, usedBy, tags, managedBy, incompleteReferences } = facts;
      expect([attachments, usedBy, managedBy, incompleteReferences]).toEqual([[], {}, null, []]);
      expect(['available', 'error']).toContain(state);
      expect(Object.keys(tags)).toEqual(['Name']);
    }),
  );
});

it('more signs of use never make it stale: a later day with metrics, an attachment, a tag', () => {
  fc.assert(
    fc.property(volume, policy, observed, days(31), (facts, by, seen, ago) => {
      const later = { from: dayAgo(450), lastDay: dayAgo(Math.min(ago, 0)) };
      const more: Partial<EbsVolume>[] = [
        { metrics: later },
        { attachments: [aVolumesAttachment()] },
        { tags: { ...facts.tags, KubernetesCluster: 'x' } },
      ];
      for (const one of more)
        if (facts.state !== 'error' || !('metrics' in one))
          expect(assess({ ...facts, ...one }, by, NOW, seen).verdict).not.toBe('STALE');
    }),
  );
});

it('how old it is never makes it unattached for longer than since it was made', () => {
  fc.assert(
    fc.property(volume, observed, (facts, seen) => {
      const unattached = unattachedSince(facts, seen, NOW);
      if (unattached?.by === 'silence' && facts.createdAt !== null)
        expect(Date.parse(unattached.since)).toBeGreaterThanOrEqual(Date.parse(facts.createdAt));
    }),
  );
});
