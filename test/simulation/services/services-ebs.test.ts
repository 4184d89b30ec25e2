import {
  GetSnapshotBlockCommand,
  ListChangedBlocksCommand,
  ListSnapshotBlocksCommand,
} from '@aws-sdk/client-ebs';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import type { Served } from '../../support/organizations/served-organization.ts';
import { SPOKE, tinyId, tinySnapshot } from '../../support/organizations/tiny-organization.ts';

const BLOCK = 512 * 1024;
const ofVolume = (number: number, month: number, different: Partial<SimSnapshot> = {}) =>
  tinySnapshot(number, {
    volumeId: tinyId('vol', 1),
    startTime: new Date(`2025-${String(month).padStart(2, '0')}-02T03:04:05Z`),
    ...different,
  });
const [OLD, MIDDLE, NEW, OTHER, ARCHIVED, PENDING] = [1, 2, 3, 4, 5, 6].map((n) =>
  tinyId('snap', n),
) as [string, string, string, string, string, string];
const SNAPSHOTS = [
  ofVolume(1, 1),
  ofVolume(2, 4, { fullSizeBytes: 2_000_000_000 }),
  ofVolume(3, 8, { fullSizeBytes: 1_500_000_000 }),
  tinySnapshot(4),
  ofVolume(5, 9, { storageTier: 'archive' }),
  ofVolume(6, 10, { state: 'pending' }),
];

let served: Served;
beforeEach(async () => {
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: { snapshots: SNAPSHOTS } } });
});
afterEach(async () => served.close());

const ebs = async (role: Parameters<Served['assume']>[0] = 'orgsweep-discovery') =>
  served.ebs(await served.assume(role));

/** All pages: how many blocks each had, and for each block whether a snapshot has it. */
async function list(ids: { first?: string; second: string }, maxResults = 1000) {
  const client = await ebs();
  const blocks = new Map<number, { inFirst: boolean; inSecond: boolean }>();
  const pages: number[] = [];
  let last = -1;
  let NextToken: string | undefined;
  do {
    const paging = { MaxResults: maxResults, ...(NextToken && { NextToken }) };
    const page =
      ids.first === undefined
        ? await client.send(new ListSnapshotBlocksCommand({ SnapshotId: ids.second, ...paging }))
        : await client.send(
            new ListChangedBlocksCommand({
              FirstSnapshotId: ids.first,
              SecondSnapshotId: ids.second,
              ...paging,
            }),
          );
    expect([page.BlockSize, page.VolumeSize]).toEqual([BLOCK, 8]);
    const found =
      'Blocks' in page ? page.Blocks : 'ChangedBlocks' in page ? page.ChangedBlocks : undefined;
    pages.push(found!.length);
    for (const block of found!) {
      expect(block.BlockIndex).toBeGreaterThan(last);
      last = block.BlockIndex!;
      blocks.set(last, {
        inFirst: 'FirstBlockToken' in block && block.FirstBlockToken !== undefined,
        inSecond:
          'BlockToken' in block ||
          ('SecondBlockToken' in block && block.SecondBlockToken !== undefined),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { blocks, pages };
}

test('a snapshot has as many blocks as its full size says, ascending, in pages', async () => {
  const { blocks, pages } = await list({ second: OLD });
  expect(blocks.size).toBe(Math.ceil(1_234_567_890 / BLOCK));
  expect(pages.length).toBeGreaterThan(2);
  expect(Math.max(...pages)).toBe(1000);
  // The same again, whoever asks and in whichever pages.
  expect([...(await list({ second: OLD }, 10_000)).blocks.keys()]).toEqual([...blocks.keys()]);
});

test('pages are short now and then, or empty with a token', async () => {
  const inside: number[] = [];
  for (const second of [OLD, MIDDLE, NEW]) {
    inside.push(...(await list({ second }, 100)).pages.slice(0, -1));
    served.clock.advance(1_000);
  }
  expect(inside).toContain(0);
  expect(inside).toContain(50);
  expect(inside).toContain(100);
});

test('what differs between two snapshots adds up to the blocks of both', async () => {
  const [old, middle] = [await list({ second: OLD }), await list({ second: MIDDLE })];
  const { blocks: changed } = await list({ first: OLD, second: MIDDLE });
  expect(changed.size).toBeGreaterThan(100);
  expect(changed.size).toBeLessThan(middle.blocks.size);
  for (let index = 0; index < 16_384; index += 1) {
    const [before, after] = [old.blocks.has(index), middle.blocks.has(index)];
    const change = changed.get(index);
    if (before !== after) expect(change).toEqual({ inFirst: before, inSecond: after });
    if (change !== undefined) expect(change).toEqual({ inFirst: before, inSecond: after });
  }
});

test('what did not change in either step did not change over both, also once the one between is gone', async () => {
  const steps = [
    await list({ first: OLD, second: MIDDLE }),
    await list({ first: MIDDLE, second: NEW }),
  ];
  const over = await list({ first: OLD, second: NEW });
  for (const index of over.blocks.keys()) {
    expect(steps.some(({ blocks }) => blocks.has(index))).toBe(true);
  }
  served.organization.estate(SPOKE, 'eu-west-1').deleteSnapshot(MIDDLE);
  expect([...(await list({ first: OLD, second: NEW })).blocks.keys()]).toEqual([
    ...over.blocks.keys(),
  ]);
});

test.each([
  ['a snapshot that is gone', { second: tinyId('snap', 99) }, 'ResourceNotFoundException'],
  ['an archived one', { second: ARCHIVED }, 'ValidationException'],
  ['one that is not completed', { second: PENDING }, 'ValidationException'],
  ['two of different volumes', { first: OTHER, second: NEW }, 'ValidationException'],
  ['two in the wrong order', { first: NEW, second: OLD }, 'ValidationException'],
])('%s is refused', async (_, ids: { first?: string; second: string }, code) => {
  expect(await refusalOf(list(ids))).toMatchObject({ code });
});

test.each([99, 10_001])('pages of %i blocks are refused', async (maxResults) => {
  const refusal = await refusalOf(list({ second: OLD }, maxResults));
  expect(refusal).toMatchObject({ code: 'ValidationException', status: 400 });
});

test('a token is good for its own listing only', async () => {
  const client = await ebs();
  const page = await client.send(
    new ListSnapshotBlocksCommand({ SnapshotId: OLD, MaxResults: 100 }),
  );
  const asking = new ListSnapshotBlocksCommand({ SnapshotId: NEW, NextToken: page.NextToken });
  expect(await refusalOf(client.send(asking))).toMatchObject({ code: 'ValidationException' });
});

test('only the discovery role may list, and nobody gets to what is in a block', async () => {
  const asking = { SnapshotId: OLD };
  for (const role of ['orgsweep-deletion', 'orgsweep-restore'] as const) {
    const refusal = await refusalOf((await ebs(role)).send(new ListSnapshotBlocksCommand(asking)));
    expect(refusal).toMatchObject({ code: 'AccessDeniedException', status: 403 });
    expect(refusal.message).toContain(
      `ebs:ListSnapshotBlocks on resource: arn:aws:ec2:eu-west-1::snapshot/${OLD}`,
    );
  }
  const data = new GetSnapshotBlockCommand({ ...asking, BlockIndex: 0, BlockToken: 'x' });
  expect((await refusalOf((await ebs()).send(data))).code).toBe('UnknownOperationException');
});

test('an account gets 50 requests at once, and 50 a second', async () => {
  const client = await ebs();
  const ask = async () =>
    client.send(new ListSnapshotBlocksCommand({ SnapshotId: OLD, MaxResults: 100 }));
  for (let i = 0; i < 50; i += 1) await ask();
  expect(await refusalOf(ask())).toMatchObject({ code: 'RequestThrottledException', status: 400 });
  served.clock.advance(20);
  await ask();
});
