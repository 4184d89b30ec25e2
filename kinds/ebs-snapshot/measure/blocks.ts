import {
  type EBSClient,
  ListChangedBlocksCommand,
  ListSnapshotBlocksCommand,
} from '@aws-sdk/client-ebs';
import { brokenListing } from '../../../aws/answers/pages.ts';
import { BLOCK_BYTES } from './freed-blocks.ts';
import { BLOCKS_PER_PAGE } from './estimate.ts';

interface Asking {
  readonly ebs: EBSClient;
  readonly beforeRequest: () => Promise<void>;
}

/** A snapshot and the one before it; null: no other, and all of its blocks are asked for. */
export interface Compared {
  readonly earlier: string | null;
  readonly later: string;
}

interface Page {
  readonly blocks: readonly { readonly index?: number | undefined; readonly isInLater: boolean }[];
  readonly blockSize: number | undefined;
  readonly token: string | undefined;
}

/**
 * Visits, by ascending index and each once, the blocks in which two snapshots of a volume differ, and
 * whether the later one has them. Pages may be short or empty: only the missing token ends it.
 *
 * @throws {BrokenListing} for answers that don't add up, and whatever AWS answers
 */
export async function visitBlocks(
  asking: Asking,
  compared: Compared,
  visit: (index: number, isInLater: boolean) => void,
): Promise<void> {
  const operation = `ebs:${compared.earlier === null ? 'ListSnapshotBlocks' : 'ListChangedBlocks'}`;
  const tokens = new Set<string>();
  let token: string | undefined;
  let last = -1;
  do {
    const page = await ask(asking, compared, token);
    if (page === undefined) throw brokenListing(operation, 'a page came without its list');
    if (page.blockSize !== BLOCK_BYTES && page.blocks.length > 0) {
      throw brokenListing(operation, `blocks of ${String(page.blockSize)} bytes`);
    }
    for (const { index, isInLater } of page.blocks) {
      // A block that came twice would be counted twice.
      if (index === undefined || index <= last) {
        throw brokenListing(operation, `block ${String(index)} came after block ${last}`);
      }
      visit((last = index), isInLater);
    }
    token = page.token;
    if (token && tokens.has(token)) {
      throw brokenListing(operation, 'a NextToken came a second time');
    }
    if (token) tokens.add(token);
  } while (token);
}

async function ask(
  asking: Asking,
  { earlier, later }: Compared,
  NextToken: string | undefined,
): Promise<Page | undefined> {
  const paging = { MaxResults: BLOCKS_PER_PAGE, ...(NextToken && { NextToken }) };
  if (earlier === null) {
    const command = new ListSnapshotBlocksCommand({ SnapshotId: later, ...paging });
    const page = await asking.ebs.send(announced(command, asking));
    return (
      page.Blocks && {
        blocks: page.Blocks.map(({ BlockIndex }) => ({ index: BlockIndex, isInLater: true })),
        blockSize: page.BlockSize,
        token: page.NextToken,
      }
    );
  }
  const both = { FirstSnapshotId: earlier, SecondSnapshotId: later };
  const command = new ListChangedBlocksCommand({ ...both, ...paging });
  const page = await asking.ebs.send(announced(command, asking));
  return (
    page.ChangedBlocks && {
      blocks: page.ChangedBlocks.map(({ BlockIndex, SecondBlockToken }) => ({
        index: BlockIndex,
        isInLater: SecondBlockToken !== undefined,
      })),
      blockSize: page.BlockSize,
      token: page.NextToken,
    }
  );
}

/** The command, with `beforeRequest` inside the SDK's retries: each attempt costs as much. */
function announced<C extends ListSnapshotBlocksCommand | ListChangedBlocksCommand>(
  command: C,
  { beforeRequest }: Asking,
): C {
  const stack = command.middlewareStack as ListSnapshotBlocksCommand['middlewareStack'];
  stack.add(
    (next) => async (args) => {
      await beforeRequest();
      return next(args);
    },
    { step: 'finalizeRequest', name: 'orgsweepBeforeRequest', priority: 'low' },
  );
  return command;
}
