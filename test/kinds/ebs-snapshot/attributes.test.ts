import { discover } from '../../../kinds/ebs-snapshot/aws.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';
import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';
import { isRemovable, type Look } from '../../../kinds/kind.ts';
import { askAbout } from '../../../kinds/ask.ts';
import { recheckAndAsk } from '../../../kinds/recheck.ts';
import { ec2Error } from '../../support/aws/fake-aws.ts';
import { lookAt, page, snapshotXml } from '../../support/aws/fake-ec2.ts';
import { aPolicy, aSnapshot } from '../../support/organizations/snapshots.ts';

type Answers = Parameters<typeof lookAt>[0];

const ONE: Answers = { DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-1')]) };
type Request = { params: Readonly<Record<string, string>> };
const isAbout = (attribute: string, { params }: Request) => params['Attribute'] === attribute;
const permissions = (items: string) => (request: Request) =>
  request.params['Attribute'] === 'productCodes'
    ? '<productCodes/>'
    : `<createVolumePermission>${items}</createVolumePermission>`;

async function rechecked(answers: Answers, over: Parameters<typeof lookAt>[1] = {}) {
  const { look, operations, sent } = lookAt({ ...ONE, ...answers }, over);
  if (!isRemovable(ebsSnapshot)) throw new Error('nothing is removed');
  const { resources, incomplete } = await recheckAndAsk(ebsSnapshot, look, ['snap-1']);
  return { ...resources[0]?.verdict, incomplete, operations, sent };
}

async function lookCloser(look: Look, snapshot: EbsSnapshot) {
  const of = { resources: [snapshot], known: [] };
  const { asked, failures } = await askAbout(ebsSnapshot, look, ebsSnapshot.questions, of);
  const [{ facts } = { facts: null }] = asked.values();
  return { facts: facts as EbsSnapshot, incomplete: failures };
}

describe('looking closer', () => {
  it.each([
    ['an account', '<item><userId>444455556666</userId></item>', '444455556666'],
    ['everybody', '<item><group>all</group></item>', 'all'],
    ['somebody in a form that is not known', '<item><x>y</x></item>', 'unknown'],
  ])('what is shared with %s is kept', async (_, items, sharedWith) => {
    const { look } = lookAt({ DescribeSnapshotAttribute: permissions(items) });
    const { facts } = await lookCloser(look, aSnapshot());
    expect(facts.attributes).toEqual({ sharedWith: [sharedWith], productCodes: [] });
    const verdict = ebsSnapshot.assess(facts, look.policy, look.now);
    expect(verdict).toEqual({ verdict: 'KEEP', reasons: ['SHARED'] });
  });

  it('what has a product code is kept', async () => {
    const { verdict, reasons } = await rechecked({
      DescribeSnapshotAttribute: ({ params }) =>
        params['Attribute'] === 'productCodes'
          ? '<productCodes><item><productCode>abc</productCode></item></productCodes>'
          : '<createVolumePermission/>',
    });
    expect({ verdict, reasons }).toEqual({ verdict: 'KEEP', reasons: ['HAS_PRODUCT_CODE'] });
  });

  it('costs no call in a discovery; a batch that is looked at again has it done', async () => {
    const { look, operations } = lookAt(ONE);
    const [facts] = [...(await discover(look)).resources];
    expect(operations()).not.toContain('DescribeSnapshotAttribute');
    expect(ebsSnapshot.describe(facts, look).evidence.lookedCloser).toBe(false);
    const { sent, verdict } = await rechecked({});
    expect(verdict).toBe('STALE');
    const asked = sent.filter(({ operation }) => operation === 'DescribeSnapshotAttribute');
    expect(asked.map(({ params }) => params['Attribute'])).toEqual([
      'createVolumePermission',
      'productCodes',
    ]);
  });

  it('is not done for what is kept anyway', async () => {
    const { operations } = await rechecked({
      DescribeVolumes: () =>
        page('volumeSet', ['<item><volumeId>vol-1</volumeId><status>creating</status></item>']),
    });
    expect(operations()).not.toContain('DescribeSnapshotAttribute');
  });

  it.each([
    ['denied', () => ec2Error('UnauthorizedOperation', 'no', 403)],
    ['an answer without its list', () => '<snapshotId>snap-1</snapshotId>'],
    [
      'an answer without its permissions',
      (request: Request) =>
        permissions('')(request).replace(
          /<createVolumePermission>.*/,
          '<snapshotId>snap-1</snapshotId>',
        ),
    ],
    ['gone meanwhile', () => ec2Error('InvalidSnapshot.NotFound')],
  ])('%s: nothing is stale on that', async (_, answer) => {
    const { verdict, reasons } = await rechecked({ DescribeSnapshotAttribute: answer });
    expect({ verdict, reasons }).toEqual({
      verdict: 'UNKNOWN',
      reasons: ['REFERENCES_INCOMPLETE'],
    });
  });

  const id = '<snapshotId>snap-1</snapshotId>';
  it.each([
    ['without either list', () => id],
    [
      'without its permissions',
      (request: Request) => (isAbout('productCodes', request) ? `${id}<productCodes/>` : id),
    ],
    [
      'without its product codes',
      (request: Request) => (isAbout('productCodes', request) ? id : id + permissions('')(request)),
    ],
  ])(
    'an answer of AWS %s costs that snapshot alone: held, and nothing failed',
    async (_, answer) => {
      const { look } = lookAt({ DescribeSnapshotAttribute: answer });
      const { facts, incomplete } = await lookCloser(look, aSnapshot({ snapshotId: 'snap-1' }));
      expect(incomplete).toEqual([]);
      expect(facts.attributes).toBeNull();
      expect(ebsSnapshot.describe(facts, look).evidence.lookedCloser).toBe(false);
      const again = await rechecked({ DescribeSnapshotAttribute: answer });
      expect(again).toMatchObject({ verdict: 'UNKNOWN', incomplete: [] });
    },
  );

  it.each(['', '<snapshotId>snap-2</snapshotId>', '<html/>'])(
    'an answer without a list that is not about the snapshot is a failure: %j',
    async (answer) => {
      const { look } = lookAt({ DescribeSnapshotAttribute: () => answer });
      const { incomplete } = await lookCloser(look, aSnapshot({ snapshotId: 'snap-1' }));
      expect(incomplete).toHaveLength(1);
    },
  );

  it('is a source that may be switched off by name', async () => {
    const policy = aPolicy({ skipReferences: ['snapshot-attributes'] });
    const { verdict, operations } = await rechecked({}, { policy });
    expect(verdict).toBe('STALE');
    expect(operations()).not.toContain('DescribeSnapshotAttribute');
  });
});
