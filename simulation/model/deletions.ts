import type { SimSnapshot } from './snapshot.ts';

/** Who changed something: a caller of the simulation's services, or somebody else in the account. */
export interface SimActor {
  readonly role: 'hub' | 'discovery' | 'deletion' | 'restore' | 'another user';
  readonly accessKeyId?: string;
}

export const ANOTHER_USER: SimActor = { role: 'another user' };

/** One deletion of a snapshot; it stays on record when the snapshot is restored. */
export interface SimDeletion {
  /** As it was then. */
  readonly snapshot: SimSnapshot;
  readonly at: Date;
  readonly by: SimActor;
  /** What needed it at that instant: `needsOf` before it was deleted. */
  readonly neededBy: readonly string[];
  /** Omitted: the Recycle Bin didn't keep it. */
  readonly restorableUntil?: Date;
}
