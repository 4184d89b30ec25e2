import type { Finding } from '../core/verdict.ts';
import { compare } from '../core/order.ts';

type Ranked = Pick<Finding, 'verdict' | 'monthlyCostUsdUpTo' | 'sizeGiB' | 'resourceId'>;
type Entry = Ranked & { readonly line: string };

const VERDICTS: readonly Finding['verdict'][] = ['STALE', 'UNKNOWN', 'KEEP'];

/** What is stale first, then what isn't known, then what a guard kept; the dearest of each first. */
export function dearestFirst(a: Ranked, b: Ranked): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    (b.monthlyCostUsdUpTo ?? 0) - (a.monthlyCostUsdUpTo ?? 0) ||
    b.sizeGiB - a.sizeGiB ||
    compare(a.resourceId, b.resourceId)
  );
}

/**
 * The first findings of any number, without ever holding many more: `most` of them, and no more
 * than `mostCharacters` of their lines (a snapshot may have 19 KB of tags).
 */
export class BestFindings {
  readonly #most: number;
  readonly #mostCharacters: number;
  #entries: Entry[] = [];
  #characters = 0;
  #seen = 0;

  constructor({ most, mostCharacters }: { most: number; mostCharacters: number }) {
    this.#most = most;
    this.#mostCharacters = mostCharacters;
  }

  add(finding: Ranked, line: string): void {
    const { verdict, monthlyCostUsdUpTo, sizeGiB, resourceId } = finding;
    this.#seen += 1;
    this.#entries.push({ verdict, monthlyCostUsdUpTo, sizeGiB, resourceId, line });
    this.#characters += line.length;
    // A quarter more than is kept, so that it isn't sorted for each one that comes.
    const isFull =
      this.#entries.length > this.#most * 1.25 || this.#characters > this.#mostCharacters * 1.25;
    if (isFull) this.#cut();
  }

  get seen(): number {
    return this.#seen;
  }

  /** The lines that were kept, in order. */
  lines(): readonly string[] {
    this.#cut();
    return this.#entries.map(({ line }) => line);
  }

  #cut(): void {
    const kept: Entry[] = [];
    let characters = 0;
    for (const entry of this.#entries.sort(dearestFirst)) {
      if (kept.length === this.#most || characters + entry.line.length > this.#mostCharacters)
        break;
      kept.push(entry);
      characters += entry.line.length;
    }
    this.#entries = kept;
    this.#characters = characters;
  }
}
