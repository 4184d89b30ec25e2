import type { VerdictName } from '../../core/model/verdict.ts';

/** What of a finding its worth is counted by. */
export interface Countable {
  readonly verdict: VerdictName;
  readonly kind: string;
  readonly accountId: string;
  readonly region: string;
  readonly sizeGiB: number | null;
  /** null: no price is known. */
  readonly usdUpTo: number | null;
  /** How many others its money is of; null: its own. */
  readonly freed: number | null;
  /** '': it shares no data. */
  readonly sharesWith: string;
}

export interface WorthOfChosen {
  readonly verdict: VerdictName;
  readonly count: number;
  /** A month, an upper bound, over what has a known price. */
  readonly usdUpTo: number;
  readonly unpricedGiB: number;
  /** How many have neither a price nor a size. */
  readonly unpricedUnsized: number;
  /** How many only free others, whose money counts with those. */
  readonly freeing: number;
  /** What those others come to: too much, where two free the same. */
  readonly freeingUsdUpTo: number;
  readonly giBByKind: ReadonlyMap<string, number>;
}

const VERDICTS: readonly VerdictName[] = ['STALE', 'UNKNOWN', 'KEEP'];

/**
 * What findings come to, by verdict: as the totals of an execution are counted, so of what shares data
 * the largest, once (docs/adr/0036-cost-per-lineage.md). What has no price is never added to money.
 */
export function worthOfChosen(chosen: readonly Countable[]): WorthOfChosen[] {
  return VERDICTS.flatMap((verdict) => {
    const of = chosen.filter((one) => one.verdict === verdict);
    return of.length === 0 ? [] : [{ verdict, count: of.length, ...worthOf(of) }];
  });
}

function worthOf(of: readonly Countable[]): Omit<WorthOfChosen, 'verdict' | 'count'> {
  const [usd, unpriced, freed] = [new LargestOfEach(), new LargestOfEach(), new LargestOfEach()];
  const sizes = new Map<string, LargestOfEach>();
  let [freeing, unpricedUnsized] = [0, 0];
  for (const one of of) {
    const { kind, sizeGiB, sharesWith, accountId, region } = one;
    const group = sharesWith === '' ? '' : `${accountId}/${region}/${kind}:${sharesWith}`;
    const size = sizes.get(kind) ?? new LargestOfEach();
    sizes.set(kind, size);
    size.add(sizeGiB ?? 0, group);
    if (one.freed !== null) {
      freeing += 1;
      freed.add(one.usdUpTo ?? 0, '');
    } else if (one.usdUpTo !== null) usd.add(one.usdUpTo, group);
    else if (sizeGiB !== null) unpriced.add(sizeGiB, group);
    else unpricedUnsized += 1;
  }
  const giBByKind = [...sizes].map(([kind, size]) => [kind, size.total] as const);
  return {
    ...{ usdUpTo: usd.total, unpricedGiB: unpriced.total, unpricedUnsized, freeing },
    freeingUsdUpTo: freed.total,
    giBByKind: new Map(giBByKind.filter(([, giB]) => giB > 0)),
  };
}

/** A sum in millionths, which doesn't depend on its order. */
class LargestOfEach {
  #millionths = 0;
  readonly #largest = new Map<string, number>();

  add(value: number, group: string): void {
    const own = Math.round(value * 1e6);
    const before = group === '' ? 0 : (this.#largest.get(group) ?? 0);
    if (own <= before) return;
    this.#millionths += own - before;
    if (group !== '') this.#largest.set(group, own);
  }

  get total(): number {
    return this.#millionths / 1e6;
  }
}
