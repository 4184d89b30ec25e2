import { discover, recheck } from '../../../kinds/ebs-snapshot/aws.ts';
import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';
import { ec2Error } from '../../support/aws/fake-aws.ts';
import { filtersOf, lookAt, page, snapshotXml } from '../../support/aws/fake-ec2.ts';
import { daysAgo, NOW } from '../../support/organizations/snapshots.ts';

type Answers = Parameters<typeof lookAt>[0];

const ID = 'snap-0123456789abcdef0';
const DAY_MS = 86_400_000;

function changed(status: string, startedAt?: string, restoredUntil?: string): Answers {
  const item =
    `<item><snapshotId>${ID}</snapshotId>` +
    `<lastTieringOperationStatus>${status}</lastTieringOperationStatus>` +
    (startedAt ? `<lastTieringStartTime>${startedAt}</lastTieringStartTime>` : '') +
    (restoredUntil ? `<restoreExpiryTime>${restoredUntil}</restoreExpiryTime>` : '') +
    '</item>';
  return { DescribeSnapshotTierStatus: () => page('snapshotTierStatusSet', [item]) };
}

async function seen(look: typeof discover, answers: Answers) {
  const fake = lookAt({
    DescribeSnapshots: () => page('snapshotSet', [snapshotXml(ID)]),
    ...answers,
  });
  const [facts] = [...(await look(fake.look)).resources];
  const verdict = facts && ebsSnapshot.assess(facts, fake.look.policy, fake.look.now);
  const asked = fake.sent.filter(({ operation }) => operation === 'DescribeSnapshotTierStatus');
  return { verdict, asked: asked.map(filtersOf) };
}
const again: typeof discover = async (look) => recheck(look, [ID]);

const SIGNS_OF_USE = [
  'archival-in-progress',
  'permanent-restore-in-progress',
  'temporary-restore-in-progress',
  'permanent-restore-completed',
  'temporary-restore-completed',
];

describe.each([
  ['at first', discover],
  ['just before the removal', again],
])('a snapshot that moves into or out of the archive tier is kept: %s', (_when, look) => {
  it.each([
    ['archival-in-progress', daysAgo(0), 'MOVING_TO_ARCHIVE'],
    ['archival-in-progress', undefined, 'MOVING_TO_ARCHIVE'],
    ['temporary-restore-in-progress', daysAgo(3), 'RESTORED_FROM_ARCHIVE'],
    ['permanent-restore-in-progress', daysAgo(400), 'RESTORED_FROM_ARCHIVE'],
    ['temporary-restore-completed', daysAgo(400), 'RESTORED_FROM_ARCHIVE'],
    ['permanent-restore-completed', daysAgo(3), 'RESTORED_FROM_ARCHIVE'],
    ['permanent-restore-completed', undefined, 'RESTORED_FROM_ARCHIVE'],
  ])('%s since %s', async (status, startedAt, reason) => {
    const { verdict } = await seen(look, changed(status, startedAt));
    expect(verdict).toEqual({ verdict: 'KEEP', reasons: [reason] });
  });

  it('for as long as it is restored, and as long as any snapshot after that', async () => {
    const past = new Date(NOW.getTime() - DAY_MS).toISOString();
    const ahead = new Date(NOW.getTime() + DAY_MS).toISOString();
    const verdictOf = async (...given: Parameters<typeof changed>) =>
      (await seen(look, changed(...given))).verdict?.verdict;
    const STATUS = 'temporary-restore-completed';
    expect(await verdictOf(STATUS, daysAgo(400), ahead)).toBe('KEEP');
    expect(await verdictOf(STATUS, daysAgo(3), past)).toBe('KEEP');
    expect(await verdictOf(STATUS, daysAgo(400), past)).toBe('STALE');
    expect(await verdictOf('permanent-restore-completed', daysAgo(400))).toBe('STALE');
  });

  it.each(['UnauthorizedOperation', 'InternalError'])(
    'nor is one stale where EC2 does not say: %s',
    async (code) => {
      const DescribeSnapshotTierStatus = () => ec2Error(code, 'no', 403);
      const { verdict } = await seen(look, { DescribeSnapshotTierStatus });
      expect(verdict).toEqual({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] });
    },
  );
});

it('is asked of EC2 once for all that move, and by id just before a removal', async () => {
  expect((await seen(discover, {})).asked).toEqual([{ 'last-tiering-operation': SIGNS_OF_USE }]);
  expect((await seen(again, {})).asked).toEqual([
    { 'last-tiering-operation': SIGNS_OF_USE, 'snapshot-id': [ID] },
  ]);
});
