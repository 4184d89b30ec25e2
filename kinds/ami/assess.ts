import { ageDaysAt } from '../../core/model/age.ts';
import type { PolicyOfKind } from '../../core/input/policy-for.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { isProtectedByTag } from '../../core/tags/protection.ts';
import { readTags } from '../tags/read-tags.ts';
import { type Ami, isFailed, KIND } from './facts.ts';
import { ownPolicyOf } from './policy.ts';
import { REASON_BY_REFERENCE, ReferenceName } from './sources/names.ts';

/**
 * AWS has recorded launches since April 2017. Of an older AMI without any nobody knows whether that
 * means none.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-last-launched-time.html
 */
export const LAUNCHES_RECORDED_SINCE = '2017-05-01T00:00:00.000Z';

const BACKUP_VAULT = 'aws-backup-vault';
/** As AWS Backup names those that it makes. */
const NAMED_BY_BACKUP = /^AwsBackup_/;

/**
 * The verdict on one AMI. KEEP with every reason that applies; without one, UNKNOWN where something
 * that could have been a reason wasn't seen. That it is deprecated or disabled is no reason for STALE:
 * what is deprecated launches as before.
 */
export function assess(ami: Ami, policy: PolicyOfKind, now: Date): Verdict {
  const keep = [
    ...namedBy(ami),
    ...(isFailed(ami) ? [] : stillNeeded(ami, policy, now)),
    ...ownersSay(ami),
    ...readTags(KIND, ami.tags).needs.map(({ reason }) => reason),
    ...((ageDaysAt(ami.createdAt, now) ?? Infinity) < policy.minAgeDays ? ['TOO_YOUNG'] : []),
    ...(isProtectedByTag(ami.tags, policy.protectTags, now) ? ['PROTECTED_BY_TAG'] : []),
  ];
  if (keep.length > 0) return { verdict: 'KEEP', reasons: [...new Set(keep)] };
  const unknown = [
    ...(ami.incompleteReferences.length > 0 ? ['REFERENCES_INCOMPLETE'] : []),
    ...(ami.createdAt === null ? ['AGE_UNKNOWN'] : []),
    ...(isFailed(ami) || areLaunchesKnown(ami) ? [] : ['LAUNCHES_UNKNOWN']),
  ];
  if (unknown.length > 0) return { verdict: 'UNKNOWN', reasons: unknown };
  return { verdict: 'STALE', reasons: [staleReason(ami)] };
}

/** Whether nothing but a source that wasn't read could still keep it. */
export function isCandidate(ami: Ami, policy: PolicyOfKind, now: Date): boolean {
  return assess(ami, policy, now).verdict === 'STALE';
}

function staleReason(ami: Ami): string {
  if (isFailed(ami)) return 'AMI_FAILED';
  return ami.lastLaunchedAt === null ? 'AMI_NEVER_LAUNCHED' : 'AMI_NOT_LAUNCHED_SINCE';
}

function areLaunchesKnown({ lastLaunchedAt, createdAt }: Ami): boolean {
  if (lastLaunchedAt !== null) return lastLaunchedAt !== 'unreadable';
  return createdAt === null || Date.parse(createdAt) >= Date.parse(LAUNCHES_RECORDED_SINCE);
}

function namedBy({ usedBy }: Ami): string[] {
  return ReferenceName.options
    .filter((name) => (usedBy[name] ?? []).length > 0)
    .map((name) => REASON_BY_REFERENCE[name]);
}

/** What only one that could be launched is needed for. */
function stillNeeded(ami: Ami, policy: PolicyOfKind, now: Date): string[] {
  const { minUnusedDays, keepNewestPerName } = ownPolicyOf(policy);
  const { lastLaunchedAt, family, state } = ami;
  const isTime = lastLaunchedAt !== null && lastLaunchedAt !== 'unreadable';
  const unusedDays = isTime ? ageDaysAt(lastLaunchedAt, now) : null;
  const isNewest = family !== null && family.newer.length < keepNewestPerName;
  return [
    ...(state === 'available' || state === 'disabled' ? [] : ['NOT_READY']),
    ...(unusedDays !== null && unusedDays < minUnusedDays ? ['LAUNCHED_LATELY'] : []),
    ...(isNewest ? ['NEWEST_OF_FAMILY'] : []),
  ];
}

/** What its owner, or AWS, says of it beside its tags. */
function ownersSay(ami: Ami): string[] {
  const { deregistrationProtection: protection, sharedWith } = ami;
  const isOfBackup = ami.ownerAlias === BACKUP_VAULT || NAMED_BY_BACKUP.test(ami.name);
  return [
    ...(ami.isPublic || (sharedWith ?? []).length > 0 ? ['SHARED'] : []),
    ...(ami.publicSsmParameter === null ? [] : ['PUBLIC_SSM_PARAMETER']),
    // In the cool-down after it was switched off AWS still refuses.
    ...(protection === null || protection === 'disabled' ? [] : ['LOCKED']),
    ...(ami.productCodes.length > 0 ? ['HAS_PRODUCT_CODE'] : []),
    ...(isOfBackup ? ['MANAGED_BY_AWS_BACKUP'] : []),
    // A kernel or a RAM disk: others name it, and EC2 lists only some of them.
    ...(isSaid(ami, ami.imageType, 'machine') ? [] : ['NO_MACHINE_IMAGE']),
    // Its data is in S3: no Recycle Bin keeps it, and what it costs there nobody tells.
    ...(isSaid(ami, ami.rootDeviceType, 'ebs') ? [] : ['INSTANCE_STORE']),
  ];
}

/** Of one that was never made EC2 may not say it. */
function isSaid(ami: Ami, said: string, wanted: string): boolean {
  return said === wanted || (isFailed(ami) && said === 'unknown');
}
