import type { Archetype } from '../archetype.ts';
import { archetype, attachedTo, available, keepYoung, stale } from '../archetype.ts';

const missing = stale('VOLUME_MISSING');
const notAttached = stale('VOLUME_NOT_ATTACHED');

/** Nothing refers to these and nothing protects them. */
export const STALE_ARCHETYPES: readonly Archetype[] = [
  archetype('volume-missing', {
    weight: 6,
    volume: 'missing',
    snapshots: [missing, missing, missing],
  }),
  archetype('volume-missing-last-copy', { weight: 4, volume: 'missing', snapshots: [missing] }),
  archetype('volume-missing-recently', {
    weight: 2,
    volume: 'missing',
    snapshots: [missing, missing, keepYoung([])],
  }),
  archetype('volume-unattached', {
    weight: 4,
    volume: available,
    snapshots: [notAttached, notAttached],
  }),
  archetype('volume-of-terminated-instance', {
    weight: 2,
    volume: attachedTo('terminated'),
    snapshots: [notAttached, notAttached],
  }),
  archetype('volume-of-shutting-down-instance', {
    volume: attachedTo('shutting-down'),
    snapshots: [notAttached],
  }),
  archetype('archived', {
    weight: 2,
    volume: 'missing',
    snapshots: [
      stale('VOLUME_MISSING', { storageTier: 'archive' }),
      stale('VOLUME_MISSING', { storageTier: 'archive' }),
      missing,
      missing,
    ],
  }),
  archetype('size-not-worked-out', {
    volume: 'missing',
    snapshots: [stale('VOLUME_MISSING', { fullSizeBytes: 0 })],
  }),
  archetype('smallest-and-largest', {
    volume: available,
    snapshots: [
      stale('VOLUME_NOT_ATTACHED', { sizeGiB: 1 }),
      stale('VOLUME_NOT_ATTACHED', { sizeGiB: 16_384 }),
    ],
  }),
  archetype('keep-until-past', {
    volume: 'missing',
    snapshots: [
      stale('VOLUME_MISSING', { tags: { 'orgsweep:keep-until': { dateInDays: -20 } } }),
      stale('VOLUME_MISSING', { tags: { 'orgsweep:keep-until': { dateInDays: -400 } } }),
    ],
  }),
  // Near misses of what protects: another value, another case, a prefix without its colon.
  archetype('almost-protected', {
    volume: 'missing',
    snapshots: [
      stale('VOLUME_MISSING', { tags: { Backup: 'no' } }),
      stale('VOLUME_MISSING', { tags: { Retained: 'true', Protect: 'orgsweep:protect' } }),
      stale('VOLUME_MISSING', { tags: { 'team:aws:backup': 'nightly', cluster: 'blue' } }),
      stale('VOLUME_MISSING', { description: 'Created by AWS Backup? no, by hand' }),
    ],
  }),
];
