import { z } from 'zod';
import { KindName, ReasonCode, Timestamp } from './ids.ts';

/** A charge besides the storage of a resource, such as fast restore by Availability Zone. */
export const ExtraCharge = z.strictObject({
  charge: z.string(),
  /** How many times it is charged. */
  units: z.int().min(0),
  /** Of all units; null where the Region's price isn't known. */
  monthlyCostUsdUpTo: z.number().nullable(),
});
export type ExtraCharge = z.infer<typeof ExtraCharge>;

/** How AWS bills one resource, as far as listings tell. */
export const Billing = z.strictObject({
  /** AWS's name for how it is stored: `standard`, `archive`. */
  tier: z.string(),
  /**
   * Resources of one account, Region and kind that name the same group share data, and are billed
   * for it once. null: it shares none.
   */
  sharesWith: z.string().nullable(),
  /** Billed until then even if it is deleted before; absent: no such rule, or not known when. */
  minimumUntil: Timestamp.optional(),
  /** There is such a rule, and no day is known: deleting it may save nothing for a while. */
  minimumUnknown: z.literal(true).optional(),
  extraCharges: z.array(ExtraCharge).optional(),
});
export type Billing = z.infer<typeof Billing>;

/** Why something that is in use costs more than it must, such as extended support. No verdict. */
export const Advice = z.strictObject({
  code: ReasonCode,
  /** What following it saves at most; null: not known. */
  monthlySavingUsdUpTo: z.number().nullable(),
});
export type Advice = Readonly<z.infer<typeof Advice>>;

/** All of one code. */
export const AdviceWorth = z.strictObject({
  resources: z.int().min(0),
  /** Over those whose saving is known. */
  monthlySavingUsdUpTo: z.number(),
  unpriced: z.int().min(0),
});
export type AdviceWorth = Readonly<z.infer<typeof AdviceWorth>>;

export const AdviceByCode = z.record(ReasonCode, AdviceWorth);
export type AdviceByCode = Readonly<z.infer<typeof AdviceByCode>>;

/**
 * A resource of another kind, in the same target, that can go only once others have gone, as the
 * snapshots of an AMI. Its money is told where they are, until they are gone.
 */
export const Freed = z.strictObject({
  kind: KindName,
  resourceId: z.string().min(1),
  /** An upper bound in USD a month; null: no price is known. */
  monthlyCostUsdUpTo: z.number().nullable(),
  /** As `Billing.sharesWith`, of its own kind. */
  sharesWith: z.string().optional(),
  /** All of the finding's own kind that hold it, whatever their verdict, this one included. */
  holders: z.array(z.string().min(1)).min(1),
});
export type Freed = Readonly<z.infer<typeof Freed>>;

/**
 * What a step makes beside a resource, such as a copy of it. It is paid on top for as long as it is kept:
 * no part of what the resource costs, and of no saving (docs/adr/0129-what-a-copy-costs.md).
 */
export const Makes = z.strictObject({
  makesMonthlyCostUsdUpTo: z
    .number()
    .nullable()
    .optional()
    .describe(
      'What the next step of its removal makes costs so much a month at most, such as a copy; null: no price is known. Absent: it makes nothing. In no sum of costs or savings.',
    ),
  makesForDays: z.int().min(1).optional().describe('For so many days. Absent: nobody knows.'),
});
export type Makes = Readonly<z.infer<typeof Makes>>;

/** What several steps make. */
export const MadeWorth = z.strictObject({
  /** How many make something. */
  resources: z.int().min(1),
  /** Over those with a known price. */
  monthlyCostUsdUpTo: z.number(),
  unpriced: z.int().min(0),
  /** For how long at most; absent: of some of it nobody knows. */
  forDays: z.int().min(1).optional(),
});
export type MadeWorth = Readonly<z.infer<typeof MadeWorth>>;

/** What is freed by the removal of others, by its kind. */
export const FreedWorth = z.strictObject({
  resources: z.int().min(0),
  monthlyCostUsdUpTo: z.number(),
  unpriced: z.int().min(0),
});
export type FreedWorth = Readonly<z.infer<typeof FreedWorth>>;

export const FreedByKind = z.record(KindName, FreedWorth);
export type FreedByKind = Readonly<z.infer<typeof FreedByKind>>;
