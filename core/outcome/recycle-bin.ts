import { z } from 'zod';

/** A tag as a retention rule names it. null: the rule gives no value. */
const RuleTag = z.strictObject({ key: z.string().min(1), value: z.string().nullable() });
type RuleTag = z.infer<typeof RuleTag>;

/** What a Recycle Bin retention rule says about the resources of one kind in one Region. */
export const RecycleBinRule = z.strictObject({
  identifier: z.string().min(1),
  retentionDays: z.int().min(1),
  /** Only an `available` rule keeps anything; a `pending` one keeps nothing yet. */
  status: z.string(),
  /** Tag-level: keeps what has at least one of these. None: Region-level, keeps everything but … */
  resourceTags: z.array(RuleTag),
  /** … what has at least one of these. */
  excludeResourceTags: z.array(RuleTag),
});
export type RecycleBinRule = z.infer<typeof RecycleBinRule>;

/** What a rule may be about; one about something else keeps nothing of what is asked for. */
const BinResourceType = z.enum(['EBS_SNAPSHOT', 'EC2_IMAGE', 'EBS_VOLUME']);
export type BinResourceType = z.infer<typeof BinResourceType>;

/** What a rule for resources of one kind is about, and how many days AWS lets it keep them at most. */
export const BinRetention = z.strictObject({
  resourceType: BinResourceType,
  mostDays: z.int().min(1),
});
export type BinRetention = Readonly<z.infer<typeof BinRetention>>;

/** Of a removal under a rule that should keep it, and of those that were stopped because of it. */
export const NOT_SEEN_IN_BIN = 'NOT_SEEN_IN_RECYCLE_BIN';

type Tags = Readonly<Record<string, string>>;

/**
 * The rule that will keep a resource which has these tags when it is removed; of several the one
 * that keeps it longest, as AWS does. null: it would be gone at once.
 *
 * @param tags as they will be at removal, orgsweep's marker included
 */
export function keepingRule(rules: readonly RecycleBinRule[], tags: Tags): RecycleBinRule | null {
  const keeping = rules.filter((rule) => keeps(rule, tags));
  return keeping.toSorted((a, b) => b.retentionDays - a.retentionDays)[0] ?? null;
}

function keeps({ status, resourceTags, excludeResourceTags }: RecycleBinRule, tags: Tags): boolean {
  if (status !== 'available') return false;
  if (excludeResourceTags.some((tag) => excludes(tag, tags))) return false;
  return resourceTags.length === 0 || resourceTags.some((tag) => includes(tag, tags));
}

// AWS requires key and value to be equal, and lets a rule leave out the value without saying what
// that matches. Both are read such that less is kept: an empty value here, any value below.
function includes({ key, value }: RuleTag, tags: Tags): boolean {
  return Object.hasOwn(tags, key) && tags[key] === (value ?? '');
}

function excludes({ key, value }: RuleTag, tags: Tags): boolean {
  return Object.hasOwn(tags, key) && (value === null || tags[key] === value);
}

/** Whether a rule keeps something for fewer days by now than its plan promised. */
export function keepsTooShort(
  rule: RecycleBinRule | null,
  { restorableDays = 0 }: { readonly restorableDays?: number | undefined },
): boolean {
  return rule !== null && rule.retentionDays < restorableDays;
}
