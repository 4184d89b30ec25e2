import { ageDaysAt } from '../../core/model/age.ts';
import type { PolicyOfKind } from '../../core/input/policy-for.ts';
import type { Observations, Verdict } from '../../core/model/verdict.ts';
import { isProtectedByTag } from '../../core/tags/protection.ts';
import { readTags } from '../tags/read-tags.ts';
import { type EbsVolume, KIND, REASON_BY_REFERENCE, ReferenceName } from './facts.ts';
import { ownPolicyOf } from './policy.ts';
import { daysSinceLastDay, isProvedByMetrics, unattachedSince, wasReplacedThen } from './seen.ts';

/** A zone of the Region itself: `eu-west-1a`. Local and Wavelength Zones have longer names. */
const OF_THE_REGION = /^[a-z]+(-[a-z]+)+-\d+[a-z]$/;

/**
 * The verdict on one volume. KEEP with every reason that applies; without one, UNKNOWN where
 * something that could have been a reason wasn't seen. STALE `VOLUME_UNATTACHED` only by evidence of
 * how long; before there is an answer to the question about it, `VOLUME_SEEN_UNATTACHED`, which is
 * held.
 */
export function assess(
  volume: EbsVolume,
  policy: PolicyOfKind,
  now: Date,
  seen: Observations = {},
): Verdict {
  const { minUnattachedDays } = ownPolicyOf(policy);
  const unattached = unattachedSince(volume, seen, now);
  const isLately = (daysSinceLastDay(volume, now) ?? Infinity) < minUnattachedDays;
  const keep = [
    ...keepReasons(volume),
    ...ofAge(volume, { minAgeDays: policy.minAgeDays, minUnattachedDays }, now),
    ...(isLately ? ['ATTACHED_LATELY'] : []),
    ...(isProtectedByTag(volume.tags, policy.protectTags, now) ? ['PROTECTED_BY_TAG'] : []),
  ];
  if (keep.length > 0) return { verdict: 'KEEP', reasons: [...new Set(keep)] };
  const isTooShort = (unattached?.days ?? 0) < minUnattachedDays;
  const unknown = [
    ...(volume.incompleteReferences.length > 0 ? ['REFERENCES_INCOMPLETE'] : []),
    ...(volume.createdAt === null ? ['AGE_UNKNOWN'] : []),
    ...(isByLooks(volume) && isTooShort ? ['UNATTACHED_SINCE_UNKNOWN'] : []),
  ];
  if (unknown.length > 0) return { verdict: 'UNKNOWN', reasons: unknown };
  return { verdict: 'STALE', reasons: [staleReason(volume)] };
}

/** Whether there was an answer of CloudWatch, and only orgsweep's own looks say what came after it. */
function isByLooks({ metrics }: EbsVolume): boolean {
  if (metrics === null || metrics === 'not-needed') return false;
  return !isProvedByMetrics({ metrics });
}

function staleReason({ state, metrics }: EbsVolume): string {
  if (state === 'error') return 'VOLUME_FAILED';
  return metrics === null || metrics === 'not-needed'
    ? 'VOLUME_SEEN_UNATTACHED'
    : 'VOLUME_UNATTACHED';
}

function keepReasons(volume: EbsVolume): string[] {
  const { state, attachments, availabilityZone } = volume;
  return [
    // Any entry: one to something that AWS manages has no instance, and one that is ending may fail.
    ...(attachments.length > 0 || state === 'in-use' ? ['IN_USE'] : []),
    ...(['available', 'in-use', 'error'].includes(state) ? [] : ['NOT_READY']),
    ...ReferenceName.options
      .filter((name) => (volume.usedBy[name] ?? []).length > 0)
      .map((name) => REASON_BY_REFERENCE[name]),
    ...(volume.rootReplacements.some((one) => wasReplacedThen(volume, one))
      ? ['FALLBACK_ROOT_VOLUME']
      : []),
    // Off all of its instances at once: rare, and on purpose. It has not all of the metrics either.
    ...(volume.isMultiAttach ? ['MULTI_ATTACH'] : []),
    ...(volume.managedBy === null ? [] : ['MANAGED_BY_AWS_SERVICE']),
    ...readTags(KIND, volume.tags).needs.map(({ reason }) => reason),
    // Nobody has seen whether a Recycle Bin keeps these, and what they cost.
    ...(volume.outpostArn === null ? [] : ['ON_OUTPOST']),
    ...(availabilityZone === null || OF_THE_REGION.test(availabilityZone) ? [] : ['IN_LOCAL_ZONE']),
  ];
}

interface LeastDays {
  readonly minAgeDays: number;
  readonly minUnattachedDays: number;
}

function ofAge({ state, createdAt }: EbsVolume, least: LeastDays, now: Date): string[] {
  const ageDays = ageDaysAt(createdAt, now);
  // One that failed was never attached.
  const minDays = Math.max(least.minAgeDays, state === 'error' ? 0 : least.minUnattachedDays);
  return ageDays !== null && ageDays < minDays ? ['TOO_YOUNG'] : [];
}

/** Whether nothing but an answer of CloudWatch could still keep it. */
export function isCandidate(volume: EbsVolume, policy: PolicyOfKind, now: Date): boolean {
  return assess(volume, policy, now).verdict === 'STALE';
}
