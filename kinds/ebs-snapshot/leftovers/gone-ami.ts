import type { Ask } from '../../../core/model/verdict.ts';
import type { EbsSnapshot, NamedAmi } from '../facts.ts';
import { amis } from '../sources/amis.ts';
import { amisInRecycleBin } from '../sources/amis-in-recycle-bin.ts';

/** Why a snapshot is stale that an AMI left behind. */
export const AMI_GONE = 'AMI_GONE';

/** Where an AMI shows that is there, or can come back. */
export const AMI_SOURCES = [amis.name, amisInRecycleBin.name] as const;

/**
 * The AMI that it was made for, where that is neither among the account's AMIs nor in their Recycle Bin,
 * and both were listed to their end. null: nothing says so, or it isn't known.
 */
export function goneAmiOf({ originAmi }: Pick<EbsSnapshot, 'originAmi'>): NamedAmi | null {
  return originAmi?.isThere === false ? originAmi : null;
}

/** What other accounts and Regions would have to show: whether the AMI is there. */
export function asksForAmi(snapshot: Pick<EbsSnapshot, 'originAmi'>): readonly Ask[] {
  const gone = goneAmiOf(snapshot);
  return gone === null ? [] : AMI_SOURCES.map((source) => ({ source, key: gone.amiId }));
}
