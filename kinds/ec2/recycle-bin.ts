import type { EC2Client } from '@aws-sdk/client-ec2';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { brokenListing, idOf } from '../../aws/answers/pages.ts';
import { findRecycleBinRule, listRecycleBinRules } from '../../aws/services/recycle-bin-rules.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import type { BinRetention } from '../../core/outcome/recycle-bin.ts';
import type { BinEntry } from '../../core/removal/bin.ts';
import { chunksOf, MAX_FILTER_VALUES } from '../listings/filter.ts';
import type { RecycleBin } from '../removal.ts';
import { protectByTag } from './tagging.ts';

/** What is EC2's own of the Recycle Bin of one type of resource. */
export interface BinOfType {
  readonly keeps: BinRetention;
  /** `ec2:List…InRecycleBin` */
  readonly listing: string;
  /** Those of these ids, or all there is, to its end. */
  list(ec2: EC2Client, ids?: string[]): AsyncIterable<InBin>;
  /** Those of these that are there, and so not in the bin; as many as there are. */
  listThere(clients: SpokeClients, ids: readonly string[]): AsyncIterable<There>;
  restore(ec2: EC2Client, id: string): Promise<unknown>;
}

interface InBin {
  readonly id: string | undefined;
  readonly entered: Date | undefined;
  readonly exit: Date | undefined;
}

interface There {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** How removed resources of a type come back: EC2's Recycle Bin keeps them where a rule says so. */
export function recycleBinOf(of: BinOfType): RecycleBin {
  const { keeps } = of;
  return {
    way: 'RECYCLE_BIN',
    keeps,
    rules: async ({ rbin }) => listRecycleBinRules(rbin, keeps.resourceType),
    rule: async ({ rbin }, identifier) => findRecycleBinRule(rbin, keeps.resourceType, identifier),
    find: async ({ ec2 }, ids) => find(of, ec2, ids),
    findTags: async (clients, ids) => {
      const found = new Map<string, There['tags']>();
      for await (const { id, tags } of of.listThere(clients, ids)) found.set(id, tags);
      return found;
    },
    restore: async ({ ec2 }, id) => {
      await of.restore(ec2, id);
    },
    protect: protectByTag,
  };
}

/** Which of these the bin holds. One call for up to 200, unless one of them isn't there. */
async function find(
  of: BinOfType,
  ec2: EC2Client,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BinEntry>> {
  const wanted = new Set(ids);
  const found = new Map<string, BinEntry>();
  for (const some of chunksOf([...wanted], MAX_FILTER_VALUES)) {
    for (const [id, entry] of await findSome(of, ec2, some))
      if (wanted.has(id)) found.set(id, entry);
  }
  return found;
}

async function findSome(of: BinOfType, ec2: EC2Client, ids: string[]) {
  try {
    return await entriesOf(of, of.list(ec2, ids));
  } catch (error) {
    // For one that isn't in the bin EC2 may refuse the whole list, by a code that isn't documented.
    if (!toAwsFailure(error).code.endsWith('.NotFound')) throw error;
    return ids.length === 1 ? new Map<string, BinEntry>() : await entriesOf(of, of.list(ec2));
  }
}

async function entriesOf({ listing }: BinOfType, listed: AsyncIterable<InBin>) {
  const entries = new Map<string, BinEntry>();
  for await (const { id, entered, exit } of listed) {
    if (!entered || !exit) throw brokenListing(listing, 'an item came without its times');
    entries.set(idOf(id, listing), {
      enteredAt: entered.toISOString(),
      restorableUntil: exit.toISOString(),
    });
  }
  return entries;
}
