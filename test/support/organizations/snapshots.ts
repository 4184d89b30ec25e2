import { Policy } from '../../../core/input/input.ts';
import type { Attachment, EbsSnapshot, Volume } from '../../../kinds/ebs-snapshot/facts.ts';

export const NOW = new Date('2026-11-21T12:00:00.000Z');
const DAY_MS = 86_400_000;

/** The policy of an empty execution input, but for what is given. */
export function aPolicy(over: Partial<Policy> = {}): Policy {
  return { ...Policy.parse({}), ...over };
}

export function daysAgo(days: number): string {
  return new Date(NOW.getTime() - days * DAY_MS).toISOString();
}

/** Facts of a snapshot that is stale under the default policy, but for what is given. */
export function aSnapshot(over: Partial<EbsSnapshot> = {}): EbsSnapshot {
  return {
    snapshotId: 'snap-0123456789abcdef0',
    accountId: '111122223333',
    ownerId: '111122223333',
    volumeId: 'vol-0123456789abcdef0',
    state: 'completed',
    startedAt: daysAgo(400),
    sizeGiB: 100,
    fullSizeBytes: null,
    storageTier: 'standard',
    archivedAt: null,
    encrypted: false,
    description: '',
    transferType: null,
    tags: {},
    volume: null,
    outpostArn: null,
    zone: null,
    restoredUntil: null,
    progress: null,
    stateMessage: null,
    kmsKeyId: null,
    usedBy: {},
    attributes: null,
    completedOfVolume: [over.snapshotId ?? 'snap-0123456789abcdef0'],
    set: null,
    incompleteReferences: [],
    notLookedAt: [],
    ...over,
  };
}

/** The volume of `aSnapshot`: in use where it has attachments. */
export function aVolume(...attachments: Attachment[]): Volume {
  const state = attachments.length > 0 ? 'in-use' : 'available';
  return { volumeId: 'vol-0123456789abcdef0', state, attachments };
}

/** Attached to a running instance, but for what is given. */
export function anAttachment(over: Partial<Attachment> = {}): Attachment {
  return {
    instanceId: 'i-0123456789abcdef0',
    associatedResource: null,
    owningService: null,
    state: 'attached',
    instanceState: 'running',
    ...over,
  };
}
