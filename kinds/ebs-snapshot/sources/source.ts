import type { Look, ReferenceSource } from '../../kind.ts';
import type { Referrer, Source } from '../../listings/listing.ts';
import type { ReferenceName } from '../facts.ts';
import type { ListedSnapshot } from '../listing.ts';

type SnapshotsById = ReadonlyMap<string, ListedSnapshot>;

/** One place that may refer to snapshots; a snapshot that it refers to is kept. */
export interface SnapshotSource<T> extends Source<T, ReferenceName> {
  readonly awsRefuses: ReferenceSource['awsRefuses'];
  /** `candidates`: it costs calls for each thing it lists, so it is read only where some remain. */
  readonly readFor: 'all' | 'candidates';
  /** A Recycle Bin: what leaves it, or gets into it, does so into or out of another source. */
  readonly isRecycleBin?: true;
  /** The keys by which it means a snapshot; left out: by its id. */
  keysOf?(snapshot: ListedSnapshot): readonly string[];
  /**
   * What may refer to so few snapshots, asked for by filter; left out: there is none, and the whole is
   * read. What refers to none of them may be among it.
   */
  listFor?(asked: Asked): AsyncIterable<T>;
}

export interface Asked {
  readonly look: Look;
  readonly snapshots: SnapshotsById;
  /** The AMIs that these snapshots were made for, as far as anything says so. */
  readonly originAmis: ReadonlySet<string>;
  /** Few enough snapshots to ask by filter, where the source has one for them. */
  readonly isBatch: boolean;
}

/** What the block devices of something name. */
export function snapshotsOfDevices(
  devices: readonly {
    readonly Ebs?: { readonly SnapshotId?: string | undefined } | undefined;
  }[] = [],
): Referrer['keys'] {
  return devices.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
}
