import { type MadeById, NOTHING_MADE } from '../../core/history/made.ts';
import { ageDaysAt } from '../../core/model/age.ts';
import type { Policy } from '../../core/input/input.ts';
import { isProtectedByTag } from '../../core/tags/protection.ts';
import type { Observations, Verdict } from '../../core/model/verdict.ts';
import { isFinalCopy } from './copies/counted.ts';
import { isExpired } from './copies/final-copy.ts';
import { goneAmiOf, isRealVolumeId, KIND, REASON_BY_REFERENCE, ReferenceName } from './facts.ts';
import type { Attachment, EbsSnapshot, Volume } from './facts.ts';
import { readTags } from '../tags/read-tags.ts';

/** Only these two release a volume: all other states, those not yet known included, use it. */
const RELEASING_INSTANCE_STATES = new Set(['shutting-down', 'terminated']);

/** A volume in one of these, without attachments, is attached to nothing; any other isn't known to be. */
const UNATTACHED_VOLUME_STATES = new Set(['available', 'deleted', 'deleting', 'error']);

/**
 * The verdict on one snapshot. KEEP with every reason that applies; without one, UNKNOWN where
 * something that could have been a reason wasn't seen; STALE only of what was seen completely.
 */
export function assess(
  snapshot: EbsSnapshot,
  policy: Policy,
  now: Date,
  _seen: Observations = {},
  made: MadeById = NOTHING_MADE,
): Verdict {
  const isExpiredCopy = isFinalCopy(snapshot) && isExpired(snapshot, made, now);
  const keep = keepReasons(snapshot, policy, now);
  if (isFinalCopy(snapshot) && !isExpiredCopy) keep.push('FINAL_COPY');
  if (keep.length > 0) return { verdict: 'KEEP', reasons: keep };
  const unknown = unknownReasons(snapshot);
  if (unknown.length > 0) return { verdict: 'UNKNOWN', reasons: unknown };
  if (goneAmiOf(snapshot) !== null) return { verdict: 'STALE', reasons: ['AMI_GONE'] };
  if (isExpiredCopy) return { verdict: 'STALE', reasons: ['FINAL_COPY_EXPIRED'] };
  const reason = snapshot.volume === null ? 'VOLUME_MISSING' : 'VOLUME_NOT_ATTACHED';
  return { verdict: 'STALE', reasons: [reason] };
}

function keepReasons(snapshot: EbsSnapshot, policy: Policy, now: Date): string[] {
  const { volume, tags, usedBy } = snapshot;
  const ageDays = ageDaysAt(snapshot.startedAt, now);
  const reasons: string[] = [];
  const gone = goneAmiOf(snapshot);
  // CreateImage makes it of the instance's volume, which goes on without that AMI.
  const isOfVolume = gone?.by !== 'CreateImage';
  if (isOfVolume && volume !== null && isInUse(volume, snapshot.incompleteReferences))
    reasons.push('IN_USE');
  if (ageDays !== null && ageDays < policy.minAgeDays) reasons.push('TOO_YOUNG');
  if (snapshot.state !== 'completed' || isUnderWay(snapshot)) reasons.push('NOT_COMPLETED');
  for (const name of ReferenceName.options) {
    const users = usedBy[name] ?? [];
    if (users.length > 0) reasons.push(reasonOf(name, users));
  }
  const { sharedWith = [], productCodes = [] } = snapshot.attributes ?? {};
  if (sharedWith.length > 0 && !reasons.includes('SHARED')) reasons.push('SHARED');
  if (productCodes.length > 0) reasons.push('HAS_PRODUCT_CODE');
  // Local to an Outpost: no Recycle Bin keeps it.
  if (snapshot.outpostArn !== null) reasons.push('ON_OUTPOST');
  // In a Local Zone: whether a Recycle Bin keeps it, and what it costs, AWS doesn't say.
  if (snapshot.zone !== null) reasons.push('IN_LOCAL_ZONE');
  // Somebody pays for having it out of the archive for a while.
  if (snapshot.restoredUntil !== null && !reasons.includes('RESTORED_FROM_ARCHIVE'))
    reasons.push('RESTORED_FROM_ARCHIVE');
  reasons.push(...new Set(readTags(KIND, tags).needs.map(({ reason }) => reason)));
  if (isProtectedByTag(tags, policy.protectTags, now)) reasons.push('PROTECTED_BY_TAG');
  if (gone === null && !isRealVolumeId(snapshot.volumeId)) reasons.push('COPY_ORIGIN_UNKNOWN');
  return reasons;
}

/** A source without a reason of its own: unknown means keep. */
function reasonOf(name: ReferenceName, users: readonly string[]): string {
  if (name === 'tier-changes' && users.every((user) => user === 'archival-in-progress'))
    return 'MOVING_TO_ARCHIVE';
  return REASON_BY_REFERENCE[name] ?? 'IN_USE';
}

function isUnderWay({ progress }: EbsSnapshot): boolean {
  return progress !== null && /^\d+%$/.test(progress) && progress !== '100%';
}

function unknownReasons(snapshot: EbsSnapshot): string[] {
  return [
    ...(snapshot.incompleteReferences.length > 0 ? ['REFERENCES_INCOMPLETE'] : []),
    ...(snapshot.startedAt === null ? ['AGE_UNKNOWN'] : []),
  ];
}

function isInUse(volume: Volume, incomplete: readonly ReferenceName[]): boolean {
  if (incomplete.includes('volumes')) return false;
  // Being created, or attached to what this listing doesn't show.
  if (volume.attachments.length === 0) return !UNATTACHED_VOLUME_STATES.has(volume.state);
  return volume.attachments.some((attachment) => holdsVolume(attachment, incomplete));
}

function holdsVolume(
  { instanceId, associatedResource, instanceState }: Attachment,
  incomplete: readonly ReferenceName[],
): boolean {
  // A volume attached to something AWS manages (a Fargate task) has no instance id.
  if (instanceId === null || associatedResource !== null) return true;
  if (instanceState === null) return !incomplete.includes('instances');
  return !RELEASING_INSTANCE_STATES.has(instanceState);
}
