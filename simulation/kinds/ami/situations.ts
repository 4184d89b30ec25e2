import type { SimImage } from '../../model/image.ts';
import { PLACES, type SimPlaceName } from '../ami-users/places.ts';
import type { SimTruth } from '../kind.ts';

/**
 * A situation that an AMI is found in, and what must become of it: written down beside it, never
 * computed. What is kept, exactly one thing keeps.
 */
export interface AmiSituation extends Pick<SimTruth, 'verdict' | 'reasons'> {
  readonly name: string;
  /** What comes after the name that tells several apart; left out: nothing, and so it is of no family. */
  readonly build?: string;
  /** Left out: 400. */
  readonly ageDays?: number;
  /** null: AWS recorded no launch. Left out: null. */
  readonly launchedDaysAgo?: number | null;
  /** `lastLaunchedAt` and the like are said above. */
  readonly image?: Omit<Partial<SimImage>, 'imageId' | 'ownerId' | 'name' | 'lastLaunchedAt'>;
  /** Until how many days from now it is deprecated, or since when. */
  readonly deprecatedDaysAgo?: number;
  readonly besides?:
    /** An instance was launched from it. */
    | { readonly by: 'instance'; readonly state: 'running' | 'stopped' | 'terminated' }
    /** Something names it, and has launched nothing from it. */
    | { readonly by: 'place'; readonly place: SimPlaceName }
    /** It has the snapshots of one of the account's retired AMIs. */
    | { readonly by: 'snapshots-of-retired'; readonly which: number };
}

function stale(name: string, more: Partial<AmiSituation> = {}): AmiSituation {
  return { name, verdict: 'STALE', reasons: ['AMI_NEVER_LAUNCHED'], ...more };
}

function kept(name: string, reason: string, more: Partial<AmiSituation> = {}): AmiSituation {
  return { name, verdict: 'KEEP', reasons: [reason], ...more };
}

function tagged(name: string, reason: string, tags: Record<string, string>): AmiSituation {
  return kept(name, reason, { image: { tags } });
}

const NOT_LAUNCHED = { reasons: ['AMI_NOT_LAUNCHED_SINCE'] };
const FAILED = { reasons: ['AMI_FAILED'] };

const STALE: readonly AmiSituation[] = [
  stale('never-launched'),
  stale('launched-long-ago', { ...NOT_LAUNCHED, launchedDaysAgo: 700, ageDays: 900 }),
  stale('launched-half-a-year-ago', { ...NOT_LAUNCHED, launchedDaysAgo: 181 }),
  stale('deprecated', { deprecatedDaysAgo: 30 }),
  stale('disabled', { image: { state: 'disabled' } }),
  stale('failed', { ...FAILED, image: { state: 'failed' } }),
  stale('error', { ...FAILED, image: { state: 'error' } }),
  stale('invalid', { ...FAILED, image: { state: 'invalid' } }),
  stale('older', { build: '-2025-01-02', ageDays: 500 }),
  stale('shares', { besides: { by: 'snapshots-of-retired', which: 0 } }),
  stale('copied', { image: { source: { imageId: 'ami-0d1c0b0a090807060', region: 'eu-west-1' } } }),
  stale('watermarked', { image: { watermarks: ['hardened-base'] } }),
  stale('of-a-stack', { image: { tags: { 'aws:cloudformation:stack-name': 'images' } } }),
  stale('of-what-is-gone', { besides: { by: 'instance', state: 'terminated' } }),
];

const IN_USE: readonly AmiSituation[] = [
  kept('runs', 'USED_BY_INSTANCE', { besides: { by: 'instance', state: 'running' } }),
  kept('stopped', 'USED_BY_INSTANCE', { besides: { by: 'instance', state: 'stopped' } }),
  kept('launched-less-than-half-a-year-ago', 'LAUNCHED_LATELY', { launchedDaysAgo: 179 }),
  // Its snapshots are those of one that is unused.
  kept('shares-and-launched', 'LAUNCHED_LATELY', {
    launchedDaysAgo: 20,
    besides: { by: 'snapshots-of-retired', which: 1 },
  }),
  kept('older', 'NEWEST_OF_FAMILY', { build: '-2025-06-02', ageDays: 400 }),
  // The newest can't be launched: what comes after it is needed too.
  kept('half-disabled', 'NEWEST_OF_FAMILY', { build: '-1', ageDays: 500 }),
  kept('half-disabled', 'NEWEST_OF_FAMILY', {
    ...{ build: '-2', ageDays: 300 },
    image: { state: 'disabled' },
  }),
];

const OF_OTHERS: readonly AmiSituation[] = [
  kept('public', 'SHARED', { image: { isPublic: true } }),
  kept('shared', 'SHARED', { image: { sharedWith: ['210000000099'] } }),
  kept('shared-with-a-unit', 'SHARED', {
    image: { sharedWith: ['arn:aws:organizations::210000000001:ou/o-acme/ou-ab12-partner'] },
  }),
  kept('public-parameter', 'PUBLIC_SSM_PARAMETER', {
    image: { publicSsmParameter: '/aws/service/acme/appliance/latest' },
  }),
  kept('sold', 'HAS_PRODUCT_CODE', { image: { productCodes: ['4i20ezfza3p7xx2kt2g8weu2u'] } }),
  kept('in-a-vault', 'MANAGED_BY_AWS_BACKUP', { image: { ownerAlias: 'aws-backup-vault' } }),
  kept('AwsBackup_of-an-instance', 'MANAGED_BY_AWS_BACKUP'),
  tagged('of-backup', 'MANAGED_BY_AWS_BACKUP', { 'aws:backup:source-resource': 'i-0' }),
  tagged('of-dlm', 'MANAGED_BY_DLM', { 'aws:dlm:lifecycle-policy-id': 'policy-0f1e2d3c4b5a69788' }),
  tagged('of-mgn', 'MANAGED_BY_MGN', {
    AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com',
  }),
  tagged('of-image-builder', 'MANAGED_BY_AWS_SERVICE', { CreatedBy: 'EC2 Image Builder' }),
  tagged('of-a-cluster', 'MANAGED_BY_KUBERNETES', { 'kubernetes.io/cluster/blue': 'owned' }),
  tagged('unknown-tag', 'UNKNOWN_AWS_TAG', { 'aws:new-service:id': 'x' }),
  tagged('protected', 'PROTECTED_BY_TAG', { 'orgsweep:protect': 'audit 2031' }),
];

const SPECIAL: readonly AmiSituation[] = [
  kept('locked', 'LOCKED', {
    image: { deregistrationProtection: 'enabled-without-cooldown' },
  }),
  kept('cooling-down', 'LOCKED', {
    image: { deregistrationProtection: 'disabled after 2026-12-01T10:00:00.000Z' },
  }),
  kept('in-s-three', 'INSTANCE_STORE', { image: { rootDeviceType: 'instance-store' } }),
  kept('kernel', 'NO_MACHINE_IMAGE', { image: { imageType: 'kernel' } }),
  kept('being-made', 'NOT_READY', { image: { state: 'pending' } }),
  kept('young', 'TOO_YOUNG', { ageDays: 60 }),
  {
    ...{ name: 'before-launches-were-recorded', verdict: 'UNKNOWN' },
    ...{ reasons: ['LAUNCHES_UNKNOWN'], ageDays: 4_000 },
  },
];

const NAMED: readonly AmiSituation[] = (Object.keys(PLACES) as SimPlaceName[]).map((place) =>
  kept(`named-by-${place}`, PLACES[place].reason, { besides: { by: 'place', place } }),
);

export const AMI_SITUATIONS: readonly AmiSituation[] = [
  ...STALE,
  ...IN_USE,
  ...OF_OTHERS,
  ...SPECIAL,
  ...NAMED,
];
