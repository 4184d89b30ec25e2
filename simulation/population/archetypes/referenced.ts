import type { Archetype, UserShape } from '../archetype.ts';
import { archetype, available, keep, stale } from '../archetype.ts';

const missing = stale('VOLUME_MISSING');
const usedByTemplate = keep(['USED_BY_LAUNCH_TEMPLATE']);
const usedByEcs = keep(['USED_BY_ECS']);
const fastRestore = (
  ofSnapshot: number,
  zone: 'a' | 'b',
  state: Extract<UserShape, { by: 'fast-restore' }>['state'],
): UserShape => ({ by: 'fast-restore', ofSnapshot, zone, state });

/**
 * The volume is gone or unattached, and something other than an AMI needs the snapshot. Never
 * together with a reason to keep that is cheaper to find: then nobody has to look for these.
 */
export const REFERENCED_ARCHETYPES: readonly Archetype[] = [
  archetype('locked', {
    volume: 'missing',
    snapshots: [
      keep(['LOCKED'], { lock: 'governance' }),
      keep(['LOCKED'], { lock: 'compliance' }),
      keep(['LOCKED'], { lock: 'compliance-cooloff' }),
      missing,
    ],
  }),
  archetype('lock-expired', {
    volume: 'missing',
    snapshots: [stale('VOLUME_MISSING', { lock: 'expired' })],
  }),
  archetype('fast-restore', {
    volume: 'missing',
    snapshots: [
      keep(['FAST_RESTORE_ENABLED']),
      keep(['FAST_RESTORE_ENABLED']),
      keep(['FAST_RESTORE_ENABLED']),
      missing,
    ],
    // Of the first, one zone is off and the other still on.
    users: [
      fastRestore(0, 'a', 'disabled'),
      fastRestore(0, 'b', 'enabled'),
      fastRestore(1, 'a', 'enabling'),
      fastRestore(2, 'b', 'optimizing'),
    ],
  }),
  archetype('fast-restore-disabled', {
    volume: available,
    snapshots: [stale('VOLUME_NOT_ATTACHED')],
    users: [fastRestore(0, 'a', 'disabled'), fastRestore(0, 'b', 'disabled')],
  }),
  archetype('volume-in-recycle-bin', {
    volume: 'in-recycle-bin',
    snapshots: [keep(['VOLUME_IN_RECYCLE_BIN']), keep(['VOLUME_IN_RECYCLE_BIN'])],
  }),
  archetype('image-in-recycle-bin', {
    volume: 'missing',
    snapshots: [keep(['AMI_IN_RECYCLE_BIN'])],
    users: [{ by: 'image-in-recycle-bin' }],
  }),
  archetype('public', {
    volume: 'missing',
    snapshots: [keep(['SHARED'], { public: true }), missing],
  }),
  archetype('on-outpost', {
    volume: 'missing',
    snapshots: [keep(['ON_OUTPOST'], { onOutpost: true })],
  }),
  archetype('launch-template-old-version', {
    volume: 'missing',
    snapshots: [usedByTemplate, missing],
    users: [{ by: 'launch-template', versions: [[0], [], []] }],
  }),
  archetype('launch-template-default-version', {
    volume: available,
    snapshots: [usedByTemplate],
    users: [{ by: 'launch-template', versions: [[], [0], []], defaultVersion: 2 }],
  }),
  archetype('launch-template-latest-version', {
    volume: 'missing',
    snapshots: [usedByTemplate, usedByTemplate],
    users: [{ by: 'launch-template', versions: [[], [0, 1]], defaultVersion: 1 }],
  }),
  // Hidden unless IncludeManagedResources is true.
  archetype('managed-launch-template', {
    volume: 'missing',
    snapshots: [usedByTemplate],
    users: [{ by: 'launch-template', versions: [[0]], managedBy: 'eks.amazonaws.com' }],
  }),
  archetype('launch-configuration', {
    volume: 'missing',
    snapshots: [keep(['USED_BY_LAUNCH_CONFIGURATION']), missing],
    users: [{ by: 'launch-configuration', ofSnapshots: [0] }],
  }),
  archetype('ecs-service', {
    volume: 'missing',
    snapshots: [usedByEcs, missing],
    users: [{ by: 'ecs-service', deployments: [[0]] }],
  }),
  // Tasks of the older deployment are still started anew where one stops.
  archetype('ecs-older-deployment', {
    volume: available,
    snapshots: [usedByEcs],
    users: [{ by: 'ecs-service', deployments: [[], [0]] }],
  }),
  archetype('storage-gateway-volume', {
    volume: 'of-gateway',
    snapshots: [keep(['STORAGE_GATEWAY_VOLUME']), keep(['STORAGE_GATEWAY_VOLUME'])],
  }),
];

/**
 * What only a call per snapshot shows, so that it is looked for only in what a plan could remove:
 * everywhere else the snapshot counts as stale, and its truth holds for a plan alone. Never in a
 * population unless named.
 */
export const CLOSER_LOOK_ARCHETYPES: readonly Archetype[] = [
  archetype('shared-with-account', {
    weight: 0,
    volume: 'missing',
    snapshots: [keep(['SHARED'], { sharedWith: ['600700800901'] }), missing],
  }),
  archetype('product-code', {
    weight: 0,
    volume: 'missing',
    snapshots: [keep(['HAS_PRODUCT_CODE'], { productCodes: ['8pkgxy0gxhmrql2apyuz7dvbs'] })],
  }),
];
