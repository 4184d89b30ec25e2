/** Bytes. */
export const GIB = 2 ** 30;

/**
 * What many resources come to. Those that share data are billed for it once, and no listing tells
 * how much that is: of each group the largest counts, once (docs/adr/0036-cost-per-lineage.md).
 */
export interface Amount {
  readonly sizeGiB: number;
  /** Of what has a price; `unpricedGiB` is the others'. */
  readonly monthlyCostUsdUpTo: number;
  readonly unpricedGiB: number;
  /** What it would cost if no two resources shared anything. */
  readonly unsharedMonthlyCostUsdUpTo: number;
}

export const NO_AMOUNT: Amount = {
  sizeGiB: 0,
  monthlyCostUsdUpTo: 0,
  unpricedGiB: 0,
  unsharedMonthlyCostUsdUpTo: 0,
};

interface Sized {
  readonly sizeGiB: number;
  readonly monthlyCostUsdUpTo: number | null;
}

/** Adds up resources one by one: there may be a million. */
export class Amounts {
  #total: Amount = NO_AMOUNT;
  readonly #largest = new Map<string, Amount>();

  /** @param group names all resources that share data with this one; undefined: it shares none */
  add(resource: Sized, group?: string): void {
    const before = (group === undefined ? undefined : this.#largest.get(group)) ?? NO_AMOUNT;
    const after = group === undefined ? amountOf(resource) : largest(before, amountOf(resource));
    if (group !== undefined) this.#largest.set(group, after);
    this.#total = mergeAmounts(this.#total, {
      sizeGiB: after.sizeGiB - before.sizeGiB,
      monthlyCostUsdUpTo: after.monthlyCostUsdUpTo - before.monthlyCostUsdUpTo,
      unpricedGiB: after.unpricedGiB - before.unpricedGiB,
      unsharedMonthlyCostUsdUpTo: resource.monthlyCostUsdUpTo ?? 0,
    });
  }

  get total(): Amount {
    return this.#total;
  }
}

/** Associative and commutative, with `NO_AMOUNT` as its identity. */
export function mergeAmounts(a: Amount, b: Amount): Amount {
  return {
    sizeGiB: add(a.sizeGiB, b.sizeGiB),
    monthlyCostUsdUpTo: add(a.monthlyCostUsdUpTo, b.monthlyCostUsdUpTo),
    unpricedGiB: add(a.unpricedGiB, b.unpricedGiB),
    unsharedMonthlyCostUsdUpTo: add(a.unsharedMonthlyCostUsdUpTo, b.unsharedMonthlyCostUsdUpTo),
  };
}

/**
 * Adds GiB or USD on a grid of a millionth. Sums of plain floating-point numbers depend on their
 * order; on the grid they don't (up to about two thousand million).
 */
export function add(a: number, b: number): number {
  return onGrid(onGrid(a) + onGrid(b));
}

function amountOf({ sizeGiB, monthlyCostUsdUpTo }: Sized): Amount {
  return {
    sizeGiB: onGrid(sizeGiB),
    monthlyCostUsdUpTo: onGrid(monthlyCostUsdUpTo ?? 0),
    unpricedGiB: monthlyCostUsdUpTo === null ? onGrid(sizeGiB) : 0,
    unsharedMonthlyCostUsdUpTo: 0,
  };
}

function largest(a: Amount, b: Amount): Amount {
  return {
    sizeGiB: Math.max(a.sizeGiB, b.sizeGiB),
    monthlyCostUsdUpTo: Math.max(a.monthlyCostUsdUpTo, b.monthlyCostUsdUpTo),
    unpricedGiB: Math.max(a.unpricedGiB, b.unpricedGiB),
    unsharedMonthlyCostUsdUpTo: 0,
  };
}

function onGrid(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
