import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { recycleBin } from '../../../kinds/ebs-snapshot/recycle-bin.ts';
import { actionsOf } from '../../../kinds/grant.ts';
import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';
import { ec2Answer, ec2Error, fakeAws, rbinAnswer } from '../../support/aws/fake-aws.ts';
import type { FakeAnswer, SentRequest } from '../../support/aws/fake-aws.ts';
import { page, snapshotXml } from '../../support/aws/fake-ec2.ts';

const ENTERED = '2026-11-21T12:00:00.000Z';
const EXIT = '2026-12-05T12:00:00.000Z';

function setUp(respond: (request: SentRequest) => FakeAnswer) {
  const aws = fakeAws(respond);
  const clients = makeSpokeClients({
    accountId: '111122223333',
    region: 'eu-west-1',
    ...aws.options,
    allows: [...actionsOf(ebsSnapshot.iam.restore), 'rbin:ListRules'],
  });
  return { aws, clients };
}

function binned(...ids: string[]): string {
  const items = ids.map(
    (id) =>
      `<item><snapshotId>${id}</snapshotId><recycleBinEnterTime>${ENTERED}</recycleBinEnterTime><recycleBinExitTime>${EXIT}</recycleBinExitTime></item>`,
  );
  return page('snapshotSet', items);
}

const listing = (xml: string) => ec2Answer('ListSnapshotsInRecycleBin', xml);
const entry = { enteredAt: ENTERED, restorableUntil: EXIT };

describe('snapshots in the Recycle Bin', () => {
  it('are found by their ids, with when they entered and until when they stay', async () => {
    const { clients, aws } = setUp(() => listing(binned('snap-1')));
    await expect(recycleBin.find(clients, ['snap-1', 'snap-2'])).resolves.toEqual(
      new Map([['snap-1', entry]]),
    );
    expect(aws.sent[0]?.params).toMatchObject({
      'SnapshotId.1': 'snap-1',
      'SnapshotId.2': 'snap-2',
    });
  });

  it('are not asked for without an id: an empty list means all', async () => {
    const { clients, aws } = setUp(() => listing(binned('snap-1')));
    await expect(recycleBin.find(clients, [])).resolves.toEqual(new Map());
    expect(aws.sent).toEqual([]);
  });

  it('are looked for in the whole bin where one of them fails the list', async () => {
    const { clients, aws } = setUp(({ params }) =>
      'SnapshotId.1' in params
        ? ec2Error('InvalidSnapshot.NotFound')
        : listing(binned('snap-1', 'snap-of-others')),
    );
    const found = await recycleBin.find(clients, ['snap-1', 'snap-2']);
    expect([...found.keys()]).toEqual(['snap-1']);
    expect(aws.sent).toHaveLength(2);
  });

  it.each(['InvalidSnapshot.NotFound', 'InvalidSnapshotID.NotFound'])(
    'are not there when the only one is not found: %s',
    async (code) => {
      const { clients } = setUp(() => ec2Error(code));
      await expect(recycleBin.find(clients, ['snap-1'])).resolves.toEqual(new Map());
    },
  );

  it.each([
    ['a denial', ec2Error('UnauthorizedOperation', 'no', 403), 'UnauthorizedOperation'],
    ['a page without its list', listing(''), 'BrokenListing'],
    [
      'an item without its times',
      listing(page('snapshotSet', ['<item><snapshotId>snap-1</snapshotId></item>'])),
      'BrokenListing',
    ],
  ])('are not said to be gone after %s', async (_what, answer, code) => {
    const { clients } = setUp(() => answer);
    const failure = await recycleBin.find(clients, ['snap-1']).catch(toAwsFailure);
    expect(failure).toMatchObject({ code, operation: 'ec2:ListSnapshotsInRecycleBin' });
  });

  it('come back by their id, and are protected by a tag that says why', async () => {
    const { clients, aws } = setUp(({ operation }) =>
      ec2Answer(operation, '<snapshotId>snap-1</snapshotId><return>true</return>'),
    );
    await recycleBin.restore(clients, 'snap-1');
    await recycleBin.protect(clients, 'snap-1', 'restored');
    expect(aws.sent.map(({ params }) => params)).toMatchObject([
      { Action: 'RestoreSnapshotFromRecycleBin', SnapshotId: 'snap-1' },
      {
        Action: 'CreateTags',
        'ResourceId.1': 'snap-1',
        'Tag.1.Key': 'orgsweep:protect',
        'Tag.1.Value': 'restored',
      },
    ]);
  });

  it('are told from those that are there, which have tags', async () => {
    const { clients } = setUp(() =>
      ec2Answer(
        'DescribeSnapshots',
        page('snapshotSet', [
          snapshotXml('snap-1', { tagSet: '<item><key>a</key><value>b</value></item>' }),
        ]),
      ),
    );
    await expect(recycleBin.findTags(clients, ['snap-1', 'snap-2'])).resolves.toEqual(
      new Map([['snap-1', { a: 'b' }]]),
    );
  });

  it('are kept by the rules for snapshots', async () => {
    const { clients, aws } = setUp(() => rbinAnswer({ Rules: [] }));
    await expect(recycleBin.rules(clients)).resolves.toEqual([]);
    expect(aws.sent[0]?.json).toMatchObject({ ResourceType: 'EBS_SNAPSHOT' });
  });
});
