import type { Archetype, SnapshotShape } from '../archetype.ts';
import { archetype, available, keep, keepYoung, stale } from '../archetype.ts';

const taggedBy = (reason: string, tags: NonNullable<SnapshotShape['tags']>) =>
  keep([reason], { tags });

/** The volume is gone or unattached; something else keeps the snapshot. */
export const GUARDED_ARCHETYPES: readonly Archetype[] = [
  archetype('young', { weight: 3, volume: 'missing', snapshots: [keepYoung([]), keepYoung([])] }),
  archetype('young-of-unattached-volume', { volume: available, snapshots: [keepYoung([])] }),
  archetype('image', {
    weight: 3,
    volume: 'missing',
    snapshots: [keep(['USED_BY_AMI']), stale('VOLUME_MISSING')],
    images: [{ state: 'available', ofSnapshots: [0] }],
  }),
  archetype('disabled-image', {
    weight: 2,
    volume: 'missing',
    snapshots: [keep(['USED_BY_AMI'])],
    images: [{ state: 'disabled', ofSnapshots: [0] }],
  }),
  archetype('two-images', {
    volume: available,
    snapshots: [keep(['USED_BY_AMI']), keep(['USED_BY_AMI'])],
    images: [
      { state: 'available', ofSnapshots: [0] },
      { state: 'disabled', ofSnapshots: [0, 1] },
    ],
  }),
  archetype('young-image', {
    volume: 'missing',
    snapshots: [keepYoung(['USED_BY_AMI'])],
    images: [{ state: 'available', ofSnapshots: [0] }],
  }),
  archetype('backup', {
    weight: 2,
    volume: 'missing',
    snapshots: [
      taggedBy('MANAGED_BY_AWS_BACKUP', { 'aws:backup:source-resource': { arnOf: 'volume' } }),
      taggedBy('MANAGED_BY_AWS_BACKUP', { 'aws:backup:source-resource': { arnOf: 'volume' } }),
    ],
  }),
  archetype('lifecycle-manager', {
    weight: 2,
    volume: 'missing',
    snapshots: [
      taggedBy('MANAGED_BY_DLM', {
        'aws:dlm:lifecycle-policy-id': 'policy-0a1b2c3d4e5f60718',
        'aws:dlm:lifecycle-schedule-name': 'daily',
        'dlm:managed': 'true',
      }),
      taggedBy('MANAGED_BY_DLM', {
        'aws:dlm:lifecycle-policy-id': 'policy-0a1b2c3d4e5f60718',
        'aws:dlm:lifecycle-schedule-name': 'daily',
      }),
      taggedBy('MANAGED_BY_DLM', { 'dlm:managed': 'true' }),
    ],
  }),
  archetype('kubernetes', {
    weight: 2,
    volume: 'missing',
    snapshots: [
      taggedBy('MANAGED_BY_KUBERNETES', { 'ebs.csi.aws.com/cluster': 'true' }),
      taggedBy('MANAGED_BY_KUBERNETES', { CSIVolumeSnapshotName: 'snapshot-5d0c7f1e' }),
      taggedBy('MANAGED_BY_KUBERNETES', { 'velero.io/backup': 'nightly-20240401' }),
    ],
  }),
  archetype('disaster-recovery', {
    volume: 'missing',
    snapshots: [
      taggedBy('MANAGED_BY_DRS', { AWSElasticDisasterRecoveryManaged: 'drs.amazonaws.com' }),
    ],
  }),
  archetype('copy-long-id', {
    weight: 2,
    volume: 'vol-ffffffff',
    snapshots: [
      keep(['COPY_ORIGIN_UNKNOWN'], { transferType: 'standard' }),
      keep(['COPY_ORIGIN_UNKNOWN'], { transferType: 'time-based' }),
    ],
  }),
  archetype('copy-short-id', {
    volume: 'vol-ffff',
    snapshots: [keep(['COPY_ORIGIN_UNKNOWN'], { transferType: 'standard' })],
  }),
  archetype('young-copy', {
    volume: 'vol-ffffffff',
    snapshots: [keepYoung(['COPY_ORIGIN_UNKNOWN'], { transferType: 'standard' })],
  }),
  archetype('not-completed', {
    volume: 'missing',
    snapshots: [
      keep(['NOT_COMPLETED'], { state: 'error', fullSizeBytes: 0 }),
      keep(['NOT_COMPLETED'], { state: 'pending', fullSizeBytes: 0 }),
      keepYoung(['NOT_COMPLETED'], { state: 'pending', fullSizeBytes: 0 }),
    ],
  }),
  archetype('protected', {
    weight: 2,
    volume: 'missing',
    snapshots: [
      taggedBy('PROTECTED_BY_TAG', { 'orgsweep:protect': 'audit 2031' }),
      taggedBy('PROTECTED_BY_TAG', { 'orgsweep:protect': '' }),
      taggedBy('PROTECTED_BY_TAG', { 'orgsweep:keep-until': { dateInDays: 200 } }),
      stale('VOLUME_MISSING'),
    ],
  }),
  archetype('protected-by-deployment', {
    volume: available,
    snapshots: [
      taggedBy('PROTECTED_BY_TAG', { Retain: '' }),
      taggedBy('PROTECTED_BY_TAG', { Backup: 'yes' }),
    ],
  }),
  archetype('protected-locked', {
    volume: 'missing',
    snapshots: [
      keep(['PROTECTED_BY_TAG', 'LOCKED'], {
        lock: 'compliance',
        tags: { 'orgsweep:protect': 'yes' },
      }),
    ],
  }),
  archetype('backup-with-image-protected', {
    volume: 'missing',
    snapshots: [
      keep(['USED_BY_AMI', 'MANAGED_BY_AWS_BACKUP', 'PROTECTED_BY_TAG'], {
        tags: { 'aws:backup:source-resource': { arnOf: 'volume' }, Retain: 'legal' },
      }),
    ],
    images: [{ state: 'available', ofSnapshots: [0] }],
  }),
];
