import { add, type Amount, Amounts, mergeAmounts, NO_AMOUNT } from '../model/amount.ts';
import { ageBandOf } from '../model/age.ts';
import type { AdviceByCode, ExtraCharge, FreedWorth } from '../model/billing.ts';
import { adviceOfBoth, withAdvice } from '../outcome/advice.ts';
import { amountOfFreed, freedByKind, type WouldBeFreed } from '../prices/freeing.ts';
import type { KindCounts, ReasonsByVerdict, StaleWorth } from '../outcome/outcome.ts';
import type { Finding } from '../model/verdict.ts';
import { toStaleWorth, worthOfStale } from './worth.ts';

/** What counting needs of a finding: resources plainly in use are counted too, but not listed. */
export type Countable = Pick<
  Finding,
  | 'verdict'
  | 'reasons'
  | 'sizeGiB'
  | 'monthlyCostUsdUpTo'
  | 'remainingMonthlyCostUsdUpTo'
  | 'ageDays'
  | 'evidence'
  | 'advice'
>;

type Reasoned = Pick<KindCounts, 'resources' | 'reasonsByVerdict'>;
type TierCounts = KindCounts['staleByTier'][string];
type ExtraCounts = KindCounts['extraCharges'][string];
type Unproved = KindCounts['staleUnproved'];
type StaleAmount = StaleWorth & Pick<KindCounts, 'staleUnsharedMonthlyCostUsdUpTo'>;

interface CountedTier {
  readonly amounts: Amounts;
  stale: number;
  inMinimum: number;
  minimumUnknown: number;
}

export function emptyCounts(): KindCounts {
  return {
    resources: 0,
    verdicts: { STALE: 0, KEEP: 0, UNKNOWN: 0 },
    reasons: {},
    ...toStale(NO_AMOUNT),
    staleByTier: {},
    staleByAge: {},
    extraCharges: {},
  };
}

/** Counts the resources of one kind in one target, one by one: there may be a million. */
export class Counting {
  readonly #counts = emptyCounts();
  readonly #byVerdict: ReasonsByVerdict = {};
  #advice: AdviceByCode = {};
  #unproved: Unproved | undefined;
  readonly #stale = new Amounts();
  readonly #tiers = new Map<string, CountedTier>();
  readonly #now: Date;

  /** @param now for what is billed until some day, whatever becomes of it */
  constructor(now: Date) {
    this.#now = now;
  }

  add(resource: Countable): void {
    const counts = this.#counts;
    counts.resources += 1;
    counts.verdicts[resource.verdict] += 1;
    const ofVerdict = (this.#byVerdict[resource.verdict] ??= {});
    for (const reason of resource.reasons) {
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
      ofVerdict[reason] = (ofVerdict[reason] ?? 0) + 1;
    }
    for (const extra of resource.evidence.billing?.extraCharges ?? []) {
      const before = counts.extraCharges[extra.charge];
      const one = extraOf(extra);
      counts.extraCharges[extra.charge] = before === undefined ? one : mergeExtras(before, one);
    }
    if (resource.advice !== undefined) this.#advice = withAdvice(this.#advice, resource.advice);
    if (resource.verdict === 'STALE') this.#addStale(resource);
  }

  get total(): KindCounts {
    const tiers = [...this.#tiers].map(
      ([tier, { amounts, stale, inMinimum, minimumUnknown }]): [string, TierCounts] => [
        tier,
        { stale, inMinimum, ...ifAny(minimumUnknown), ...amounts.total },
      ],
    );
    return {
      ...this.#counts,
      ...(this.#counts.resources > 0 && { reasonsByVerdict: this.#byVerdict }),
      ...toStale(this.#stale.total),
      ...(this.#unproved && { staleUnproved: this.#unproved }),
      ...(Object.keys(this.#advice).length > 0 && { advice: this.#advice }),
      staleByTier: Object.fromEntries(tiers),
    };
  }

  #addStale(resource: Countable): void {
    const { billing } = resource.evidence;
    const group = billing?.sharesWith ?? undefined;
    this.#stale.add(resource, group);
    if (isUnproved(resource.evidence)) {
      const one = { resources: 1, monthlyCostUsdUpTo: resource.monthlyCostUsdUpTo ?? 0 };
      this.#unproved = unprovedOfBoth(this.#unproved, one);
    }
    const band = ageBandOf(resource.ageDays);
    this.#counts.staleByAge[band] = (this.#counts.staleByAge[band] ?? 0) + 1;
    if (billing === undefined) return;
    const { tier, minimumUntil, minimumUnknown } = billing;
    const of = this.#tiers.get(tier) ?? emptyTier();
    this.#tiers.set(tier, of);
    of.amounts.add(resource, group);
    of.stale += 1;
    if (minimumUntil !== undefined && Date.parse(minimumUntil) > this.#now.getTime())
      of.inMinimum += 1;
    if (minimumUnknown) of.minimumUnknown += 1;
  }
}

/** The counts of a kind with the money of what it frees in others. */
export function withFreed(counts: KindCounts, freed: readonly WouldBeFreed<unknown>[]): KindCounts {
  const frees = freedByKind(freed);
  if (frees === undefined) return counts;
  return { ...counts, ...toStale(mergeAmounts(ofStale(counts), amountOfFreed(freed))), frees };
}

/** Of different targets or kinds. Associative and commutative, with `emptyCounts()` as its identity. */
export function mergeCounts(a: KindCounts, b: KindCounts): KindCounts {
  return {
    resources: a.resources + b.resources,
    verdicts: {
      STALE: a.verdicts.STALE + b.verdicts.STALE,
      KEEP: a.verdicts.KEEP + b.verdicts.KEEP,
      UNKNOWN: a.verdicts.UNKNOWN + b.verdicts.UNKNOWN,
    },
    reasons: mergeTallies(a.reasons, b.reasons),
    ...reasonsOfBoth(a, b),
    ...adviceOfBoth(a, b),
    ...toStale(mergeAmounts(ofStale(a), ofStale(b))),
    ...unprovedOf(a, b),
    staleByTier: mergeRecords(a.staleByTier, b.staleByTier, mergeTiers),
    staleByAge: mergeTallies(a.staleByAge, b.staleByAge),
    extraCharges: mergeRecords(a.extraCharges, b.extraCharges, mergeExtras),
    ...freedOfBoth(a, b),
  };
}

/** What is freed in resources of other kinds: each of them counts with one holder alone. */
export function freedOfBoth(
  a: Pick<KindCounts, 'frees'>,
  b: Pick<KindCounts, 'frees'>,
): Pick<KindCounts, 'frees'> {
  if (a.frees === undefined && b.frees === undefined) return {};
  return { frees: mergeRecords(a.frees ?? {}, b.frees ?? {}, mergeFreed) };
}

/** Told only where they are of all that was counted: an older file's are not known by verdict. */
export function reasonsOfBoth(a: Reasoned, b: Reasoned): Pick<Reasoned, 'reasonsByVerdict'> {
  const known = [a, b].flatMap(({ resources, reasonsByVerdict }) =>
    resources === 0 ? [] : [reasonsByVerdict],
  );
  const [first, second = {}] = known;
  if (first === undefined || known.includes(undefined)) return {};
  return { reasonsByVerdict: mergeRecords(first, second, mergeTallies) };
}

/** Sums two tallies key by key, keys in ascending order. */
export function mergeTallies(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  return mergeRecords(a, b, (left, right) => left + right);
}

/** Merges two records key by key, keys in ascending order. */
export function mergeRecords<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  merge: (a: T, b: T) => T,
): Record<string, T> {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return Object.fromEntries(
    keys.map((key) => {
      const [left, right] = [a[key], b[key]];
      return [key, left === undefined ? right : right === undefined ? left : merge(left, right)];
    }),
  ) as Record<string, T>;
}

/** A question that would have kept it has no answer: not by the policy, which skips a source for all. */
function isUnproved({ unanswered = [], notLookedAt = [] }: Countable['evidence']): boolean {
  return unanswered.some((question) => notLookedAt.includes(question));
}

function unprovedOf(a: KindCounts, b: KindCounts): Pick<KindCounts, 'staleUnproved'> {
  const staleUnproved = unprovedOfBoth(a.staleUnproved, b.staleUnproved);
  return staleUnproved === undefined ? {} : { staleUnproved };
}

function unprovedOfBoth(a: Unproved, b: Unproved): Unproved {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    resources: a.resources + b.resources,
    monthlyCostUsdUpTo: add(a.monthlyCostUsdUpTo, b.monthlyCostUsdUpTo),
  };
}

function toStale(amount: Amount): StaleAmount {
  return {
    ...toStaleWorth(amount),
    staleUnsharedMonthlyCostUsdUpTo: amount.unsharedMonthlyCostUsdUpTo,
  };
}

function ofStale(counts: KindCounts): Amount {
  return {
    ...worthOfStale(counts),
    unsharedMonthlyCostUsdUpTo: counts.staleUnsharedMonthlyCostUsdUpTo,
  };
}

function emptyTier(): CountedTier {
  return { amounts: new Amounts(), stale: 0, inMinimum: 0, minimumUnknown: 0 };
}

function mergeTiers(a: TierCounts, b: TierCounts): TierCounts {
  return {
    stale: a.stale + b.stale,
    inMinimum: a.inMinimum + b.inMinimum,
    ...ifAny((a.minimumUnknown ?? 0) + (b.minimumUnknown ?? 0)),
    ...mergeAmounts(a, b),
  };
}

/** Left out where all are known, which is nearly always. */
function ifAny(minimumUnknown: number): Pick<TierCounts, 'minimumUnknown'> {
  return minimumUnknown > 0 ? { minimumUnknown } : {};
}

function extraOf({ units, monthlyCostUsdUpTo }: ExtraCharge): ExtraCounts {
  return {
    resources: 1,
    units,
    monthlyCostUsdUpTo: monthlyCostUsdUpTo ?? 0,
    unpricedUnits: monthlyCostUsdUpTo === null ? units : 0,
  };
}

function mergeFreed(a: FreedWorth, b: FreedWorth): FreedWorth {
  return {
    resources: a.resources + b.resources,
    monthlyCostUsdUpTo: add(a.monthlyCostUsdUpTo, b.monthlyCostUsdUpTo),
    unpriced: a.unpriced + b.unpriced,
  };
}

function mergeExtras(a: ExtraCounts, b: ExtraCounts): ExtraCounts {
  return {
    resources: a.resources + b.resources,
    units: a.units + b.units,
    monthlyCostUsdUpTo: add(a.monthlyCostUsdUpTo, b.monthlyCostUsdUpTo),
    unpricedUnits: a.unpricedUnits + b.unpricedUnits,
  };
}
