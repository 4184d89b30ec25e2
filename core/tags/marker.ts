import { PROTECT_TAG } from './protection.ts';

/**
 * The constant tag that orgsweep puts on a resource just before it removes it. The deletion role's
 * IAM condition and the Recycle Bin rule match exactly this key and value.
 */
export const MARKER = { key: 'orgsweep:marked', value: 'true' } as const;

/**
 * Whether somebody is about to remove it, or was: it has the marker, and not the one tag that keeps
 * every orgsweep from it, written exactly: another version may not honour what is nearly right. Other
 * tags protect by one execution's policy and not by another's.
 */
export function isMarkedForRemoval(tags: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(tags, MARKER.key) && !Object.hasOwn(tags, PROTECT_TAG);
}

/** AWS takes so many tags on one resource. Its own, whose keys begin with `aws:`, don't count. */
const MOST_TAGS = 50;

/** Whether the marker can be put on a resource with these tags: it has it, or there is room. */
export function hasRoomForMarker(tags: Readonly<Record<string, string>>): boolean {
  if (Object.hasOwn(tags, MARKER.key)) return true;
  return Object.keys(tags).filter((key) => !/^aws:/i.test(key)).length < MOST_TAGS;
}
