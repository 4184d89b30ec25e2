import { z } from 'zod';
import { Region } from '../ids.ts';

/** A misplaced decimal point costs a factor of ten; this stops only what is no price at all. */
const MOST_USD = 10_000;

const Usd = z.number().min(0).max(MOST_USD).optional();

const Source = z
  .string()
  .max(500)
  .regex(/^https:\/\/[\x21-\x7e]+$/, 'accepted: an https URL in ASCII')
  .meta({ title: 'https URL' });

const AsOf = z.iso
  .date('accepted: a date such as "2026-11-21"')
  .meta({ title: 'date, YYYY-MM-DD' });

/** What is left out isn't known: sizes are told then, without money. 0 is a price. */
export const RegionPrices = z.strictObject({
  standardUsdPerGiBMonth: Usd,
  archiveUsdPerGiBMonth: Usd,
  /** Of fast snapshot restore, for each snapshot and Availability Zone that it is on in. */
  fastRestoreUsdPerZoneHour: Usd,
  /** Where they differ from the table's own. */
  asOf: AsOf.optional(),
  source: Source.optional(),
});
export type RegionPrices = z.infer<typeof RegionPrices>;

/** `prices.json`: what AWS asks for in each Region, and who says so. */
export const PriceTable = z.strictObject({
  schemaVersion: z.literal(1),
  asOf: AsOf,
  source: Source,
  regions: z.record(Region, RegionPrices),
});
export type PriceTable = z.infer<typeof PriceTable>;
