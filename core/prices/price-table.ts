import { z } from 'zod';
import { Region } from '../model/ids.ts';

/** A misplaced decimal point costs a factor of ten; this stops only what is no price at all. */
const MOST_USD = 10_000;

const KnownUsd = z.number().min(0).max(MOST_USD);
const Usd = KnownUsd.optional();

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
  volumeUsdPerGiBMonth: z
    .strictObject({ gp3: Usd, gp2: Usd, io1: Usd, io2: Usd, st1: Usd, sc1: Usd, standard: Usd })
    .optional(),
  /** For each provisioned IOPS above what is free; of io2 by tier: to 32,000, to 64,000, and above. */
  volumeUsdPerIopsMonth: z
    .strictObject({
      gp3: Usd,
      io1: Usd,
      io2: z.tuple([KnownUsd, KnownUsd, KnownUsd]).optional(),
    })
    .optional(),
  gp3UsdPerMiBpsMonth: Usd,
  /** In use or idle: AWS asks the same for both. */
  publicIpv4UsdPerHour: Usd,
  ecrUsdPerGiBMonth: Usd,
  /** Where they differ from the table's own. */
  asOf: AsOf.optional(),
  source: Source.optional(),
});
export type RegionPrices = z.infer<typeof RegionPrices>;

/** Who says what a figure is, and as of when. */
export const PriceSource = z.strictObject({ asOf: AsOf, source: Source });
export type PriceSource = z.infer<typeof PriceSource>;

/** `prices.json`: what AWS asks for in each Region, and who says so. */
export const PriceTable = z.strictObject({
  schemaVersion: z.literal(1),
  asOf: AsOf,
  source: Source,
  regions: z.record(Region, RegionPrices),
  /** For single figures, by Region, as `volumeUsdPerGiBMonth.io1`: goes before all the others. */
  sources: z
    .array(PriceSource.extend({ figures: z.record(Region, z.array(z.string().max(100))) }))
    .max(50)
    .optional(),
});
export type PriceTable = z.infer<typeof PriceTable>;
