import { z } from 'zod';
import { Timestamp } from './ids.ts';

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
