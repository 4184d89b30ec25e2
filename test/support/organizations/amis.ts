import type { Ami } from '../../../kinds/ami/facts.ts';
import { daysAgo } from './snapshots.ts';

/** Facts of an AMI that is stale under the default policy, but for what is given. */
export function anAmi(over: Partial<Ami> = {}): Ami {
  return {
    imageId: 'ami-0123456789abcdef0',
    ownerId: '111122223333',
    ownerAlias: null,
    name: 'reports-before-the-move',
    description: '',
    state: 'available',
    imageType: 'machine',
    createdAt: daysAgo(900),
    lastLaunchedAt: daysAgo(300),
    deprecatedAt: null,
    isPublic: false,
    publicSsmParameter: null,
    deregistrationProtection: 'disabled',
    productCodes: [],
    sourceImageId: null,
    sourceImageRegion: null,
    sourceInstanceId: null,
    watermarks: [],
    rootDeviceType: 'ebs',
    virtualizationType: 'hvm',
    bootMode: null,
    architecture: 'x86_64',
    platform: 'Linux/UNIX',
    tags: {},
    snapshots: [],
    billed: {},
    family: null,
    usedBy: {},
    sharedWith: [],
    allowedAmis: 'disabled',
    incompleteReferences: [],
    notLookedAt: [],
    notOffered: [],
    ...over,
  };
}
