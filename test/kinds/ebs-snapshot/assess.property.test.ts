import { reasonOf } from '../../../report/words/reason-words.ts';
import { SNAPSHOT_WORDS } from '../../../core/words/snapshot-words.ts';
import fc from 'fast-check';
import { Verdict } from '../../../core/model/verdict.ts';
import { assess } from '../../../kinds/ebs-snapshot/assess.ts';
import { EbsSnapshot, ReferenceName } from '../../../kinds/ebs-snapshot/facts.ts';
import type { Attachment, UsedBy, Volume } from '../../../kinds/ebs-snapshot/facts.ts';
import { NOW, aPolicy, anAttachment } from '../../support/organizations/snapshots.ts';

const DAY_MS = 86_400_000;
const instanceState = fc.constantFrom(
  'pending',
  'running',
  'stopped',
  'shutting-down',
  'terminated',
);

const attachment: fc.Arbitrary<Attachment> = fc.record(
  {
    instanceId: fc.option(fc.constant('i-1')),
    associatedResource: fc.option(fc.constant('arn:x'), { freq: 1 }),
    owningService: fc.constant(null),
    state: fc.constantFrom('attached', 'detaching'),
    instanceState: fc.option(instanceState),
  },
  { noNullPrototype: true },
);

const volume: fc.Arbitrary<Volume> = fc.record(
  {
    volumeId: fc.constant('vol-1'),
    state: fc.constantFrom('available', 'in-use', 'error'),
    attachments: fc.array(attachment, { maxLength: 2 }),
  },
  { noNullPrototype: true },
);

const tagKey = fc.constantFrom(
  'Name',
  'Retain',
  'orgsweep:protect',
  'orgsweep:keep-until',
  'aws:backup:source-resource',
  'dlm:managed',
  'kubernetes.io/x',
);
const tagValue = fc.constantFrom('', 'x', '2026-11-20', '2026-12-31', '2030-01-01');
const startedAt = fc
  .integer({ min: -5, max: 400 })
  .map((days) => new Date(NOW.getTime() - days * DAY_MS).toISOString());

/** Every field is more often harmless than not, so that stale snapshots are common. */
const snapshot: fc.Arbitrary<EbsSnapshot> = fc.record(
  {
    snapshotId: fc.constant('snap-1'),
    accountId: fc.constant('111122223333'),
    ownerId: fc.constant('111122223333'),
    volumeId: fc.constantFrom('vol-1', 'vol-1', 'vol-1', 'vol-1', 'vol-ffffffff', null),
    state: fc.constantFrom('completed', 'completed', 'completed', 'completed', 'pending', 'error'),
    startedAt: fc.option(startedAt, { freq: 9 }),
    sizeGiB: fc.nat(16_384),
    fullSizeBytes: fc.option(fc.nat()),
    storageTier: fc.constantFrom('standard', 'archive'),
    archivedAt: fc.option(startedAt),
    encrypted: fc.boolean(),
    description: fc.string({ maxLength: 20 }),
    transferType: fc.constantFrom(null, 'standard'),
    tags: fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.dictionary(tagKey, tagValue, { maxKeys: 2, noNullPrototype: true }),
      },
    ),
    volume: fc.option(volume, { freq: 1 }),
    set: fc.constant(null),
    zone: fc.option(fc.constant('us-west-2-lax-1a'), { freq: 1 }),
    restoredUntil: fc.constant(null),
    progress: fc.constantFrom('100%', null),
    stateMessage: fc.constant(null),
    kmsKeyId: fc.constant(null),
    outpostArn: fc.option(fc.constant('arn:aws:outposts:x'), { freq: 1 }),
    usedBy: fc.oneof(
      { weight: 4, arbitrary: fc.constant<UsedBy>({}) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom(...ReferenceName.options)
          .map((name): UsedBy => ({ [name]: ['x'] })),
      },
    ),
    attributes: fc.option(
      fc.record(
        {
          sharedWith: fc.subarray(['all', '444455556666'], { maxLength: 1 }),
          productCodes: fc.subarray(['abc'], { maxLength: 1 }),
        },
        { noNullPrototype: true },
      ),
    ),
    completedOfVolume: fc.constant(['snap-1']),
    incompleteReferences: fc.oneof(
      { weight: 4, arbitrary: fc.constant<ReferenceName[]>([]) },
      { weight: 1, arbitrary: fc.subarray([...ReferenceName.options], { minLength: 1 }) },
    ),
    notLookedAt: fc.subarray<ReferenceName>(['amis']),
  },
  { noNullPrototype: true },
);

const policy = fc
  .record({
    minAgeDays: fc.nat(60),
    protectTags: fc.subarray(['Retain', 'Name=x']),
  })
  .map(aPolicy);

const laterDays = fc.nat(4000);
const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

describe('laws of the verdict on a snapshot', () => {
  it('ageing never rescues: what is stale stays stale', () => {
    let stale = 0;
    fc.assert(
      fc.property(snapshot, policy, laterDays, (facts, rules, later) => {
        if (assess(facts, rules, NOW).verdict !== 'STALE') return;
        stale += 1;
        expect(assess(facts, rules, at(later)).verdict).toBe('STALE');
      }),
      { numRuns: 500 },
    );
    expect(stale).toBeGreaterThan(20);
  });

  it('it is total, valid, and always has its reasons', () => {
    fc.assert(
      fc.property(snapshot, policy, (facts, rules) => {
        expect(Verdict.safeParse(assess(facts, rules, NOW)).success).toBe(true);
      }),
    );
  });

  it('each of its reasons has words, under the verdict that it gives', () => {
    fc.assert(
      fc.property(snapshot, policy, (facts, rules) => {
        const { verdict, reasons } = assess(facts, rules, NOW);
        for (const reason of reasons)
          expect([reason, reasonOf(SNAPSHOT_WORDS, reason).verdict]).toEqual([reason, verdict]);
      }),
    );
  });

  it('what was not listed completely is never stale', () => {
    fc.assert(
      fc.property(
        snapshot,
        policy,
        fc.constantFrom(...ReferenceName.options),
        (facts, rules, source) => {
          const incomplete = { ...facts, incompleteReferences: [source] };
          expect(assess(incomplete, rules, NOW).verdict).not.toBe('STALE');
        },
      ),
    );
  });

  const additions: Record<string, (facts: EbsSnapshot) => EbsSnapshot> = {
    ...Object.fromEntries(
      ReferenceName.options.map((name) => [
        `a reference seen in ${name}`,
        (facts: EbsSnapshot) => ({ ...facts, usedBy: { ...facts.usedBy, [name]: ['x-2'] } }),
      ]),
    ),
    'an account that it is shared with': (facts) => ({
      ...facts,
      attributes: { sharedWith: ['444455556666'], productCodes: [] },
    }),
    'a product code': (facts) => ({
      ...facts,
      attributes: { sharedWith: [], productCodes: ['abc'] },
    }),
    'an Outpost': (facts) => ({ ...facts, outpostArn: 'arn:aws:outposts:x' }),
    'a protect tag': (facts) => ({ ...facts, tags: { ...facts.tags, 'orgsweep:protect': '' } }),
    'an AWS Backup tag': (facts) => ({ ...facts, tags: { ...facts.tags, 'aws:backup:x': '' } }),
    'an attachment': (facts) => withAttachment(facts, anAttachment()),
    'an attachment without an instance': (facts) =>
      withAttachment(facts, anAttachment({ instanceId: null, instanceState: null })),
  };

  it.each(Object.entries(additions))('%s never makes anything stale', (_, add) => {
    fc.assert(
      fc.property(snapshot, policy, (facts, rules) => {
        expect(assess(add(facts), rules, NOW).verdict).not.toBe('STALE');
      }),
    );
  });

  it('a new attachment of any kind never turns KEEP into STALE', () => {
    fc.assert(
      fc.property(snapshot, attachment, policy, (facts, added, rules) => {
        if (assess(facts, rules, NOW).verdict !== 'KEEP' || facts.volume === null) return;
        // EC2 says in-use with no attachment listed: the one listed later may be all there is.
        if (facts.volume.state === 'in-use' && facts.volume.attachments.length === 0) return;
        expect(assess(withAttachment(facts, added), rules, NOW).verdict).toBe('KEEP');
      }),
    );
  });

  it('facts survive JSON', () => {
    fc.assert(
      fc.property(snapshot, (facts) => {
        expect(EbsSnapshot.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
      }),
    );
  });
});

function withAttachment(facts: EbsSnapshot, added: Attachment): EbsSnapshot {
  const before = facts.volume ?? { volumeId: 'vol-1', state: 'in-use', attachments: [] };
  return { ...facts, volume: { ...before, attachments: [...before.attachments, added] } };
}
