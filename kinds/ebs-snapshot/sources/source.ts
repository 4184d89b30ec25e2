import type { Look, ReferenceSource } from '../../kind.ts';
import type { ReferenceName } from '../facts.ts';
import type { ListedSnapshot } from '../listing.ts';

type SnapshotsById = ReadonlyMap<string, ListedSnapshot>;

/** One place that may refer to snapshots; a snapshot that it refers to is kept. */
export interface Source extends Omit<ReferenceSource, 'reason'> {
  readonly name: ReferenceName;
  /** `candidates`: it costs calls for each thing it lists, so it is read only where some remain. */
  readonly readFor: 'all' | 'candidates';
  /** A Recycle Bin: what leaves it, or gets into it, does so into or out of another source. */
  readonly isRecycleBin?: true;
  /** Whether it can name snapshots of another account, shared with this one. */
  readonly crossesAccounts: boolean;
  /** The service it belongs to, as AWS's list of services by Region names it, if not every Region has it. */
  readonly service?: string;
  /**
   * All that may refer to these snapshots, to its end. What refers to none of them may be among it.
   *
   * @throws whatever ends the listing before its end
   */
  list(asked: Asked): AsyncIterable<Referrer>;
}

export interface Asked {
  readonly look: Look;
  readonly snapshots: SnapshotsById;
  /** Few enough snapshots to ask by filter, where the source has one for them. */
  readonly isBatch: boolean;
}

/** One thing of a source, named as people know it, and the snapshots it refers to. */
export interface Referrer {
  readonly by: string;
  readonly snapshotIds: readonly string[];
}
