import { discover, recheck } from '../../../kinds/ebs-snapshot/aws.ts';
import { ec2Error } from '../../support/aws/fake-aws.ts';
import type { SentRequest } from '../../support/aws/fake-aws.ts';
import { filtersOf, lookAt, page, snapshotXml } from '../../support/aws/fake-ec2.ts';

type Answers = Parameters<typeof lookAt>[0];

const archivedXml = (id: string) => snapshotXml(id, { storageTier: 'archive' });
const timeXml = (id: string, at: string) =>
  `<item><snapshotId>${id}</snapshotId><archivalCompleteTime>${at}</archivalCompleteTime></item>`;
const tierPage = (items: readonly string[], next?: string) =>
  page('snapshotTierStatusSet', items, next);

/** Not about those that move between tiers, which is asked of EC2 for other reasons. */
const isAboutTimes = (request: SentRequest) =>
  request.operation === 'DescribeSnapshotTierStatus' &&
  !('last-tiering-operation' in filtersOf(request));

async function discovered(listed: readonly string[], DescribeSnapshotTierStatus?: Answers[string]) {
  const { look, sent } = lookAt({
    DescribeSnapshots: () => page('snapshotSet', listed),
    ...(DescribeSnapshotTierStatus && {
      DescribeSnapshotTierStatus: (request) =>
        isAboutTimes(request) ? DescribeSnapshotTierStatus(request) : tierPage([]),
    }),
  });
  const { resources, incomplete } = await discover(look);
  const asked = sent.filter(isAboutTimes);
  const archivedAt = Object.fromEntries(
    [...resources].map((facts) => [facts.snapshotId, facts.archivedAt]),
  );
  return { archivedAt, incomplete, asked };
}

describe('when archived snapshots came into the archive', () => {
  it('is asked of EC2 for those alone, and read to the last page', async () => {
    const pages: Record<string, string> = {
      '': tierPage([timeXml('snap-1', '2026-10-01T00:00:00.000Z')], 'more'),
      more: tierPage([timeXml('snap-3', '2026-09-01T00:00:00.000Z')]),
    };
    const { archivedAt, asked } = await discovered(
      [archivedXml('snap-1'), snapshotXml('snap-2'), archivedXml('snap-3')],
      ({ params }) => pages[params['NextToken'] ?? ''] ?? '',
    );
    expect(asked.map(filtersOf)).toEqual(Array(2).fill({ 'snapshot-id': ['snap-1', 'snap-3'] }));
    expect(archivedAt).toEqual({
      'snap-1': '2026-10-01T00:00:00.000Z',
      'snap-2': null,
      'snap-3': '2026-09-01T00:00:00.000Z',
    });
  });

  it('is asked for 200 snapshots at a time', async () => {
    const many = Array.from({ length: 201 }, (_, index) => archivedXml(`snap-${index}`));
    const { asked } = await discovered(many);
    expect(asked.map((one) => filtersOf(one)['snapshot-id']?.length)).toEqual([200, 1]);
  });

  it('is asked of nobody where no snapshot is archived', async () => {
    const { asked } = await discovered([snapshotXml('snap-1')]);
    expect(asked).toEqual([]);
  });

  it.each<[string, Answers[string]]>([
    ['denied', () => ec2Error('UnauthorizedOperation', 'no', 403)],
    ['throttled to the end', () => ec2Error('RequestLimitExceeded', 'slow', 503)],
    ['not answered by AWS', () => '<html/>'],
    ['broken off', () => new Error('socket hang up')],
  ])('is not known where that is %s; nothing is incomplete for it', async (_how, answer) => {
    const { archivedAt, incomplete, asked } = await discovered([archivedXml('snap-1')], answer);
    expect(asked.length).toBeGreaterThan(0);
    expect(archivedAt).toEqual({ 'snap-1': null });
    expect(incomplete).toEqual([]);
  });

  it('stays known where a later page fails', async () => {
    const { archivedAt } = await discovered(
      [archivedXml('snap-1'), archivedXml('snap-2')],
      ({ params }) =>
        params['NextToken'] === undefined
          ? tierPage([timeXml('snap-1', '2026-10-01T00:00:00.000Z')], 'more')
          : ec2Error('UnauthorizedOperation', 'no', 403),
    );
    expect(archivedAt).toEqual({ 'snap-1': '2026-10-01T00:00:00.000Z', 'snap-2': null });
  });

  it('is of no use just before a removal, and not asked again', async () => {
    const { look, sent } = lookAt({
      DescribeSnapshots: () => page('snapshotSet', [archivedXml('snap-1')]),
    });
    await recheck(look, ['snap-1']);
    expect(sent.filter(isAboutTimes)).toEqual([]);
  });
});
