import { DAY_MS } from '../../core/model/age.ts';
import type { Billing, ExtraCharge } from '../../core/model/billing.ts';
import { fastRestoreMonthlyCostUsdUpTo } from './costs.ts';
import type { Look } from '../kind.ts';
import { isRealVolumeId } from './facts.ts';
import type { EbsSnapshot } from './facts.ts';

/** EC2's name of the tier. */
export const ARCHIVE = 'archive';

/** https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html */
const MINIMUM_ARCHIVE_DAYS = 90;

/**
 * How AWS bills the snapshot. An archived one is a full one: it shares no blocks with the others of
 * its volume.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-considerations.html
 */
export function billingOf(
  snapshot: EbsSnapshot,
  { region, prices }: Pick<Look, 'region' | 'prices'>,
): Billing {
  const { storageTier, volumeId } = snapshot;
  const isIncremental = storageTier !== ARCHIVE && isRealVolumeId(volumeId);
  const extraCharges = extraChargesOf(snapshot, { region, prices });
  return {
    tier: storageTier,
    sharesWith: isIncremental ? volumeId : null,
    ...minimumOf(snapshot),
    ...(extraCharges.length > 0 && { extraCharges }),
  };
}

/** An archived snapshot that is deleted earlier is charged for the rest of the 90 days at once. */
function minimumOf({
  storageTier,
  archivedAt,
}: EbsSnapshot): Pick<Billing, 'minimumUntil' | 'minimumUnknown'> {
  if (storageTier !== ARCHIVE) return {};
  if (archivedAt === null) return { minimumUnknown: true };
  const until = new Date(Date.parse(archivedAt) + MINIMUM_ARCHIVE_DAYS * DAY_MS);
  return { minimumUntil: until.toISOString() };
}

/** Whether it is billed for a while yet, also if it is removed now: that is allowed, and saves nothing. */
export function isInMinimum({ minimumUntil }: Billing, now: Date): boolean {
  return minimumUntil !== undefined && Date.parse(minimumUntil) > now.getTime();
}

/**
 * Fast restore is charged by the minute in each Availability Zone it is on in. AWS doesn't say
 * whether the states before and after `enabled` are charged too: an upper bound takes them in.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/manage-fsr-enable.html
 */
function extraChargesOf(
  { usedBy }: EbsSnapshot,
  { region, prices }: Pick<Look, 'region' | 'prices'>,
): ExtraCharge[] {
  const zones = new Set((usedBy['fast-restores'] ?? []).map(zoneOf)).size;
  if (zones === 0) return [];
  const monthlyCostUsdUpTo = fastRestoreMonthlyCostUsdUpTo(prices, { region, zones });
  return [{ charge: 'fast-restore', units: zones, monthlyCostUsdUpTo }];
}

/** Of "us-east-1a (enabled)": pages may tell of a zone twice, in one state and then in another. */
function zoneOf(by: string): string {
  return by.replace(/ \([^)]*\)$/, '');
}
