/**
 * Where executions leave their files: a folder, or the hub's bucket. Keys are `/`-separated.
 *
 * Every write is atomic: a reader sees the whole old object or the whole new one.
 */
export interface Store {
  /** The object, or undefined when there is none. Any other trouble is thrown. */
  get(key: string): Promise<StoredObject | undefined>;
  /**
   * Writes an object and returns its new version.
   *
   * @throws {StoreConflict} when `condition` doesn't hold
   */
  put(key: string, body: string, condition?: PutCondition): Promise<string>;
  /** The object's lines, streamed. @throws when there is no such object */
  lines(key: string): AsyncIterable<string>;
  /** Writes one line each, streamed; nothing is visible under `key` until all are written. */
  writeLines(key: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void>;
  /** All keys that begin with `prefix`, in ascending order; those behind `after` only. */
  list(prefix: string, after?: string): AsyncIterable<string>;
  /** Where a person finds the object: a file path, or an `s3://` address. */
  locationOf(key: string): string;
}

export interface StoredObject {
  body: string;
  /** Opaque; equal exactly while the object is unchanged. */
  version: string;
}

/** `absent`: only if there is no such object. `version`: only if it still is the one that was read. */
export type PutCondition = { absent: true } | { version: string };

/** The condition of a `put` didn't hold: somebody else was first. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}
