import { makeSpokeClients } from '../../../../aws/sessions/aws-clients.ts';
import { visitBlocks } from '../../../../kinds/ebs-snapshot/measure/blocks.ts';
import { fakeAws } from '../../../support/aws/fake-aws.ts';

interface Page {
  readonly ChangedBlocks?: readonly object[];
  readonly BlockSize?: number;
  readonly NextToken?: string;
}
const block = (index: number, isInLater = true) => ({
  BlockIndex: index,
  FirstBlockToken: 'a',
  ...(isInLater && { SecondBlockToken: 'b' }),
});
const page = (blocks: readonly object[], NextToken?: string): Page => ({
  ...{ ChangedBlocks: blocks, BlockSize: 524_288 },
  ...(NextToken !== undefined && { NextToken }),
});

/** What is visited where AWS answers with these pages, in this order. */
async function visited(pages: readonly (Page | Error)[], beforeRequest = async () => undefined) {
  let sent = 0;
  const aws = fakeAws(() => {
    const answer = pages[Math.min((sent += 1), pages.length) - 1]!;
    return answer instanceof Error ? answer : { body: JSON.stringify(answer) };
  });
  const clients = makeSpokeClients({
    ...{ accountId: '111122223333', region: 'eu-west-1', allows: 'READS' as const },
    ...aws.options,
    maxAttempts: 3,
  });
  const seen: [number, boolean][] = [];
  const compared = { earlier: 'snap-1', later: 'snap-2' };
  await visitBlocks({ ebs: clients.ebs, beforeRequest }, compared, (...one) => seen.push(one));
  return { seen, sent };
}

describe('the blocks that changed', () => {
  it('are visited to the last page, also past one that is empty', async () => {
    const { seen } = await visited([page([block(1)], 'x'), page([], 'y'), page([block(9, false)])]);
    expect(seen).toEqual([
      [1, true],
      [9, false],
    ]);
  });

  it.each<[string, readonly Page[]]>([
    ['a page came without its list', [{ BlockSize: 524_288 }]],
    ['block 3 came after block 3', [page([block(3)], 'x'), page([block(3)])]],
    ['block 2 came after block 3', [page([block(3), block(2)])]],
    ['block undefined came after block -1', [page([{ SecondBlockToken: 'b' }])]],
    ['a NextToken came a second time', [page([block(1)], 'x'), page([], 'x')]],
    ['blocks of 1024 bytes', [{ ...page([block(1)]), BlockSize: 1024 }]],
  ])('count for nothing where %s', async (message, pages) => {
    await expect(visited(pages)).rejects.toThrow(`ebs:ListChangedBlocks: ${message}`);
  });

  it('are asked for only after it was allowed, each attempt of its own', async () => {
    let allowed = 0;
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const beforeRequest = async () => void (allowed += 1);
    const { sent } = await visited([lost, page([block(1)], 'x'), page([block(2)])], beforeRequest);
    expect([allowed, sent]).toEqual([3, 3]);
    const refuse = async () => {
      throw new Error('not a request more');
    };
    await expect(visited([page([])], refuse)).rejects.toThrow('not a request more');
  });
});
