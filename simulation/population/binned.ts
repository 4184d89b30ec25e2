import type { SimPage } from '../model/page.ts';
import type { SimSnapshot } from '../model/snapshot.ts';
import type { SimBinnedSnapshot, SimRetentionRule } from '../model/recycle-bin.ts';
import { exitTime } from '../model/recycle-bin.ts';
import { pageOf } from './snapshots/changed-shelf.ts';

/** What lies in the Recycle Bin of one estate. A place in it is never given to anything else. */
export class Binned {
  rules: readonly SimRetentionRule[];
  readonly #entries: (SimBinnedSnapshot | undefined)[] = [];
  readonly #positions = new Map<string, number>();
  readonly #now: () => Date;

  constructor(rules: readonly SimRetentionRule[], now: () => Date) {
    this.rules = rules;
    this.#now = now;
  }

  /** Takes in what a rule keeps, and says until when; undefined when none does. */
  keep(snapshot: SimSnapshot): Date | undefined {
    const enteredAt = this.#now();
    const exitsAt = exitTime(this.rules, { tags: snapshot.tags, now: enteredAt });
    if (exitsAt === undefined) return undefined;
    this.#positions.set(snapshot.snapshotId, this.#entries.length);
    this.#entries.push({ snapshot, enteredAt, exitsAt });
    return exitsAt;
  }

  find(id: string): SimBinnedSnapshot | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#at(position);
  }

  /** @throws for a snapshot that isn't in the bin */
  take(id: string): SimSnapshot {
    const position = this.#positions.get(id);
    const entry = position === undefined ? undefined : this.#at(position);
    if (position === undefined || entry === undefined) {
      throw new Error(`no snapshot ${id} in the Recycle Bin`);
    }
    this.#entries[position] = undefined;
    this.#positions.delete(id);
    return entry.snapshot;
  }

  page(from: number, limit: number): SimPage<SimBinnedSnapshot> {
    const span = { count: this.#entries.length, from, limit };
    return pageOf(span, (position) => this.#at(position));
  }

  all(): readonly SimBinnedSnapshot[] {
    return this.#entries.flatMap((_, position) => this.#at(position) ?? []);
  }

  #at(position: number): SimBinnedSnapshot | undefined {
    const entry = this.#entries[position];
    return entry !== undefined && entry.exitsAt > this.#now() ? entry : undefined;
  }
}
