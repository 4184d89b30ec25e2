import { ebsSnapshot } from '../../../../kinds/ebs-snapshot/index.ts';
import { discover, recheck } from '../../../../kinds/ebs-snapshot/aws.ts';
import type { EbsSnapshot } from '../../../../kinds/ebs-snapshot/facts.ts';
import type { Look } from '../../../../kinds/look.ts';
import { ec2Error } from '../../../support/aws/fake-aws.ts';
import {
  element,
  filtersOf,
  imageXml,
  instanceXml,
  lookAt,
  page,
  snapshotXml,
  volumeXml,
} from '../../../support/aws/fake-ec2.ts';
import { aPolicy } from '../../../support/organizations/snapshots.ts';

const ID = 'snap-1';
const VOLUME = 'vol-1';
const AMI = 'ami-0a1b2c3d4e5f60718';
const CREATED = `Created by CreateImage(i-0123) for ${AMI}`;
// When the snapshot was made that EC2 answers with: on 2024-01-01.
const COPIED = `Copied for DestinationAmi ${AMI} from SourceAmi ami-0c2d for SourceSnapshot snap-0e3f. Task created on 1,704,067,180,901.`;

type Answers = Parameters<typeof lookAt>[0];
type Over = Parameters<typeof lookAt>[1];

const snapshots = (fields: Readonly<Record<string, string>>): Answers => ({
  DescribeSnapshots: () => page('snapshotSet', [snapshotXml(ID, { volumeId: VOLUME, ...fields })]),
});
const LEFT = snapshots({ description: CREATED });
const COPY = snapshots({ description: COPIED, volumeId: 'vol-ffffffff' });
const ATTACHED: Answers = {
  DescribeVolumes: () => page('volumeSet', [volumeXml(VOLUME, ['i-1'])]),
  DescribeInstances: () => page('reservationSet', [instanceXml('i-1', 'running')]),
};
const inBin = (id: string): Answers => ({
  ListImagesInRecycleBin: () => page('imageSet', [element('item', { imageId: id })]),
});
const registered = (...images: string[]): Answers => ({
  DescribeImages: (request) => {
    const { 'image-id': ids } = filtersOf(request);
    return page(
      'imagesSet',
      ids ? images.filter((xml) => ids.some((id) => xml.includes(id))) : images,
    );
  },
});
const ofState = (state: string) => element('item', { imageId: AMI, imageState: state });
const tagged = (key: string): Answers =>
  snapshots({ description: CREATED, tagSet: element('item', { key, value: 'x' }) });

const judged = (facts: EbsSnapshot, over: Over = {}) => {
  const { look } = lookAt({}, over);
  const { verdict, reasons } = ebsSnapshot.assess(facts, look.policy, look.now);
  return [verdict, ...reasons];
};

/** What a discovery says, which a second look has to say too. */
async function verdictOf(answers: Answers, over: Over = {}) {
  const { look } = lookAt(answers, over);
  const [facts] = [...(await discover(look)).resources] as [EbsSnapshot];
  const [again] = [...(await recheck(lookAt(answers, over).look, [ID])).resources] as [EbsSnapshot];
  expect(judged(again, over)).toEqual(judged(facts, over));
  return judged(facts, over);
}

it.each([
  ['what CreateImage made, of a volume that is gone', LEFT],
  ['what CreateImage made, of a volume in use', { ...LEFT, ...ATTACHED }],
  ['what CopyImage made, whose volume id says nothing', COPY],
  [
    'where there are other AMIs, and others in the bin',
    {
      ...LEFT,
      ...registered(imageXml('ami-0c2d', ['snap-2'])),
      ...inBin('ami-0e3f'),
    },
  ],
])('an AMI left it behind: %s', async (_, answers) =>
  expect(await verdictOf(answers)).toEqual(['STALE', 'AMI_GONE']),
);

it.each([
  ['the AMI is in the Recycle Bin', { ...LEFT, ...inBin(AMI) }, 'AMI_IN_RECYCLE_BIN'],
  [
    'the copied AMI is in the Recycle Bin',
    { ...COPY, ...inBin(AMI) },
    'AMI_IN_RECYCLE_BIN COPY_ORIGIN_UNKNOWN',
  ],
  [
    'another AMI was registered from it',
    { ...LEFT, ...registered(imageXml('ami-0c2d', [ID])) },
    'USED_BY_AMI',
  ],
  [
    'another AMI was registered from a copy',
    { ...COPY, ...registered(imageXml('ami-0c2d', [ID])) },
    'USED_BY_AMI',
  ],
  ['AWS Backup made the AMI', tagged('aws:backup:source-resource'), 'MANAGED_BY_AWS_BACKUP'],
  ['DLM made the AMI', tagged('aws:dlm:lifecycle-policy-id'), 'MANAGED_BY_DLM'],
  ['a tag protects it', tagged('orgsweep:protect'), 'PROTECTED_BY_TAG'],
  [
    'its volume is in the Recycle Bin',
    {
      ...LEFT,
      ListVolumesInRecycleBin: () => page('volumeSet', [element('item', { volumeId: VOLUME })]),
    },
    'VOLUME_IN_RECYCLE_BIN',
  ],
  [
    'it is young',
    snapshots({ description: CREATED, startTime: '2026-11-20T00:00:00.000Z' }),
    'TOO_YOUNG',
  ],
  [
    'it is a copy that keeps the description',
    snapshots({ description: CREATED, volumeId: 'vol-ffffffff' }),
    'COPY_ORIGIN_UNKNOWN',
  ],
  [
    'it is a copy that keeps the description of a copy',
    snapshots({
      ...{ description: COPIED, volumeId: 'vol-ffffffff' },
      ...{ startTime: '2025-08-01T00:00:00.000Z', transferType: 'standard' },
    }),
    'COPY_ORIGIN_UNKNOWN',
  ],
  [
    'it is a copy that keeps the description of a copy, with more text',
    snapshots({ description: `${COPIED} mine`, volumeId: 'vol-ffffffff' }),
    'COPY_ORIGIN_UNKNOWN',
  ],
  [
    'somebody wrote more around the description',
    { ...snapshots({ description: `${CREATED}, mine` }), ...ATTACHED },
    'IN_USE',
  ],
])('it is kept where %s', async (_, answers, reasons) =>
  expect(await verdictOf(answers)).toEqual(['KEEP', ...reasons.split(' ')]),
);

it.each([
  ['is being made, and names no snapshot yet', 'pending'],
  ['failed', 'failed'],
  ['is disabled', 'disabled'],
  ['was deregistered a moment ago, and is listed still', 'deregistered'],
])('an AMI that %s is not gone', async (_, state) => {
  const there = registered(ofState(state));
  expect(await verdictOf({ ...LEFT, ...there })).toEqual(['STALE', 'VOLUME_MISSING']);
  expect(await verdictOf({ ...LEFT, ...there, ...ATTACHED })).toEqual(['KEEP', 'IN_USE']);
  expect(await verdictOf({ ...COPY, ...there })).toEqual(['KEEP', 'COPY_ORIGIN_UNKNOWN']);
});

describe.each(['DescribeImages', 'ListImagesInRecycleBin'])('where %s is denied', (operation) => {
  const denied = { [operation]: () => ec2Error('UnauthorizedOperation', 'no', 403) };

  it('a snapshot is unknown, and no AMI is gone', async () => {
    expect(await verdictOf({ ...LEFT, ...denied })).toEqual(['UNKNOWN', 'REFERENCES_INCOMPLETE']);
    expect(await verdictOf({ ...LEFT, ...ATTACHED, ...denied })).toEqual(['KEEP', 'IN_USE']);
    expect(await verdictOf({ ...COPY, ...denied })).toEqual(['KEEP', 'COPY_ORIGIN_UNKNOWN']);
  });
});

it.each(['amis', 'amis-in-recycle-bin'])(
  'where the policy skips %s, no AMI is gone',
  async (name) => {
    const over = { policy: aPolicy({ skipReferences: [name] }) };
    expect(await verdictOf(LEFT, over)).toEqual(['STALE', 'VOLUME_MISSING']);
    expect(await verdictOf({ ...LEFT, ...ATTACHED }, over)).toEqual(['KEEP', 'IN_USE']);
    expect(await verdictOf(COPY, over)).toEqual(['KEEP', 'COPY_ORIGIN_UNKNOWN']);
  },
);

it('the second look asks for that very AMI by filter, and for the bin before and after', async () => {
  const { look, sent } = lookAt(LEFT);
  await recheck(look, [ID]);
  const asked = sent.map((request) =>
    [request.operation, ...Object.keys(filtersOf(request))].join(' '),
  );
  const ofAmis = asked.filter((one) => /Images/.test(one));
  expect(ofAmis).toEqual([
    'ListImagesInRecycleBin',
    'DescribeImages block-device-mapping.snapshot-id',
    'DescribeImages image-id',
    'ListImagesInRecycleBin',
  ]);
});

describe.each(['restored', 'deregistered'])(
  'an AMI that is %s between the one listing and the other',
  (what) => {
    /** It moves when the first of the two that could show it has been answered. */
    const moving = (snapshots: Answers): Answers => {
      const moves = what === 'restored' ? 'DescribeImages' : 'ListImagesInRecycleBin';
      let isMoved = false;
      const answer = (operation: string, isThere: () => boolean, xml: string) => () => {
        const seen = isThere() ? [xml] : [];
        isMoved ||= operation === moves;
        return page(operation === 'DescribeImages' ? 'imagesSet' : 'imageSet', seen);
      };
      const isInBin = () => (what === 'restored') !== isMoved;
      return {
        ...snapshots,
        DescribeImages: answer('DescribeImages', () => !isInBin(), imageXml(AMI, [])),
        ListImagesInRecycleBin: answer(
          ...(['ListImagesInRecycleBin', isInBin, element('item', { imageId: AMI })] as const),
        ),
      };
    };

    it.each([
      ['by a discovery', LEFT],
      ['where there are no snapshots', {}],
    ])('is handed on to those who ask for it: %s', async (_, answers) => {
      const { counts, foreignReferences } = await ebsSnapshot.discover(
        lookAt(moving(answers)).look,
      );
      expect(new Set(foreignReferences.map(({ resourceId }) => resourceId))).toEqual(
        new Set([AMI]),
      );
      expect(counts).toMatchObject({ amis: expect.any(Number), 'amis-in-recycle-bin': 1 });
    });

    it.each([
      ['the discovery', async (look: Look) => discover(look)],
      ['the second look', async (look: Look) => recheck(look, [ID])],
    ])('is not gone: %s', async (_, seen) => {
      const [facts] = [...(await seen(lookAt(moving(LEFT)).look)).resources] as [EbsSnapshot];
      expect(facts.originAmi).toMatchObject({ amiId: AMI, isThere: true });
      expect(judged(facts)[1]).not.toBe('AMI_GONE');
    });
  },
);

it('where the bin can’t be read the first time, nothing is known of it', async () => {
  let asked = 0;
  const { look } = lookAt({
    ...LEFT,
    ListImagesInRecycleBin: () => {
      asked += 1;
      return asked === 1 ? ec2Error('UnauthorizedOperation', 'no', 403) : page('imageSet', []);
    },
  });
  const { resources, counts } = await discover(look);
  expect(judged([...resources][0]!)).toEqual(['UNKNOWN', 'REFERENCES_INCOMPLETE']);
  expect(counts['amis-in-recycle-bin']).toBeUndefined();
});

it('others may take it back, and nothing else asks them', async () => {
  const { look } = lookAt(LEFT);
  const [facts] = [...(await discover(look)).resources];
  const verdict = ebsSnapshot.assess(facts, look.policy, look.now);
  expect(ebsSnapshot.asks?.of(facts, verdict)).toEqual([
    { source: 'amis', key: AMI },
    { source: 'amis-in-recycle-bin', key: AMI },
  ]);
  const missing = { verdict: 'STALE' as const, reasons: ['VOLUME_MISSING'] };
  expect(ebsSnapshot.asks?.of(facts, missing)).toEqual([]);
});

it('each target hands on the AMIs that it has, whatever its own snapshots name, and nothing else of its own', async () => {
  const { look } = lookAt({
    ...LEFT,
    ...registered(imageXml(AMI, [ID]), imageXml('ami-0c2d', ['snap-of-others'])),
    ...inBin('ami-0e3f'),
  });
  const { foreignReferences } = await ebsSnapshot.discover(look);
  expect(
    foreignReferences.map(({ resourceId, source }) => `${resourceId} ${source}`).toSorted(),
  ).toEqual([
    `${AMI} amis`,
    'ami-0c2d amis',
    'ami-0e3f amis-in-recycle-bin',
    'snap-of-others amis',
  ]);
});

it('a target without snapshots hands on its AMIs, and counts only what it has read', async () => {
  const none = {
    ...registered(imageXml(AMI, [])),
    ListImagesInRecycleBin: () => ec2Error('UnauthorizedOperation', 'no', 403),
  };
  const { incomplete, counts, foreignReferences } = await ebsSnapshot.discover(lookAt(none).look);
  expect(incomplete).toEqual([]);
  expect(counts).toEqual({ amis: 1 });
  expect(foreignReferences).toEqual([{ resourceId: AMI, source: 'amis', by: AMI }]);
});
