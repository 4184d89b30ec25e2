import type { EbsVolume, VolumeCopy } from '../../../kinds/ebs-volume/facts.ts';
import { ebsVolume } from '../../../kinds/ebs-volume/index.ts';
import { nextStep } from '../../../kinds/ebs-volume/next-step.ts';
import { snapshotsOfVolume } from '../../../kinds/ebs-volume/snapshots.ts';
import { askAbout, unansweredOf } from '../../../kinds/ask.ts';
import { filtersOf, imageXml, lookAt, page, snapshotXml } from '../../support/aws/fake-ec2.ts';
import { type Answers, DENIED } from '../../support/aws/fake-volumes.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, aVolumesCopy, dayAgo } from '../../support/organizations/volumes.ts';

const tagged = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags)
    .map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`)
    .join('');
const snapshot = (id: string, fields: Readonly<Record<string, string>> = {}) =>
  snapshotXml(id, { volumeId: 'vol-1', startTime: daysAgo(50), ...fields });
const copy = (given: Partial<VolumeCopy> = {}) =>
  aVolumesCopy({ startedAt: daysAgo(50), ...given });

/** The snapshots of vol-1 and vol-2, which nothing is known of yet. */
async function askedOf(answers: Answers, given: Partial<EbsVolume> = {}) {
  const { look, sent } = lookAt(answers);
  const resources = ['vol-1', 'vol-2'].map((volumeId) =>
    anEbsVolume({ volumeId, copies: null, ...given }),
  );
  const questions = ebsVolume.questions.filter(({ name }) => name === snapshotsOfVolume.name);
  const { asked, failures } = await askAbout(ebsVolume, look, questions, { resources, known: [] });
  const all = [...asked].map(([id, one]) => {
    const facts = one.facts as EbsVolume;
    const step = nextStep(facts, { policy: aPolicy(), now: NOW }).name;
    return [id, { copies: facts.copies, open: unansweredOf(questions, one), step }] as const;
  });
  return { of: Object.fromEntries(all), failures, sent };
}

it('asks by filter for the snapshots of all volumes in one call, and by whom an AMI has them', async () => {
  const { of, sent, failures } = await askedOf({
    DescribeSnapshots: () =>
      page('snapshotSet', [
        snapshot('snap-1'),
        snapshot('snap-2', { volumeId: 'vol-2', status: 'pending' }),
        snapshot('snap-9', { volumeId: 'vol-9' }),
        snapshot('snap-8', { ownerId: '999999999999' }),
        // In the Recycle Bin.
        snapshot('snap-7', { status: 'recoverable' }),
      ]),
  });
  expect(of).toEqual({
    'vol-1': { copies: [copy()], open: [], step: 'delete' },
    'vol-2': { copies: [copy({ snapshotId: 'snap-2', state: 'pending' })], open: [], step: 'copy' },
  });
  expect(failures).toEqual([]);
  expect(sent.map((one) => [one.operation, filtersOf(one)])).toEqual([
    ['DescribeSnapshots', { 'volume-id': ['vol-1', 'vol-2'] }],
    ['DescribeImages', { 'block-device-mapping.snapshot-id': ['snap-1', 'snap-2'] }],
  ]);
  expect(sent[0]?.params).toMatchObject({ 'Owner.1': 'self' });
});

it('a volume of which there is none is answered, without a call for AMIs', async () => {
  const { of, sent } = await askedOf({});
  expect(of).toMatchObject({ 'vol-1': { copies: [], open: [], step: 'copy' } });
  expect(sent.map(({ operation }) => operation)).toEqual(['DescribeSnapshots']);
});

const OURS = { finalCopyOf: 'vol-1', keepUntil: dayAgo(-60) };
it.each<[string, Readonly<Record<string, string>>, Partial<VolumeCopy>]>([
  [
    'our final copy, with its last day',
    {
      tagSet: tagged({ 'orgsweep:final-copy-of': 'vol-1', 'orgsweep:keep-until': dayAgo(-60) }),
    },
    OURS,
  ],
  [
    'a final copy whose last day nobody can read',
    { tagSet: tagged({ 'orgsweep:final-copy-of': 'vol-1', 'orgsweep:keep-until': 'soon' }) },
    { finalCopyOf: 'vol-1' },
  ],
  ['what is marked', { tagSet: tagged({ 'orgsweep:marked': 'true' }) }, { isMarked: true }],
  [
    'what is marked and protected, which stays',
    { tagSet: tagged({ 'orgsweep:marked': 'true', 'orgsweep:protect': '' }) },
    {},
  ],
  [
    'a snapshot of DLM',
    { tagSet: tagged({ 'aws:dlm:lifecycle-policy-id': 'p' }) },
    { isManaged: true },
  ],
  [
    'one of AWS Backup',
    { tagSet: tagged({ 'aws:backup:source-resource': 'a' }) },
    { isManaged: true },
  ],
  [
    'one of a product for backups',
    { tagSet: tagged({ 'ebs.csi.aws.com/cluster': 'true' }) },
    { isManaged: true },
  ],
  [
    "one of a tag of AWS's that nobody knows",
    { tagSet: tagged({ 'aws:x:y': '' }) },
    { isManaged: true },
  ],
  [
    "an AMI's leftover",
    { description: 'Created by CreateImage(i-1) for ami-1' },
    { isOfAmi: true },
  ],
  [
    'one of an AMI registered from it',
    { snapshotId: 'snap-ami' },
    { snapshotId: 'snap-ami', isOfAmi: true },
  ],
  ['what failed', { status: 'error' }, { state: 'error' }],
])('%s is told as that', async (_what, fields, given) => {
  const { of } = await askedOf({
    DescribeSnapshots: () => page('snapshotSet', [snapshot('snap-1', fields)]),
    DescribeImages: () => page('imagesSet', [imageXml('ami-1', ['snap-ami'])]),
  });
  expect(of['vol-1']?.copies).toEqual([copy(given)]);
});

it('one without a time is told without', async () => {
  const timeless = snapshot('snap-1').replace(/<startTime>.*<.startTime>/, '');
  const { of } = await askedOf({ DescribeSnapshots: () => page('snapshotSet', [timeless]) });
  expect(of['vol-1']).toMatchObject({ copies: [copy({ startedAt: null })], step: 'copy' });
});

it.each(['DescribeSnapshots', 'DescribeImages'])(
  'where %s is denied there is no answer: never "no copy"',
  async (operation) => {
    const { of, failures } = await askedOf({
      DescribeSnapshots: () => page('snapshotSet', [snapshot('snap-1')]),
      [operation]: () => DENIED,
    });
    const open = { copies: null, open: ['snapshots-of-volume'], step: 'copy' };
    expect(of).toEqual({ 'vol-1': open, 'vol-2': open });
    expect(failures).toMatchObject([{ source: 'snapshots-of-volume' }]);
  },
);

it('a snapshot without its owner ends it: somebody else may answer', async () => {
  const { of, failures } = await askedOf({
    DescribeSnapshots: () =>
      page('snapshotSet', [snapshot('snap-1').replace(/<ownerId>.*<.ownerId>/, '')]),
  });
  expect(of['vol-1']?.open).toEqual(['snapshots-of-volume']);
  expect(failures).toHaveLength(1);
});

it('of a volume that failed nothing is asked: no snapshot can be of it', async () => {
  const { of, sent } = await askedOf({}, { state: 'error', metrics: 'not-needed' });
  expect(of['vol-1']).toMatchObject({ copies: [], open: [] });
  expect(sent).toEqual([]);
});
