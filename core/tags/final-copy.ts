/**
 * The tags of a final copy: the snapshot that a removal makes of a volume just before it deletes it.
 * How long it is kept is in `orgsweep:keep-until`, as on any other resource. All are in the request
 * that makes it, so that no copy is ever without them.
 */

/** Of which volume it is the copy: `vol-…`. */
export const FINAL_COPY_OF = 'orgsweep:final-copy-of';

/** What the volume was, in a few words, for whoever makes one of the copy by hand. */
export const MADE_FROM_VOLUME = 'orgsweep:volume';

/** Which request made it. CreateSnapshot has no client token: an answer that got lost is found by this. */
export const REQUEST_TAG = 'orgsweep:request';

/** A final copy is kept for so many days from the day on which it was made. */
export const FINAL_COPY_DAYS = 90;

/** On a volume that was made again of a final copy: which volume it was. */
export const MADE_AGAIN_FROM = 'orgsweep:made-again-from';

/** The last day on which a final copy of that time is kept. */
export function finalCopyUntil(madeAt: Date | string): string {
  const day = new Date(madeAt);
  day.setUTCDate(day.getUTCDate() + FINAL_COPY_DAYS);
  return day.toISOString().slice(0, 10);
}
