import { largestFirst } from '../../../core/model/amount.ts';
import { worthOfFinding } from '../../../core/prices/worth-of-finding.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { compare } from '../../../core/model/order.ts';

type Ranked = Pick<Finding, 'verdict' | 'monthlyCostUsdUpTo' | 'frees' | 'sizeGiB' | 'resourceId'>;
/** The line as bytes of its own: a string cut out of a chunk would keep the whole chunk alive. */
type Entry = Ranked & { readonly line: Uint8Array };

const VERDICTS: readonly Finding['verdict'][] = ['STALE', 'UNKNOWN', 'KEEP'];

/** What is stale first, then what isn't known, then what a guard kept; the dearest of each first. */
export function dearestFirst(a: Ranked, b: Ranked): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    (worthOfFinding(b).usdUpTo ?? 0) - (worthOfFinding(a).usdUpTo ?? 0) ||
    largestFirst(a, b) ||
    compare(a.resourceId, b.resourceId)
  );
}

/**
 * The first findings of any number, without ever holding many more: `most` of them, and no more
 * than `mostBytes` of their lines (a snapshot may have 19 KB of tags).
 */
export class BestFindings {
  readonly #most: number;
  readonly #mostBytes: number;
  #entries: Entry[] = [];
  /** Once something was left out: what comes after this one is left out, too. */
  #last: Ranked | undefined;
  #bytes = 0;
  #seen = 0;

  constructor({ most, mostBytes }: { most: number; mostBytes: number }) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** @param lineOf asked only for what may be kept */
  add(finding: Ranked, lineOf: () => string): void {
    const { verdict, sizeGiB, resourceId } = finding;
    this.#seen += 1;
    if (this.#last !== undefined && dearestFirst(finding, this.#last) > 0) return;
    const bytes = Buffer.from(lineOf());
    // Its worth is held, and not each of what it frees.
    const { usdUpTo: monthlyCostUsdUpTo } = worthOfFinding(finding);
    this.#entries.push({ verdict, monthlyCostUsdUpTo, sizeGiB, resourceId, line: bytes });
    this.#bytes += bytes.length;
    // A quarter more than is kept, so that it isn't sorted for each one that comes.
    const isFull = this.#entries.length > this.#most * 1.25 || this.#bytes > this.#mostBytes * 1.25;
    if (isFull) this.#cut();
  }

  get seen(): number {
    return this.#seen;
  }

  /** The lines that were kept, in order. */
  *lines(): Generator<string> {
    this.#cut();
    for (const { line } of this.#entries) yield Buffer.from(line).toString();
  }

  #cut(): void {
    const kept: Entry[] = [];
    let bytes = 0;
    for (const entry of this.#entries.sort(dearestFirst)) {
      if (kept.length === this.#most || bytes + entry.line.length > this.#mostBytes) {
        this.#last = kept.at(-1);
        break;
      }
      kept.push(entry);
      bytes += entry.line.length;
    }
    this.#entries = kept;
    this.#bytes = bytes;
  }
}
