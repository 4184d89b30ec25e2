import type { Guard } from '../../guard.ts';

const REMOVAL = ['volume-removal'];

/** What the copy of a volume, its deletion and its way back rest on. */
export const VOLUME_REMOVAL: readonly Guard[] = [
  {
    name: 'volume-copy-once',
    promise: 6,
    keeps: 'a second final copy of a volume is made where the first answer got lost',
    in: 'copyVolume',
    find: "if (State === 'pending' || State === 'completed') return { made: SnapshotId };",
    replace: 'if (SnapshotId === State) return { made: SnapshotId };',
    tests: REMOVAL,
  },
  {
    name: 'volume-copy-whole',
    promise: 4,
    keeps: 'a volume goes by a copy that is not completed, failed, or is about to be removed',
    in: 'fromCopy',
    find: "if (State === 'completed' && !isMarkedForRemoval(tagsOf(Tags))) whole.add(SnapshotId);",
    replace: 'if (tagsOf(Tags) && State) whole.add(SnapshotId);',
    tests: REMOVAL,
  },
  {
    name: 'volume-made-again-once',
    promise: 4,
    keeps: 'a second restore makes a second volume of the same copy',
    in: 'findAgain',
    find: "if (volume.State !== 'error' && volume.SnapshotId === made) return volumeId;",
    replace: 'if (volumeId === made) return volumeId;',
    tests: REMOVAL,
  },
  {
    name: 'volume-made-again-failed',
    promise: 6,
    keeps: 'a volume that failed when it was made again is told as restored',
    in: 'waitUntilMade',
    find: "if (state === 'error') throw notMade(volumeId);",
    replace: "if (state === 'error') return;",
    tests: REMOVAL,
  },
  {
    name: 'volume-in-use-refused',
    promise: 6,
    keeps: 'a volume that AWS did not delete, as something has it, is told as a failure',
    in: 'classifyVolumeRefusal',
    find: "return { outcome: 'PROTECTED', reason: 'IN_USE' };",
    replace: "return { outcome: 'FAILED' };",
    tests: REMOVAL,
  },
  {
    name: 'volume-refusal-not-known',
    promise: 3,
    keeps: 'a deletion is tried again on a guess',
    in: 'classifyVolumeRefusal',
    find: "return { outcome: errorClass === 'DENIED' ? 'DENIED' : 'FAILED' };",
    replace: "return { outcome: errorClass === 'DENIED' ? 'DENIED' : 'RETRY' };",
    tests: REMOVAL,
  },
  {
    name: 'volume-recheck-copied',
    promise: 3,
    keeps: 'a volume goes that is being copied at the second look',
    in: 'recheckVolumes',
    find: "const beingMade = await listedBy('status', ['creating']);",
    replace: 'const beingMade: typeof volumes = new Map();',
    tests: ['volume-recheck'],
  },
  {
    name: 'volume-keys-through-ec2',
    promise: 5,
    keeps: 'the restore role decrypts by itself what a volume may be made of',
    in: 'changeStatements',
    find: 'allow(resource, through, others),',
    replace: 'allow(resource, through && undefined, others),',
    tests: ['spoke/fences'],
  },
];
