import type { Finding } from '../../../core/model/verdict.ts';
import { BestFindings } from './best-findings.ts';
import { type FindingAlone, rowAlone } from './finding-row.ts';

/**
 * A page that stays quick, and lines that fit into memory: 50,000 findings are some 4 MB of page.
 *
 * @internal A test goes just beyond it.
 */
export const FINDINGS_ON_PAGE = { most: 50_000, mostBytes: 64_000_000 };

/** Takes the findings of an execution one by one, and keeps those that its page shows. */
export class FindingsOnPage {
  readonly #best = new BestFindings(FINDINGS_ON_PAGE);
  readonly #accountNames: ReadonlyMap<string, string>;

  constructor(accountNames: ReadonlyMap<string, string>) {
    this.#accountNames = accountNames;
  }

  /** @param words its evidence, in sentences */
  add(finding: Finding, words: readonly string[]): void {
    const accountName = this.#accountNames.get(finding.accountId);
    this.#best.add(finding, () => JSON.stringify(rowAlone(finding, { accountName, words })));
  }

  /** How many there were in all. */
  get seen(): number {
    return this.#best.seen;
  }

  /** In the order of the page. One at a time: a line is smaller than what it is of. */
  *rows(): Generator<FindingAlone> {
    for (const line of this.#best.lines()) yield JSON.parse(line) as FindingAlone;
  }
}
