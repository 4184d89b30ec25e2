import type { SimActor } from '../../model/deletions.ts';
import type { SimVolume } from '../../model/organization.ts';
import { PerEstate } from '../../model/per-estate.ts';

/** A change of a volume's size, type or performance. */
export interface SimModification {
  readonly volumeId: string;
  readonly startedAt: Date;
  /** From then on it is `optimizing`. */
  readonly optimizingFrom: Date;
  /** Left out: it goes on. From then on it is `completed`. */
  readonly endedAt?: Date;
}

/** A replacement of an instance's root volume. EC2 doesn't say which volume was replaced. */
export interface SimRootReplacement {
  readonly taskId: string;
  readonly instanceId: string;
  readonly startedAt: Date;
  /** Left out: it goes on. */
  readonly endedAt?: Date;
  readonly deletesReplacedVolume: boolean;
}

/** One deletion by a call; it stays on record when the volume is restored. */
interface SimVolumeDeletion {
  /** As it was then. */
  readonly volume: SimVolume;
  readonly at: Date;
  readonly by: SimActor;
  /** What needed it at that instant. */
  readonly neededBy: readonly string[];
  /** Left out: the Recycle Bin didn't keep it. */
  readonly restorableUntil?: Date;
}

/** What there is of volumes in an account and Region besides themselves. */
class VolumeSurroundings {
  readonly modifications = new Map<string, SimModification>();
  readonly rootReplacements = new Map<string, SimRootReplacement>();
  /** In their order. */
  readonly deletions: SimVolumeDeletion[] = [];
  /** By the client token that asked for it, the volume. */
  readonly tokens = new Map<string, string>();
  /** How many snapshots and volumes calls have made. */
  made = 0;
}

export const VOLUME_SURROUNDINGS = new PerEstate(() => new VolumeSurroundings());
