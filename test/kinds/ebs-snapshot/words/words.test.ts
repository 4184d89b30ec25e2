import fc from 'fast-check';
import { tagsInWords } from '../../../../report/format/quoted.ts';
import { inWordsOf } from '../../../../kinds/in-words.ts';
import { snapshotInWords } from '../../../../kinds/ebs-snapshot/words/words.ts';
import { KINDS } from '../../../../kinds/registry.ts';
import { ACCOUNT, aFinding, OTHER_ACCOUNT } from '../../../support/summaries/builders.ts';
import type { Finding } from '../../../../core/model/verdict.ts';
import { anyCharacter } from '../../../support/summaries/any-character.ts';

const VOLUME = { volumeId: 'vol-0ab', volumeState: null, attachments: [] };
const ON_TERMINATED = {
  instanceId: 'i-1',
  associatedResource: null,
  owningService: null,
  state: 'attached',
  instanceState: 'terminated',
};

const said = (evidence: Record<string, unknown>, given: Partial<Finding> = {}) =>
  snapshotInWords(aFinding({ evidence, ...given }));
const kept = (reason: string, evidence: Record<string, unknown>, given: Partial<Finding> = {}) =>
  said(evidence, { verdict: 'KEEP', reasons: [reason], ...given })[0];

describe('tags', () => {
  const until = (over: Record<string, unknown>) => ({
    key: 'orgsweep:keep-until',
    value: '2026-11-20',
    meant: 'orgsweep:keep-until',
    exact: true,
    until: '2026-11-20',
    over: false,
    ...over,
  });
  const other = { value: '', exact: false };

  it.each<[object, string]>([
    [
      { ...other, key: 'orgsweep:protect', meant: 'orgsweep:protect', exact: true },
      'its tag orgsweep:protect protects it',
    ],
    [
      { ...other, key: 'Orgsweep-Protect ', meant: 'orgsweep:protect' },
      'its tag "Orgsweep-Protect␣", read as orgsweep:protect, protects it',
    ],
    [
      { ...other, key: 'retain', meant: 'Retain' },
      'its tag "retain", read as "Retain", protects it',
    ],
    [
      { ...other, key: 'Retain', meant: 'Retain', exact: true },
      'its tag "Retain" protects it (protectTags)',
    ],
    [until({}), 'its tag orgsweep:keep-until protects it until 2026-11-20 is over everywhere'],
    [
      until({ value: '20.11.2026', until: null }),
      'its tag orgsweep:keep-until protects it for good, as nobody can read "20.11.2026" as a date (write YYYY-MM-DD, such as 2026-12-31)',
    ],
    [
      until({ key: 'orgsweep:keepuntil', exact: false }),
      'its tag "orgsweep:keepuntil", read as orgsweep:keep-until, protects it until 2026-11-20 is over everywhere',
    ],
  ])('%j', (tag, phrase) =>
    expect(kept('PROTECTED_BY_TAG', { protection: [tag, until({ over: true })] })).toBe(
      `It is kept: ${phrase}.`,
    ),
  );

  it('say who needs it', () => {
    const sign = { tag: '_GX_BACKUP_', setBy: 'Commvault', reason: 'MANAGED_BY_BACKUP_PRODUCT' };
    expect(kept(sign.reason, { tagsOfNeed: [sign] })).toBe(
      'It is kept: it belongs to Commvault, by its tag "_GX_BACKUP_".',
    );
    expect(kept(sign.reason, {})).toBe('It is kept: a product for backups manages it.');
    const unknown = { tag: 'aws:new:x', setBy: null, reason: 'UNKNOWN_AWS_TAG' };
    expect(kept(unknown.reason, { tagsOfNeed: [sign, unknown] })).toBe(
      'It is kept: AWS put on it what orgsweep doesn\'t know: the tag "aws:new:x".',
    );
  });

  it('say that it was kept until a day, and where it comes from', () => {
    const sentences = said({
      ...VOLUME,
      protection: [until({ over: true })],
      tagsThatSayNothing: [{ tag: 'aws:cloudformation:stack-id', setBy: 'CloudFormation' }],
    });
    expect(sentences).toContain(
      'It was protected by its tag orgsweep:keep-until until 2026-11-20, a day that is over now.',
    );
    expect(sentences).toContain(
      'Of these tags none says that anybody needs it: "aws:cloudformation:stack-id" (CloudFormation).',
    );
  });
});

describe('the first sentence says the verdict and why', () => {
  it('stale: which volume, and what has become of it', () => {
    expect(said(VOLUME)[0]).toBe('It is unused: its volume vol-0ab no longer exists.');
    const reasons = ['VOLUME_NOT_ATTACHED'];
    const evidence = { ...VOLUME, volumeState: 'available' };
    expect(said(evidence, { reasons })[0]).toBe(
      'It is unused: its volume vol-0ab exists, and is attached to nothing.',
    );
    expect(said({ ...evidence, attachments: [ON_TERMINATED] }, { reasons })[0]).toBe(
      'It is unused: its volume vol-0ab exists, attached only to i-1 (terminated).',
    );
  });

  it.each([
    ['CreateImage', 'CreateImage made it for'],
    ['CopyImage', 'it was copied for'],
  ])('left behind: of which AMI, and what says so (%s)', (by, made) =>
    expect(
      said({ ...VOLUME, originAmi: { amiId: 'ami-0a1b', by } }, { reasons: ['AMI_GONE'] })[0],
    ).toBe(
      `It is unused: ${made} ami-0a1b, as its description says, and that is neither among the AMIs nor in the Recycle Bin.`,
    ),
  );

  it('unknown: which listing did not come to its end', () => {
    const unknown = { verdict: 'UNKNOWN' as const, reasons: ['REFERENCES_INCOMPLETE'] };
    expect(said({ ...VOLUME, incompleteReferences: ['volumes', 'amis'] }, unknown)).toEqual([
      "Whether it is unused is not known: what could refer to it wasn't listed to the end (volumes, amis).",
      "Its volume is vol-0ab; whether that still exists isn't known.",
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['USED_BY_AMI', { usedBy: { amis: ['ami-1'] } }, 'an AMI uses it (ami-1)'],
    ['USED_BY_AMI', { usedBy: { amis: ['ami-1', 'ami-2'] } }, '2 AMIs use it (ami-1, ami-2)'],
    [
      'USED_BY_AMI',
      { usedBy: { amis: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] } },
      '7 AMIs use it (a, b, c, d, e and 2 more)',
    ],
    [
      'USED_BY_ECS',
      { usedBy: { 'ecs-services': ['arn:aws:ecs:eu-west-1:1:service/batch/web'] } },
      'an ECS service uses it (batch/web)',
    ],
    [
      'USED_BY_LAUNCH_CONFIGURATION',
      { usedBy: { 'launch-configurations': ['x)\u202e. It is stale'] } },
      'a launch configuration uses it ("x) . It is stale")',
    ],
    [
      'LOCKED',
      { usedBy: { 'snapshot-locks': ['compliance until 2125-01-07T10:56:06.287Z'] } },
      'it is locked (compliance until 7 January 2125)',
    ],
    [
      'FAST_RESTORE_ENABLED',
      { usedBy: { 'fast-restores': ['eu-west-1a (enabled)'] } },
      'fast snapshot restore is on in eu-west-1a (enabled)',
    ],
    ['SHARED', { usedBy: { 'public-sharing': ['all'] } }, 'it is shared with everybody'],
    ['SHARED', { sharedWith: [OTHER_ACCOUNT] }, `it is shared with ${OTHER_ACCOUNT}`],
    ['HAS_PRODUCT_CODE', { productCodes: ['abc'] }, 'it has a product code (abc)'],
    ['NOT_COMPLETED', { state: 'error' }, 'its state is error, not completed'],
    [
      'VOLUME_IN_RECYCLE_BIN',
      VOLUME,
      'its volume vol-0ab is in the Recycle Bin and can be restored',
    ],
    [
      'COPY_ORIGIN_UNKNOWN',
      { volumeId: 'vol-ffffffff' },
      'it is a copy, whose volume id (vol-ffffffff) says nothing',
    ],
    ['TOO_YOUNG', {}, 'at 100 days it is younger than the policy asks for'],
    ['FROM_THE_FUTURE', {}, 'FROM_THE_FUTURE'],
  ])('kept for %s: %j', (reason, evidence, words) =>
    expect(kept(reason, evidence)).toBe(`It is kept: ${words}.`),
  );

  it('names the protecting tag where it is the one that always protects', () => {
    expect(kept('PROTECTED_BY_TAG', {}, { tags: { 'orgsweep:protect': '' } })).toContain(
      'its tag orgsweep:protect protects it',
    );
    expect(kept('PROTECTED_BY_TAG', {}, { tags: { Retain: '' } })).toContain('a tag protects it');
  });
});

describe('the other sentences tell', () => {
  const rest = (evidence: Record<string, unknown>, given: Partial<Finding> = {}) =>
    said({ ...VOLUME, ...evidence }, given).slice(1);

  it.each([
    [{ size: 1, newest: true }, 'It is the only completed snapshot left of that volume.'],
    [
      { size: 1, newest: false },
      'Besides it, one completed, unmarked snapshot of that volume is left.',
    ],
    [{ size: 14, newest: true }, 'It is the newest of 14 completed snapshots of that volume.'],
    [
      { size: 14, newest: false },
      'It is one of 14 completed snapshots of that volume, and not the newest.',
    ],
    [
      { size: 2, newest: false, uncounted: 'LEFTOVER' },
      'CreateImage made it for an AMI: no other snapshot of that volume counts on it.',
    ],
  ])('how many copies there are: %j', (lineage, sentence) =>
    expect(rest({ lineage: { id: 'vol-0ab', ...lineage } })).toEqual([sentence]),
  );

  it.each([
    [{}, 'Its volume vol-0ab no longer exists.'],
    [{ volumeState: undefined }, 'Its volume is vol-0ab.'],
    [{ volumeState: 'available' }, 'Its volume vol-0ab is available, attached to nothing.'],
    [
      { volumeState: 'in-use', attachments: [{ ...ON_TERMINATED, instanceState: 'running' }] },
      'Its volume vol-0ab is attached to i-1 (running).',
    ],
  ])('of a kept snapshot what became of its volume: %j', (evidence, sentence) =>
    expect(rest(evidence, { verdict: 'KEEP', reasons: ['LOCKED'] })).toEqual([sentence]),
  );

  it('who uses it in other accounts', () => {
    const use = { accountId: OTHER_ACCOUNT, source: 'amis', by: 'ami-1' };
    expect(rest({ usedByOtherAccounts: [use] })).toEqual([
      `Another account uses it: ${OTHER_ACCOUNT} with its AMI ami-1.`,
    ]);
    expect(rest({ usedByOtherAccounts: [use, { ...use, accountId: ACCOUNT }] })[0]).toMatch(
      /^Other accounts use it: /,
    );
  });

  it('what was not looked at, and what could not be listed', () => {
    expect(
      rest(
        { notLookedAt: ['ecs-services'], incompleteReferences: ['amis'] },
        { reasons: ['VOLUME_MISSING', 'LOCKED'], verdict: 'KEEP' },
      ),
    ).toEqual([
      "Couldn't be listed to the end: amis.",
      'Not checked, as the policy says: ecs-services.',
    ]);
  });

  it('what was not seen elsewhere is nothing that the policy says', () => {
    const notSeenElsewhere = [{ source: 'images', places: null, at: [] }];
    expect(rest({ notLookedAt: ['images'], notSeenElsewhere })).toEqual([]);
  });

  it('whether anybody checked whom it is shared with', () => {
    expect(rest({ lookedCloser: false, sharedWith: null })).toEqual([
      'Sharing not checked yet. It is checked only for snapshots that could be deleted.',
    ]);
    expect(rest({ lookedCloser: true, sharedWith: [] })).toEqual(['It is shared with nobody.']);
    expect(rest({ lookedCloser: true, sharedWith: null })).toEqual([]);
  });

  it('what it is, with what its maker wrote between marks that he cannot write', () => {
    expect(
      rest({
        encrypted: true,
        storageTier: 'archive',
        transferType: 'time-based',
        fullSizeGiB: 36.866,
        description: 'a"\u202e\n"b',
      }),
    ).toEqual([
      'Encrypted; in the archive tier; a time-based copy; full size 36.9 GiB; description "a\' \'b".',
    ]);
    expect(rest({ encrypted: false, storageTier: 'standard', description: '' })).toEqual([
      'Not encrypted.',
    ]);
  });

  it('until when it is billed, and what is charged besides', () => {
    const extraCharges = [
      { charge: 'fast-restore', units: 2, monthlyCostUsdUpTo: 1080 },
      { charge: 'other', units: 1, monthlyCostUsdUpTo: null },
    ];
    const billing = { tier: 'archive', sharesWith: null, minimumUntil: '2026-12-24T06:00:00.000Z' };
    expect(rest({ billing: { ...billing, extraCharges } })).toEqual([
      'It is billed until 24 December 2026, even if it is deleted before.',
      'Charged besides: fast-restore (2), at most $1,080 a month; other (1), at a price not known here.',
    ]);
  });

  it('references of a source that is not known', () => {
    expect(rest({ usedBy: { 'new-source': ['x-1'] } })).toEqual([
      'Something refers to it (new-source): x-1.',
    ]);
  });
});

it('says nothing of what an older finding does not tell', () => {
  expect(said({})).toEqual(['It is unused: its volume no longer exists.']);
});

it('tells the tags, ten of them, each value cut', () => {
  expect(tagsInWords({ Name: 'orders', empty: '' })).toBe(
    'Tags: Name "orders", empty without a value.',
  );
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, 'v'.repeat(99)]));
  expect(tagsInWords(many)).toMatch(/ and 2 more\.$/);
  expect(tagsInWords(many)).not.toContain('v'.repeat(81));
  expect(tagsInWords({})).toBe('It has no tags.');
});

it('tells of a kind that is not known field by field, and of what is empty nothing', () => {
  const evidence = { sizeOfIt: 3, isOld: true, inner: { a: null, b: ['x', 'y'] }, none: [] };
  expect(inWordsOf(KINDS)(aFinding({ kind: 'other', evidence }))).toEqual([
    'It is unused: VOLUME_MISSING.',
    'Size of it: 3.',
    'Is old: yes.',
    'Inner: b x; y.',
  ]);
});

it('makes of any evidence sentences without control or format characters', () => {
  const keys = ['volumeId', 'description', 'usedBy', 'attachments', 'lineage', 'sharedWith', 'x'];
  const evidence = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
  const kind = fc.constantFrom('ebs-snapshot', 'other');
  const tell = inWordsOf(KINDS);
  fc.assert(
    fc.property(evidence, kind, fc.string({ unit: anyCharacter }), (seen, name, text) => {
      const finding = aFinding({ kind: name, evidence: { ...seen, description: text } });
      const sentences = tell(finding);
      expect(sentences[0]).toMatch(/^It is unused: /);
      for (const sentence of sentences) {
        expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(sentence.endsWith('.')).toBe(true);
      }
    }),
  );
});
