import type { EbsSnapshot } from '../facts.ts';

/**
 * As it is once all AMIs that have it are gone. One of them in the Recycle Bin still keeps it, as does
 * whatever else refers to it.
 *
 * @returns null: no AMI has it
 */
export function withoutAmis(snapshot: EbsSnapshot): EbsSnapshot | null {
  const { amis = [], ...usedBy } = snapshot.usedBy;
  if (amis.length === 0) return null;
  const { originAmi } = snapshot;
  const goes = originAmi !== undefined && amis.includes(originAmi.amiId);
  return { ...snapshot, usedBy, ...(goes && { originAmi: { ...originAmi, isThere: false } }) };
}
