import type { Ask } from '../../../core/model/verdict.ts';
import { type EbsSnapshot, goneAmiOf, type ReferenceName } from '../facts.ts';

/** Why a snapshot is stale that an AMI left behind. */
export const AMI_GONE = 'AMI_GONE';

/** Where an AMI shows that is there, or can come back. */
export const AMI_SOURCES: readonly ReferenceName[] = ['amis', 'amis-in-recycle-bin'];

/** What other accounts and Regions would have to show: whether the AMI is there. */
export function asksForAmi(snapshot: Pick<EbsSnapshot, 'originAmi'>): readonly Ask[] {
  const gone = goneAmiOf(snapshot);
  return gone === null ? [] : AMI_SOURCES.map((source) => ({ source, key: gone.amiId }));
}
