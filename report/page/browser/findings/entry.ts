import type { KindWords } from '../../../../core/words/kind-words.ts';
import type { Filterable } from '../../../findings/finding-filter.ts';
import { searchedText } from '../../findings/searched-text.ts';
import type { FindingRow } from '../../findings/finding-row.ts';

/** A finding with what it is filtered by; what is searched is put together when it is first needed. */
export class Entry implements Filterable {
  readonly row: FindingRow;
  /** The words of its kind. */
  readonly own: KindWords | undefined;
  readonly accountId: string;
  readonly unitId: string | null;
  readonly region: string;
  readonly kind: string;
  readonly reasons: readonly string[];
  readonly next: readonly string[];
  readonly verdict: FindingRow['verdict'];
  readonly tags: FindingRow['tags'];
  readonly ageDays: number | null;
  readonly sizeGiB: number | null;
  readonly usdUpTo: number | null;
  #text: string | undefined;

  constructor(row: FindingRow, own: KindWords | undefined) {
    this.row = row;
    this.own = own;
    this.accountId = row.accountId;
    this.unitId = row.unitId === '' ? null : row.unitId;
    this.region = row.region;
    this.kind = row.kind;
    this.reasons = row.reasons;
    this.next = row.fate.codes;
    this.verdict = row.verdict;
    this.tags = row.tags;
    this.ageDays = row.ageDays;
    this.sizeGiB = row.sizeGiB;
    this.usdUpTo = row.usdUpTo;
  }

  get text(): string {
    this.#text ??= searchedText(this.row, this.own, this.tags);
    return this.#text;
  }
}
