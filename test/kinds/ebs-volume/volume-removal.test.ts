import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { REQUEST_TAG } from '../../../core/tags/final-copy.ts';
import { actionsOf, type Grant } from '../../../kinds/grant.ts';
import { copyVolume } from '../../../kinds/ebs-volume/removal/copy.ts';
import { fromCopy } from '../../../kinds/ebs-volume/removal/from-copy.ts';
import { REMOVE_GRANTS, RESTORE_GRANTS } from '../../../kinds/ebs-volume/removal/grants.ts';
import { findMarkedVolumes } from '../../../kinds/ebs-volume/removal/listing.ts';
import { volumeBin } from '../../../kinds/ebs-volume/removal/recycle-bin.ts';
import { volumeRemoval } from '../../../kinds/ebs-volume/removal/removal.ts';
import { ec2Answer, ec2Error, type FakeAnswer, fakeAws } from '../../support/aws/fake-aws.ts';
import type { SentRequest } from '../../support/aws/fake-aws.ts';
import { filtersOf, lookAt, page, snapshotXml } from '../../support/aws/fake-ec2.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume } from '../../support/organizations/volumes.ts';

const VOL = 'vol-0123456789abcdef0';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TOKEN = '01234567-89ab-cdef-0123-456789abcdef';

type Answers = Readonly<Record<string, (request: SentRequest) => string | FakeAnswer>>;

function setUp(grants: readonly Grant[], answers: Answers) {
  const aws = fakeAws((request) => {
    const answer = answers[request.operation]?.(request) ?? '<return>true</return>';
    return typeof answer === 'string' ? ec2Answer(request.operation, answer) : answer;
  });
  const target = { accountId: '111122223333', region: 'eu-west-1' };
  const clients = makeSpokeClients({ ...target, ...aws.options, allows: actionsOf(grants) });
  return { clients, sent: aws.sent, clock: makeManualClock(NOW) };
}

const volumeXml = (id: string, state: string, more = '') =>
  `<item><volumeId>${id}</volumeId><status>${state}</status>${more}</item>`;
const tagXml = (key: string, value: string) =>
  `<tagSet><item><key>${key}</key><value>${value}</value></item></tagSet>`;
/** Tags of a request, by their keys. */
const tagsIn = ({ params }: SentRequest) => {
  const tags: Record<string, string> = {};
  for (let at = 1; params[`TagSpecification.1.Tag.${at}.Key`] !== undefined; at += 1)
    tags[params[`TagSpecification.1.Tag.${at}.Key`] ?? ''] =
      params[`TagSpecification.1.Tag.${at}.Value`] ?? '';
  return tags;
};

describe('the final copy', () => {
  const copy = async (answers: Answers, facts = anEbsVolume({ volumeId: VOL })) => {
    const { clients, sent } = setUp(REMOVE_GRANTS, answers);
    const at = { at: NOW, begunAt: NOW };
    const done = await copyVolume(clients, { resourceId: VOL, facts, token: TOKEN, ...at });
    return { done, sent };
  };

  it('is looked for by its request, and made with all of its tags', async () => {
    const { done, sent } = await copy(
      {
        DescribeSnapshots: () => page('snapshotSet', []),
        CreateSnapshot: () => '<snapshotId>snap-made</snapshotId><status>pending</status>',
      },
      anEbsVolume({ volumeId: VOL, encrypted: true, kmsKeyId: KEY, tags: { Name: 'db' } }),
    );
    expect(done).toEqual({ made: 'snap-made' });
    const [looked, made] = sent;
    expect(sent.map(({ operation }) => operation)).toEqual(['DescribeSnapshots', 'CreateSnapshot']);
    expect(filtersOf(looked!)).toEqual({ 'volume-id': [VOL], [`tag:${REQUEST_TAG}`]: [TOKEN] });
    expect(looked!.params).toMatchObject({ 'Owner.1': 'self' });
    expect(made!.params).toMatchObject({
      VolumeId: VOL,
      'TagSpecification.1.ResourceType': 'snapshot',
    });
    const days = (Date.parse(tagsIn(made!)['orgsweep:keep-until'] ?? '') - NOW.getTime()) / 864e5;
    expect(Math.ceil(days)).toBe(90);
    expect(tagsIn(made!)).toEqual({
      'orgsweep:final-copy-of': VOL,
      'orgsweep:keep-until': expect.any(String) as string,
      'orgsweep:request': TOKEN,
      'orgsweep:volume': `eu-west-1a gp3 100 GiB 3000 IOPS 125 MiB/s ${KEY}`,
    });
    // What CreateImage says of its snapshots must not be in it.
    expect(made!.params['Description']).toMatch(/^Final copy of vol-/);
  });

  const OURS = {
    startTime: NOW.toISOString(),
    ...{ tagSet: `<item><key>orgsweep:final-copy-of</key><value>${VOL}</value></item>` },
  };

  it.each(['pending', 'completed'])('is not made again where it is there: %s', async (status) => {
    const { done, sent } = await copy({
      DescribeSnapshots: () =>
        page('snapshotSet', [snapshotXml('snap-before', { ...OURS, status })]),
    });
    expect(done).toEqual({ made: 'snap-before' });
    expect(sent).toHaveLength(1);
  });

  // The token is a digest of names that others know.
  it.each<[string, Record<string, string>]>([
    ['older than the intent to make it', { ...OURS, startTime: '2024-01-01T00:00:00.000Z' }],
    ['without its tag', { ...OURS, tagSet: '' }],
    ['of another volume', { ...OURS, tagSet: OURS.tagSet.replace(VOL, 'vol-other') }],
  ])('is not what somebody tagged with its request: %s', async (_what, fields) => {
    const { done } = await copy({
      DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-theirs', fields)]),
      CreateSnapshot: () => '<snapshotId>snap-made</snapshotId>',
    });
    expect(done).toEqual({ made: 'snap-made' });
  });

  it('is made again where the earlier one failed', async () => {
    const { done } = await copy({
      DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-bad', { status: 'error' })]),
      CreateSnapshot: () => '<snapshotId>snap-made</snapshotId>',
    });
    expect(done).toEqual({ made: 'snap-made' });
  });

  it('is not made where it cannot be told whether it is there', async () => {
    const denied = copy({ DescribeSnapshots: () => ec2Error('UnauthorizedOperation') });
    await expect(denied).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    const noList = copy({ DescribeSnapshots: () => '' });
    await expect(noList).rejects.toMatchObject({ name: 'BrokenListing' });
  });

  it('has no tag that EC2 would refuse, whatever the volume', async () => {
    const facts = anEbsVolume({ volumeId: VOL, kmsKeyId: `${KEY}${'x'.repeat(400)}` });
    const answers: Answers = {
      DescribeSnapshots: () => page('snapshotSet', []),
      CreateSnapshot: () => '<snapshotId>snap-made</snapshotId>',
    };
    const { sent } = await copy(answers, facts);
    for (const value of Object.values(tagsIn(sent[1]!))) expect(value.length).toBeLessThan(257);
  });
});

describe('refusals', () => {
  it.each([
    ['InvalidVolume.NotFound', { outcome: 'ALREADY_GONE' }],
    ['VolumeInUse', { outcome: 'PROTECTED', reason: 'IN_USE' }],
    ['IncorrectState', { outcome: 'PROTECTED' }],
    ['TagLimitExceeded', { outcome: 'PROTECTED', reason: 'TAG_LIMIT_REACHED' }],
    ['OperationNotPermitted', { outcome: 'PROTECTED' }],
    ['ConcurrentSnapshotLimitExceeded', { outcome: 'RETRY' }],
    ['PendingSnapshotLimitExceeded', { outcome: 'RETRY' }],
    ['RequestLimitExceeded', { outcome: 'RETRY' }],
    ['InternalError', { outcome: 'RETRY' }],
    ['UnauthorizedOperation', { outcome: 'DENIED' }],
    ['SnapshotLimitExceeded', { outcome: 'FAILED' }],
    ['SomethingNew', { outcome: 'FAILED' }],
  ])('%s', (code, expected) => {
    expect(volumeRemoval.classifyRefusal({ code, message: 'no' })).toEqual(expected);
  });

  it('of what a service manages, AWS says that it is managed', () => {
    const message = `${VOL} is managed by eks.amazonaws.com`;
    expect(volumeRemoval.classifyRefusal({ code: 'OperationNotPermitted', message })).toEqual({
      outcome: 'PROTECTED',
      reason: 'MANAGED_BY_AWS_SERVICE',
    });
  });
});

describe('the marker', () => {
  it('is looked for by filter, of these volumes alone', async () => {
    const { look, sent } = lookAt({
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-2', 'available')]),
    });
    expect([...(await findMarkedVolumes(look, ['vol-1', 'vol-2']))]).toEqual(['vol-2']);
    expect(filtersOf(sent[0]!)).toEqual({
      'volume-id': ['vol-1', 'vol-2'],
      'tag:orgsweep:marked': ['true'],
    });
    expect([...(await findMarkedVolumes(look, []))]).toEqual([]);
    expect(sent).toHaveLength(1);
  });
});

describe('the Recycle Bin of volumes', () => {
  const entered = '2026-11-21T12:00:00.000Z';
  const exit = '2026-11-28T12:00:00.000Z';
  const times = `<recycleBinEnterTime>${entered}</recycleBinEnterTime><recycleBinExitTime>${exit}</recycleBinExitTime>`;
  const binned = (id: string, more = times) => `<item><volumeId>${id}</volumeId>${more}</item>`;

  it('keeps them for 7 days at most', () =>
    expect(volumeBin.keeps).toEqual({ resourceType: 'EBS_VOLUME', mostDays: 7 }));

  it('is looked into by id, and as a whole where one id fails the list', async () => {
    const { clients, sent } = setUp(RESTORE_GRANTS, {
      ListVolumesInRecycleBin: ({ params }) =>
        'VolumeId.1' in params
          ? ec2Error('InvalidVolume.NotFound')
          : page('volumeSet', [binned('vol-1'), binned('vol-of-others')]),
    });
    const found = await volumeBin.find(clients, ['vol-1', 'vol-2']);
    expect(found).toEqual(new Map([['vol-1', { enteredAt: entered, restorableUntil: exit }]]));
    expect(sent).toHaveLength(2);
    expect(sent[0]!.params).not.toHaveProperty('MaxResults');
    expect(sent[1]!.params).toMatchObject({ MaxResults: '500' });
  });

  it.each([
    ['its list', ''],
    ['times', page('volumeSet', [binned('vol-1', '')])],
  ])('is not believed where an answer comes without %s', async (_, xml) => {
    const { clients } = setUp(RESTORE_GRANTS, { ListVolumesInRecycleBin: () => xml });
    const name = 'BrokenListing';
    await expect(volumeBin.find(clients, ['vol-1'])).rejects.toMatchObject({ name });
  });

  it('does not have what is there; what is being deleted is not there', async () => {
    const { clients } = setUp(RESTORE_GRANTS, {
      DescribeVolumes: () =>
        page('volumeSet', [
          volumeXml('vol-1', 'available', tagXml('Name', 'db')),
          volumeXml('vol-2', 'deleting'),
        ]),
    });
    expect(await volumeBin.findTags(clients, ['vol-1', 'vol-2'])).toEqual(
      new Map([['vol-1', { Name: 'db' }]]),
    );
  });
});

describe('a volume that is made again of its final copy', () => {
  const facts = anEbsVolume({
    volumeId: VOL,
    type: 'io2',
    iops: 9_000,
    throughputMiBps: null,
    encrypted: true,
    kmsKeyId: KEY,
    tags: { Name: 'db', 'orgsweep:marked': 'true', 'aws:cloudformation:stack-name': 'x' },
  });
  const record = fromCopy.record(facts);
  const taken = { resourceId: VOL, record, made: 'snap-1' };

  it('has all that it had, by what was written down before', async () => {
    const { clients, sent, clock } = setUp(RESTORE_GRANTS, {
      CreateVolume: () => '<volumeId>vol-new</volumeId><status>creating</status>',
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-new', 'available')]),
    });
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    expect(await fromCopy.bringBack(clients, taken, clock)).toBe('vol-new');
    expect(sent[0]!.params).toMatchObject({
      SnapshotId: 'snap-1',
      AvailabilityZone: 'eu-west-1a',
      VolumeType: 'io2',
      Size: '100',
      Iops: '9000',
      Encrypted: 'true',
      KmsKeyId: KEY,
      ClientToken: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(sent[0]!.params).not.toHaveProperty('Throughput');
    expect(tagsIn(sent[0]!)).toEqual({ Name: 'db', 'orgsweep:made-again-from': VOL });
  });

  it.each([
    ['gp3', { Iops: '3000', Throughput: '125' }],
    // DescribeVolumes shows what gp2 has by its size, and CreateVolume refuses it.
    ['gp2', {}],
    ['st1', {}],
  ])('has the figures that its type takes: %s', async (type, expected) => {
    const { clients, sent, clock } = setUp(RESTORE_GRANTS, {
      CreateVolume: () => '<volumeId>vol-new</volumeId>',
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-new', 'available')]),
    });
    const of = fromCopy.record(anEbsVolume({ volumeId: VOL, type }));
    await fromCopy.bringBack(clients, { ...taken, record: of }, clock);
    const { Iops, Throughput, Encrypted } = sent[0]!.params;
    expect({ ...(Iops && { Iops }), ...(Throughput && { Throughput }) }).toEqual(expected);
    expect(Encrypted).toBeUndefined();
  });

  it.each([
    ['fails', [volumeXml('vol-new', 'creating'), volumeXml('vol-new', 'error')]],
    ['never shows', []],
  ])('is told as not made where it %s', async (_, shown) => {
    const left = [...shown];
    const { clients, clock } = setUp(RESTORE_GRANTS, {
      CreateVolume: () => '<volumeId>vol-new</volumeId>',
      DescribeVolumes: () => page('volumeSet', [left.shift() ?? shown.at(-1) ?? '']),
    });
    await expect(fromCopy.bringBack(clients, taken, clock)).rejects.toMatchObject({
      name: 'VolumeNotMade',
      message: expect.stringContaining('vol-new') as string,
    });
  });

  it('is asked for once more by another token an hour later', async () => {
    const { clients, sent, clock } = setUp(RESTORE_GRANTS, {
      CreateVolume: () => '<volumeId>vol-new</volumeId>',
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-new', 'available')]),
    });
    await fromCopy.bringBack(clients, taken, clock);
    await fromCopy.bringBack(clients, taken, clock);
    clock.advance(3_600_000);
    await fromCopy.bringBack(clients, taken, clock);
    const tokens = sent.flatMap(({ params: { ClientToken } }) => ClientToken ?? []);
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  const findWith = async (own: readonly string[], tagged: readonly string[]) => {
    const { clients, sent } = setUp(RESTORE_GRANTS, {
      DescribeVolumes: (request) =>
        page('volumeSet', 'volume-id' in filtersOf(request) ? own : tagged),
    });
    return { id: await fromCopy.find(clients, taken), sent };
  };
  const ofCopy = (id: string, state: string, snapshot = 'snap-1') =>
    volumeXml(id, state, `<snapshotId>${snapshot}</snapshotId>`);

  it.each<[string, readonly string[], readonly string[], string | null]>([
    ['itself', [volumeXml(VOL, 'in-use')], [], VOL],
    ['as the one that was made of its copy', [], [ofCopy('vol-new', 'creating')], 'vol-new'],
    ['not as one that failed', [volumeXml(VOL, 'error')], [ofCopy('vol-new', 'error')], null],
    ['not as one that is being deleted', [volumeXml(VOL, 'deleting')], [], null],
    ['not as one that was made of something else', [], [ofCopy('vol-x', 'in-use', 'snap-9')], null],
    ['nowhere', [], [], null],
  ])('is found %s', async (_, own, tagged, expected) => {
    const { id, sent } = await findWith(own, tagged);
    expect(id).toBe(expected);
    if (sent.length > 1)
      expect(filtersOf(sent[1]!)).toEqual({ 'tag:orgsweep:made-again-from': [VOL] });
  });

  it('needs a copy that is completed, there, and not about to be removed', async () => {
    const { look } = lookAt({
      DescribeSnapshots: () =>
        page('snapshotSet', [
          snapshotXml('snap-1'),
          snapshotXml('snap-2', { status: 'pending' }),
          snapshotXml('snap-3', { status: 'error' }),
          snapshotXml('snap-4').replace('</item>', `${tagXml('orgsweep:marked', 'true')}</item>`),
        ]),
    });
    const whole = await fromCopy.findWhole(look, ['snap-1', 'snap-2', 'snap-3', 'snap-4', 'gone']);
    expect([...whole]).toEqual(['snap-1']);
  });
});

describe('a copy of a volume that is there', () => {
  const [{ undo }] = volumeRemoval.steps;
  const [asItWas] = undo;

  it('is undone by leaving the volume, and brings back none that others deleted', async () => {
    if (!('bringBack' in asItWas)) throw new Error('no way back');
    const shown = [volumeXml(VOL, 'available')];
    const { clients } = setUp(RESTORE_GRANTS, {
      DescribeVolumes: () => page('volumeSet', shown),
    });
    const taken = { resourceId: VOL, record: null, made: null };
    expect(await asItWas.find(clients, taken)).toBe(VOL);
    shown.pop();
    expect(await asItWas.find(clients, taken)).toBeNull();
    expect(asItWas.bringBack).toBeNull();
  });
});
