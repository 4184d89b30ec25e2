import type { Kind } from '../../kinds/kind.ts';
import type { Excerpt, Source } from '../../kinds/listings/listing.ts';

/** What is wrong with what a kind has to see elsewhere, as sentences. */
export function faultsOfAsks({ reach, reads, asks }: Pick<Kind, 'reach' | 'reads' | 'asks'>) {
  const crossing = reads.filter(
    (read) => isSource(read) && read.crossesAccounts,
  ) as Source<unknown>[];
  const faults: string[] = [];
  const names = reads.filter(isSource).map(({ name }) => name);
  for (const source of asks?.sources ?? [])
    if (!names.includes(source)) faults.push(`it asks for ${source}, which nobody hands on`);
  if (reach === 'global')
    for (const { name, listing } of crossing)
      if (listing.reach !== 'global') faults.push(`${name} is read in one Region of many`);
  return faults;
}

function isSource(read: Excerpt<unknown, unknown>): read is Source<unknown> {
  return 'name' in read;
}
