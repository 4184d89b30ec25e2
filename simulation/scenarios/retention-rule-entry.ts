import { z } from 'zod';
import type { RetentionRuleSpec } from '../population/retention-rules.ts';

const Target = z
  .string()
  .regex(
    /^\d{12}\/[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/,
    'accepted: an account id and a Region, such as "310000000001/eu-west-1"',
  );
const Tag = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) });

const DAYS = 'accepted: 1 to 365 days';

/** A Recycle Bin rule as a scenario file has it, with AWS's limits. */
export const RetentionRule = z
  .strictObject({
    description: z.string().max(255).optional(),
    /** Omitted: of snapshots. */
    resourceType: z.enum(['EBS_SNAPSHOT', 'EBS_VOLUME', 'EC2_IMAGE']).optional(),
    status: z.enum(['pending', 'available']).default('available'),
    retentionDays: z.int().min(1, DAYS).max(365, DAYS),
    /** Omitted: a Region-level rule. */
    resourceTags: z.array(Tag).min(1).max(50).optional(),
    excludeResourceTags: z.array(Tag).min(1).max(5).optional(),
    lockState: z.enum(['locked', 'pending_unlock', 'unlocked']).optional(),
    /** Targets; omitted: all. */
    only: z.array(Target).optional(),
    except: z.array(Target).optional(),
  })
  .refine(
    ({ resourceTags, excludeResourceTags }) => !resourceTags || !excludeResourceTags,
    'accepted: resourceTags or excludeResourceTags, not both',
  )
  .refine(
    ({ resourceType, retentionDays }) => resourceType !== 'EBS_VOLUME' || retentionDays <= 7,
    'accepted: 1 to 7 days for volumes',
  );

/** Leaves out what wasn't given, instead of giving it as undefined. */
export function toRetentionRule(rule: z.infer<typeof RetentionRule>): RetentionRuleSpec {
  const { status, retentionDays, ...others } = rule;
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  return { status, retentionDays, ...(Object.fromEntries(given) as Partial<RetentionRuleSpec>) };
}
