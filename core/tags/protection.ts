import { isOverEverywhere, readKeepUntil } from './keep-until.ts';
import type { ProtectionTag } from './protection-tag.ts';
import { fitOf } from './tag-rule.ts';

type Tags = Readonly<Record<string, string>>;

/** A resource with this tag is never removed, whatever the tag's value. */
export const PROTECT_TAG = 'orgsweep:protect';
/** Kept until the day that this tag's value names, `YYYY-MM-DD`, is over everywhere on earth. */
export const KEEP_UNTIL_TAG = 'orgsweep:keep-until';

/**
 * Every tag that has to do with protection at `now`: `orgsweep:protect`, `orgsweep:keep-until`, and
 * what one of `protectTags` (`key` or `key=value`, either with `*` at its end) names.
 */
export function protectionTagsOf(
  tags: Tags,
  protectTags: readonly string[],
  now: Date,
): readonly ProtectionTag[] {
  return Object.entries(tags).flatMap(([key, value]) =>
    [PROTECT_TAG, ...protectTags, KEEP_UNTIL_TAG].flatMap((meant, index, { length }) => {
      const fit = fitOf(meant, key, value);
      if (fit === null) return [];
      const tag: ProtectionTag = { key, value, meant, exact: fit === 'EXACT' };
      // Named by a rule it protects like any other tag, whatever its date.
      return [index === length - 1 ? { ...tag, ...untilWhen(value, now) } : tag];
    }),
  );
}

export function protects({ over }: ProtectionTag): boolean {
  return over !== true;
}

/** Whether a tag protects the resource at `now`. */
export function isProtectedByTag(tags: Tags, protectTags: readonly string[], now: Date): boolean {
  return protectionTagsOf(tags, protectTags, now).some(protects);
}

function untilWhen(value: string, now: Date): Pick<ProtectionTag, 'until' | 'over'> {
  const until = readKeepUntil(value);
  // What can't be read protects: whoever wrote it wanted something kept.
  return { until, over: until !== null && isOverEverywhere(until, now) };
}
