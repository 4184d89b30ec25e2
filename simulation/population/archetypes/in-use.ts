import type { Archetype } from '../archetype.ts';
import { archetype, attachedTo, keep, keepYoung } from '../archetype.ts';

const inUse = keep(['IN_USE']);
const inUseYoung = keepYoung(['IN_USE']);

/** The volume exists and something runs, or could run again, on it. */
export const IN_USE_ARCHETYPES: readonly Archetype[] = [
  archetype('volume-of-running-instance', {
    weight: 9,
    volume: attachedTo('running'),
    snapshots: [inUse, inUse, inUseYoung],
  }),
  archetype('volume-of-stopped-instance', {
    weight: 3,
    volume: attachedTo('stopped'),
    snapshots: [inUse, inUse],
  }),
  // Beside both lie a launch template, a launch configuration and an ECS service of no snapshot.
  archetype('volume-of-pending-instance', {
    volume: attachedTo('pending'),
    snapshots: [inUse],
    users: [{ by: 'launch-template', versions: [[], []] }],
  }),
  archetype('volume-of-stopping-instance', {
    volume: attachedTo('stopping'),
    snapshots: [inUse],
    users: [
      { by: 'launch-configuration', ofSnapshots: [] },
      { by: 'ecs-service', deployments: [[]] },
    ],
  }),
  archetype('volume-being-attached', {
    volume: {
      attachments: [{ to: 'instance', instanceState: 'running', state: 'attaching' }],
    },
    snapshots: [inUse],
  }),
  archetype('volume-busy-detaching', {
    volume: { attachments: [{ to: 'instance', instanceState: 'stopped', state: 'busy' }] },
    snapshots: [inUse],
  }),
  // Multi-Attach: one of the two instances is gone, the other still runs on the volume.
  archetype('multi-attach-volume', {
    volume: attachedTo('terminated', 'running'),
    snapshots: [inUse, inUseYoung],
  }),
  // EKS Auto Mode: volume and instance are hidden unless IncludeManagedResources is true.
  archetype('managed-volume', {
    weight: 2,
    volume: {
      managedBy: 'eks.amazonaws.com',
      attachments: [{ to: 'instance', instanceState: 'running', managedBy: 'eks.amazonaws.com' }],
    },
    snapshots: [inUse, inUse],
  }),
  // The volume is visible and its instance isn't: hidden must not read as gone.
  archetype('volume-of-managed-instance', {
    volume: {
      attachments: [{ to: 'instance', instanceState: 'running', managedBy: 'eks.amazonaws.com' }],
    },
    snapshots: [inUse],
  }),
  // ECS attaches a task's volume with no instance id at all.
  archetype('volume-of-ecs-task', {
    volume: {
      managedBy: 'ecs.amazonaws.com',
      attachments: [
        { to: 'service', associatedResource: 'task/payments', owner: 'ecs.amazonaws.com' },
      ],
    },
    snapshots: [inUse, inUse],
  }),
  archetype('visible-volume-of-ecs-task', {
    volume: {
      attachments: [
        { to: 'service', associatedResource: 'task/reports', owner: 'ecs.amazonaws.com' },
      ],
    },
    snapshots: [inUse],
  }),
  archetype('volume-of-unlisted-instance', {
    volume: { attachments: [{ to: 'unlisted-instance' }] },
    snapshots: [inUse],
  }),
  archetype('in-use-with-image', {
    weight: 2,
    volume: attachedTo('running'),
    snapshots: [keep(['IN_USE', 'USED_BY_AMI']), inUse],
    images: [{ state: 'available', ofSnapshots: [0] }],
  }),
  archetype('in-use-locked', {
    volume: attachedTo('running'),
    snapshots: [keep(['IN_USE', 'LOCKED'], { lock: 'governance' })],
  }),
  archetype('in-use-backed-up', {
    volume: attachedTo('running'),
    snapshots: [
      keep(['IN_USE', 'MANAGED_BY_AWS_BACKUP'], {
        tags: { 'aws:backup:source-resource': { arnOf: 'volume' } },
      }),
      keepYoung(['IN_USE', 'MANAGED_BY_AWS_BACKUP'], {
        tags: { 'aws:backup:source-resource': { arnOf: 'volume' } },
      }),
    ],
  }),
];
