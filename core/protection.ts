import { z } from 'zod';

type Tags = Readonly<Record<string, string>>;

/** A resource with this tag is never removed, whatever the tag's value. */
export const PROTECT_TAG = 'orgsweep:protect';
/** Kept through the day that this tag's value names, `YYYY-MM-DD`, in UTC. */
export const KEEP_UNTIL_TAG = 'orgsweep:keep-until';

/**
 * Whether a tag protects the resource at `now`: one of the two that are always there, or one of
 * `protectTags` (`key` or `key=value`, either with `*` at its end). A keep-until date that can't be read protects.
 */
export function isProtectedByTag(tags: Tags, protectTags: readonly string[], now: Date): boolean {
  return (
    Object.hasOwn(tags, PROTECT_TAG) ||
    isKeptUntil(tags, now) ||
    protectTags.some((rule) => hasTag(tags, rule))
  );
}

/** Whether there is a tag whose key is `key`, or begins with `key` where that ends in `*`. */
export function hasTagKey(tags: Tags, key: string): boolean {
  if (!key.endsWith('*')) return Object.hasOwn(tags, key);
  const prefix = key.slice(0, -1);
  return Object.keys(tags).some((tagKey) => tagKey.startsWith(prefix));
}

function isKeptUntil(tags: Tags, now: Date): boolean {
  if (!Object.hasOwn(tags, KEEP_UNTIL_TAG)) return false;
  const date = z.iso.date().safeParse(tags[KEEP_UNTIL_TAG]);
  return !date.success || now.toISOString().slice(0, 10) <= date.data;
}

function hasTag(tags: Tags, rule: string): boolean {
  // AWS allows "=" in a key, so that a rule may be read in several ways: any of them protects.
  return Object.entries(tags).some(([key, value]) =>
    rule.endsWith('*')
      ? `${key}=${value}`.startsWith(rule.slice(0, -1))
      : rule === key || rule === `${key}=${value}`,
  );
}
