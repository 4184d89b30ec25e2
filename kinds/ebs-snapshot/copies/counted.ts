import type { Uncounted } from '../../../core/model/verdict.ts';
import { FINAL_COPY_OF } from '../../../core/tags/final-copy.ts';
import type { ListedSnapshot } from '../listing.ts';

/** AWS's own words, the whole of them; older ones also name the volume. */
export const BY_CREATE_IMAGE =
  /^Created by CreateImage\(i-[0-9a-f]+\) for (ami-[0-9a-f]+)(?: from (vol-[0-9a-f]+))?$/;

/** Whether CreateImage made it: it belongs to an AMI, and goes when somebody cleans up after that. */
function isOfCreateImage({ description }: Pick<ListedSnapshot, 'description'>): boolean {
  return BY_CREATE_IMAGE.test(description);
}

/** Whether it says so itself. Who made it, only orgsweep's own record tells. */
export function isFinalCopy({ tags }: Pick<ListedSnapshot, 'tags'>): boolean {
  return Object.hasOwn(tags, FINAL_COPY_OF);
}

/** Why no other snapshot of its volume may rely on it; undefined: they may. */
export function whyUncounted(
  snapshot: Pick<ListedSnapshot, 'description' | 'tags'>,
): Uncounted | undefined {
  if (isFinalCopy(snapshot)) return 'BY_DATE';
  return isOfCreateImage(snapshot) ? 'LEFTOVER' : undefined;
}
