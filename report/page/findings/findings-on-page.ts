import { shorten } from '../markup/text.ts';
import type { Advice } from '../../../core/model/billing.ts';
import type { ResourceRef } from '../../../core/model/ids.ts';
import { compare } from '../../../core/model/order.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { BestFindings } from './best-findings.ts';
import { type FindingAlone, rowAlone, type Unit } from './finding-row.ts';

/**
 * A page that stays quick, and lines that fit into memory: 50,000 findings are some 4 MB of page.
 *
 * @internal A test goes just beyond it.
 */
export const FINDINGS_ON_PAGE = { most: 50_000, mostBytes: 64_000_000 };

/** A short list: all of them are in `findings.csv`. */
const MOST_ADVISED = 25;

/** One piece of advice on one resource. */
export interface Advised extends ResourceRef, Advice {
  readonly accountName: string;
}

/** What the page says of an account. */
export interface AccountOnPage {
  readonly name: string;
  /** Undefined: it isn't known in which it is, or there is no organization. */
  readonly unit?: Unit | undefined;
}

/** Takes the findings of an execution one by one, and keeps those that its page shows. */
export class FindingsOnPage {
  readonly #best = new BestFindings(FINDINGS_ON_PAGE);
  readonly #accounts: ReadonlyMap<string, AccountOnPage>;
  #advised: Advised[] = [];

  constructor(accounts: ReadonlyMap<string, AccountOnPage>) {
    this.#accounts = accounts;
  }

  /** @param words its evidence, in sentences */
  add(finding: Finding, words: readonly string[]): void {
    const { name: accountName, unit } = this.#accounts.get(finding.accountId) ?? {};
    if (finding.advice !== undefined) this.#advise(finding, accountName);
    this.#best.add(finding, () => JSON.stringify(rowAlone(finding, { accountName, unit, words })));
  }

  #advise({ advice = [], ...of }: Finding, name = ''): void {
    const { kind, accountId, region, resourceId } = of;
    const ref = { kind, accountId, region, resourceId, accountName: shorten(name) };
    this.#advised.push(...advice.map((one) => ({ ...ref, ...one })));
    // A quarter of the time is enough: there may be a million.
    if (this.#advised.length > MOST_ADVISED * 4) this.#advised = this.advised;
  }

  /** What costs most more than it must, the first of it. */
  get advised(): Advised[] {
    return this.#advised
      .toSorted(
        (a, b) =>
          (b.monthlySavingUsdUpTo ?? -1) - (a.monthlySavingUsdUpTo ?? -1) ||
          compare(a.resourceId, b.resourceId) ||
          compare(a.code, b.code),
      )
      .slice(0, MOST_ADVISED);
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
