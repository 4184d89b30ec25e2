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

/** What there is of volumes in an account and Region besides themselves. */
class VolumeSurroundings {
  readonly modifications = new Map<string, SimModification>();
  readonly rootReplacements = new Map<string, SimRootReplacement>();
}

export const VOLUME_SURROUNDINGS = new PerEstate(() => new VolumeSurroundings());
