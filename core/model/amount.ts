import { z } from 'zod';

/** Bytes. */
export const GIB = 2 ** 30;

/** How many have neither a known price nor a size; 0 in older files, whose resources all have one. */
export const unpricedUnsized = z.int().min(0).default(0);

/** What some resources come to. What has a price and what has none are never one sum. */
export const Worth = z.strictObject({
  sizeGiB: z.number(),
  /** Over those whose price is known; the others are in `unpricedGiB` or `unpricedUnsized`. */
  monthlyCostUsdUpTo: z.number(),
  unpricedGiB: z.number(),
  unpricedUnsized,
});
export type Worth = Readonly<z.infer<typeof Worth>>;

/**
 * What many resources come to. Those that share data are billed for it once, and no listing tells
 * how much that is: of each group the largest counts, once (docs/adr/0036-cost-per-lineage.md).
 */
export interface Amount extends Worth {
  /** What it would cost if no two resources shared anything. */
  readonly unsharedMonthlyCostUsdUpTo: number;
}

export const NO_WORTH: Worth = {
  sizeGiB: 0,
  monthlyCostUsdUpTo: 0,
  unpricedGiB: 0,
  unpricedUnsized: 0,
};
export const NO_AMOUNT: Amount = { ...NO_WORTH, unsharedMonthlyCostUsdUpTo: 0 };

interface Sized {
  /** null: it has none. */
  readonly sizeGiB: number | null;
  /** null: no price is known. */
  readonly monthlyCostUsdUpTo: number | null;
  /** Still paid once it is removed; null: no price of that is known. Left out: nothing. */
  readonly remainingMonthlyCostUsdUpTo?: number | null | undefined;
}

/** Adds up resources one by one: there may be a million. */
export class Amounts {
  #total: Amount = NO_AMOUNT;
  readonly #largest = new Map<string, Worth>();

  /** @param group names all resources that share data with this one; undefined: it shares none */
  add(resource: Sized, group?: string): void {
    const before = (group === undefined ? undefined : this.#largest.get(group)) ?? NO_WORTH;
    const own = worthOf(resource);
    const after = combineWorth(before, own, Math.max);
    if (group !== undefined) this.#largest.set(group, after);
    this.#total = mergeAmounts(this.#total, {
      ...combineWorth(after, before, (now, then) => now - then),
      // Counted one by one, whatever they share.
      unpricedUnsized: own.unpricedUnsized,
      unsharedMonthlyCostUsdUpTo: own.monthlyCostUsdUpTo,
    });
  }

  /** From now on no resource shares data with one that was added before. */
  closeGroups(): void {
    this.#largest.clear();
  }

  get total(): Amount {
    return this.#total;
  }
}

/** Associative and commutative, with `NO_AMOUNT` as its identity. */
export function mergeAmounts(a: Amount, b: Amount): Amount {
  return {
    ...addWorth(a, b),
    unsharedMonthlyCostUsdUpTo: add(a.unsharedMonthlyCostUsdUpTo, b.unsharedMonthlyCostUsdUpTo),
  };
}

/** Associative and commutative, with `NO_WORTH` as its identity. */
export function addWorth(a: Worth, b: Worth): Worth {
  return combineWorth(a, b, add);
}

export function combineWorth(a: Worth, b: Worth, how: (a: number, b: number) => number): Worth {
  return {
    sizeGiB: how(a.sizeGiB, b.sizeGiB),
    monthlyCostUsdUpTo: how(a.monthlyCostUsdUpTo, b.monthlyCostUsdUpTo),
    unpricedGiB: how(a.unpricedGiB, b.unpricedGiB),
    unpricedUnsized: how(a.unpricedUnsized, b.unpricedUnsized),
  };
}

/** Of one resource: what is to be had of its cost. */
export function worthOf(resource: Sized): Worth {
  const { sizeGiB } = resource;
  const usd = netOf(resource);
  return {
    sizeGiB: onGrid(sizeGiB ?? 0),
    monthlyCostUsdUpTo: onGrid(usd ?? 0),
    unpricedGiB: usd === null ? onGrid(sizeGiB ?? 0) : 0,
    unpricedUnsized: usd === null && sizeGiB === null ? 1 : 0,
  };
}

/** Of what would cost more than before nothing is to be had; of two prices both have to be known. */
export function netOf({
  monthlyCostUsdUpTo,
  remainingMonthlyCostUsdUpTo = 0,
}: Sized): number | null {
  if (monthlyCostUsdUpTo === null || remainingMonthlyCostUsdUpTo === null) return null;
  return Math.max(0, monthlyCostUsdUpTo - remainingMonthlyCostUsdUpTo);
}

/** An order of sizes; what has none comes last. */
export function largestFirst(
  a: { readonly sizeGiB: number | null },
  b: { readonly sizeGiB: number | null },
): number {
  return (b.sizeGiB ?? -1) - (a.sizeGiB ?? -1);
}

/** An order: what costs most first, then what is largest. */
export function mostWorthFirst(a: Sized, b: Sized): number {
  return (b.monthlyCostUsdUpTo ?? 0) - (a.monthlyCostUsdUpTo ?? 0) || largestFirst(a, b);
}

/**
 * Adds GiB or USD on a grid of a millionth. Sums of plain floating-point numbers depend on their
 * order; on the grid they don't (up to about two thousand million).
 */
export function add(a: number, b: number): number {
  return onGrid(onGrid(a) + onGrid(b));
}

function onGrid(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
