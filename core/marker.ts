import { PROTECT_TAG } from './protection.ts';

/**
 * The constant tag that orgsweep puts on a resource just before it removes it. The deletion role's
 * IAM condition and the Recycle Bin rule match exactly this key and value.
 */
export const MARKER = { key: 'orgsweep:marked', value: 'true' } as const;

/**
 * Whether somebody is about to remove it, or was: it has the marker, and not the one tag that keeps
 * every orgsweep from it. Other tags protect by one execution's policy and not by another's.
 */
export function isMarkedForRemoval(tags: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(tags, MARKER.key) && !Object.hasOwn(tags, PROTECT_TAG);
}
