import { policyOfKind } from '../../../core/input/of-kind.ts';
import { Finding } from '../../../core/model/verdict.ts';
import { assess } from '../../../kinds/ami/assess.ts';
import type { Ami } from '../../../kinds/ami/facts.ts';
import { describeAmi } from '../../../kinds/ami/words/describe.ts';
import { amiInWords } from '../../../kinds/ami/words/in-words.ts';
import { inWordsOf } from '../../../kinds/in-words.ts';
import { KINDS, PRICES } from '../../../kinds/registry.ts';
import { anAmi } from '../../support/organizations/amis.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';

const policy = aPolicy();
const look = { region: 'us-east-1', now: NOW, policy, prices: PRICES.builtIn };

function finding(given: Partial<Ami>, evidence: Record<string, unknown> = {}): Finding {
  const facts = anAmi(given);
  const described = describeAmi(facts, look);
  return Finding.parse({
    ...{ kind: 'ami', accountId: facts.ownerId, region: 'us-east-1' },
    ...{ ...described, ...assess(facts, policyOfKind(policy, 'ami'), NOW) },
    evidence: { ...described.evidence, ...evidence },
  });
}
const told = (given: Partial<Ami>, evidence?: Record<string, unknown>) =>
  amiInWords(finding(given, evidence)).join(' ');

// T10, of https://github.com/compiler-explorer/infra/issues/2220
it('says which template version keeps an AMI, and when it last launched', () => {
  const usedBy = { 'launch-templates': ['lt-0a1b2c version 3'] };
  const text = told({ usedBy, lastLaunchedAt: '2018-05-03T10:00:00.000Z' });
  expect(text).toContain('It is kept: launch template lt-0a1b2c version 3 names it.');
  expect(text).toContain('It was last launched on 3 May 2018.');
});

it('says what was seen of one that nobody launches any more', () => {
  expect(amiInWords(finding({ lastLaunchedAt: '2026-01-02T10:00:00.000Z' }))).toEqual([
    'It is unused: no launch since 2 January 2026.',
    'It is shared with nobody.',
    'Name "reports-before-the-move"; Linux/UNIX; x86_64; hvm.',
  ]);
});

it('says how far the record of launches goes back where it has none', () => {
  expect(told({ lastLaunchedAt: null, createdAt: '2021-03-04T00:00:00.000Z' })).toContain(
    'AWS recorded no launch of it since it was made, on 4 March 2021.',
  );
  expect(told({ lastLaunchedAt: null, createdAt: '2016-03-04T00:00:00.000Z' })).toContain(
    'AWS recorded no launch of it since April 2017, when AWS began to record them.',
  );
  expect(told({ lastLaunchedAt: 'unreadable' })).toContain('in a way that nobody can read');
});

it('says of which family it is, and which are newer', () => {
  const family = { id: 'web-# (x86_64)', size: 12, newer: ['ami-9'] };
  expect(told({ family })).toContain(
    'It is one of 12 of its family "web-# (x86_64)", and newer than it is ami-9.',
  );
  expect(told({ family: { ...family, newer: [] } })).toContain(
    'It is kept: it is the newest of its family "web-# (x86_64)".',
  );
  expect(told({ family: { ...family, size: 1, newer: [] } })).toContain(
    'it is the only one left of its family',
  );
});

it.each<[Partial<Ami>, string]>([
  [{ isPublic: true }, 'it is shared with everybody'],
  [{ sharedWith: ['444455556666'] }, 'it is shared with 444455556666'],
  [
    { deregistrationProtection: 'disabled after 2026-11-22T08:00:00.000Z' },
    'it is protected from being deregistered (disabled after 22 November 2026)',
  ],
  [{ productCodes: ['4i20'] }, 'it has a product code (4i20)'],
  [{ publicSsmParameter: '/aws/x' }, 'the public parameter "/aws/x" names it'],
  [{ state: 'failed' }, 'It is unused: its state is failed.'],
  [{ state: 'disabled' }, 'It is disabled: nobody can launch it before somebody enables it.'],
  [
    { deprecatedAt: '2026-01-02T00:00:00.000Z' },
    'It is deprecated as of 2 January 2026, which keeps nobody from launching it by its id.',
  ],
  [{ sourceImageId: 'ami-1', sourceImageRegion: 'eu-west-1' }, 'Copied from ami-1 in eu-west-1.'],
  [
    { watermarks: [{ key: 'base', sourceImageId: null, sourceRegion: null }] },
    'With the watermarks base.',
  ],
  [
    { incompleteReferences: ['ssm-parameters'] },
    "what could name it wasn't listed to the end (ssm-parameters)",
  ],
  [{ allowedAmis: 'enabled' }, 'Allowed AMIs is in the state enabled there: it may hide others.'],
  [{ allowedAmis: null }, 'Whether Allowed AMIs hides others there is not known'],
  [
    { notOffered: ['codebuild-fleets', 'pcs-node-groups'] },
    'AWS does not offer these in its Region, so none names it: codebuild-fleets, pcs-node-groups.',
  ],
  [{ notLookedAt: ['spot-fleets'] }, 'Not checked, as the policy says: spot-fleets.'],
])('says of %j: %s', (given, says) => {
  expect(told(given)).toContain(says);
});

it('does not tell what was not seen elsewhere, or not answered, as what the policy skips', () => {
  const evidence = {
    notLookedAt: ['spot-fleets', 'instances', 'image-attributes'],
    unanswered: ['image-attributes'],
    notSeenElsewhere: [{ source: 'instances', places: null, at: [] }],
  };
  const text = inWordsOf(KINDS)(finding({}, evidence)).join(' ');
  expect(text).toContain('Not checked, as the policy says: spot-fleets.');
  expect(text).toContain("Whether something elsewhere refers to it (instances) isn't known");
  expect(told({}, { ...evidence, notLookedAt: ['instances'] })).not.toContain('Not looked at');
});

it('says who uses it in other accounts, with what', () => {
  const usedByOtherAccounts = [
    { accountId: '444455556666', source: 'launch-templates', by: 'lt-1 version 2' },
  ];
  expect(told({}, { usedByOtherAccounts })).toContain(
    'Another account uses it: 444455556666 with its launch template lt-1 version 2.',
  );
});

it('says what it frees once it and its snapshots may go, or that nobody told', () => {
  const snapshots = [{ snapshotId: 'snap-1', holders: ['ami-0123456789abcdef0', 'ami-2'] }];
  const billed = { 'snap-1': { storageTier: 'standard', sizeGiB: 100, volumeId: null } };
  const all = (given: Partial<Ami>) => inWordsOf(KINDS)(finding(given)).join(' ');
  expect(all({ snapshots, billed })).toContain(
    '1 snapshot (up to $5 a month) may be deleted once it and 1 other are gone.',
  );
  expect(all({ snapshots, billed: null })).toContain(
    'It is made of 1 snapshot, whose cost was not asked for or not told.',
  );
});

it('of a finding that nobody can read it says the verdict, and no more than it knows', () => {
  const bare = { ...finding({}), evidence: { usedBy: 7, familySize: 'x', snapshots: null } };
  expect(amiInWords(bare)).toEqual([
    'It is unused: it has not been launched for as long as the policy asks for.',
  ]);
});

it('what names it is told whatever its source is called', () => {
  const usedBy = { 'emr-clusters': ['j-1'], instances: ['i-1', 'i-2'] };
  const text = told({ usedBy, lastLaunchedAt: daysAgo(1) });
  expect(text).toContain('instance i-1, instance i-2 name it');
  expect(text).toContain('emr-clusters j-1 names it');
});
