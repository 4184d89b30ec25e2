import { groupBy } from '../model/group-by.ts';
import { lineageKey, type NotInMeasure } from './measured.ts';
import { compare, mostOf, oldestFirst } from '../model/order.ts';
import type { ResourceRef } from '../model/ids.ts';

/** A stale resource whose part in its lineage can be measured, or why it can't. */
export interface Candidate extends Readonly<ResourceRef> {
  readonly startedAt: string | null;
  /** null: it belongs to nothing that is known. */
  readonly lineage: { readonly id: string; readonly size: number } | null;
  /** What it takes at most. */
  readonly upToBytes: number;
  readonly upToUsd: number | null;
  readonly reason: NotInMeasure['reason'] | null;
}

/** What can be measured at once: the stale resources of one lineage, oldest first. */
export interface LineageToMeasure {
  readonly kind: string;
  readonly accountId: string;
  readonly region: string;
  readonly lineageId: string;
  /** How many it had in all, when they were listed. */
  readonly size: number;
  readonly stale: readonly Candidate[];
  readonly notMeasured: readonly NotInMeasure[];
}

/** Lineages that can be measured, what may cost most first; and stale resources of none of them. */
export function groupByLineage(candidates: Iterable<Candidate>): {
  readonly lineages: LineageToMeasure[];
  readonly without: NotInMeasure[];
} {
  const ofLineages: Candidate[] = [];
  const without: NotInMeasure[] = [];
  for (const candidate of candidates) {
    const { lineage, resourceId, reason } = candidate;
    if (lineage === null) without.push({ resourceId, reason: reason ?? 'NO_LINEAGE' });
    else ofLineages.push(candidate);
  }
  const lineages = groupBy(ofLineages, (candidate) =>
    lineageKey({ ...candidate, lineageId: candidate.lineage?.id ?? '' }),
  ).map(toLineage);
  const isMeasurable = ({ stale }: LineageToMeasure) => stale.length > 0;
  for (const { notMeasured } of lineages.filter((one) => !isMeasurable(one)))
    for (const one of notMeasured) without.push(one);
  return { lineages: lineages.filter(isMeasurable).toSorted(dearestFirst), without };
}

function toLineage(group: readonly Candidate[]): LineageToMeasure {
  const [first] = group as [Candidate];
  const { kind, accountId, region } = first;
  return {
    ...{ kind, accountId, region },
    lineageId: first.lineage?.id ?? '',
    size: mostOf(group.map(({ lineage }) => lineage?.size ?? 0)),
    stale: group.filter(({ reason }) => reason === null).toSorted(oldestFirst),
    notMeasured: group.flatMap(({ resourceId, reason }) =>
      reason === null ? [] : [{ resourceId, reason }],
    ),
  };
}

/** By cost where there is a price; what has none comes after, by size. */
function dearestFirst(a: LineageToMeasure, b: LineageToMeasure): number {
  const [ofA, ofB] = [upTo(a), upTo(b)];
  return (
    (ofB.monthlyCostUsd ?? -1) - (ofA.monthlyCostUsd ?? -1) ||
    ofB.bytes - ofA.bytes ||
    compare(lineageKey(a), lineageKey(b))
  );
}

/** What the report counts with: of what shares data, the largest, once (ADR 36). */
export function reported({ stale }: Pick<LineageToMeasure, 'stale'>) {
  const priced = stale.flatMap(({ upToUsd }) => (upToUsd === null ? [] : [upToUsd]));
  return {
    bytes: Math.max(0, mostOf(stale.map(({ upToBytes }) => upToBytes))),
    monthlyCostUsd: priced.length === stale.length ? Math.max(0, mostOf(priced)) : null,
  };
}

/** What they can take at most: all of them together, as if none shared anything. */
export function upTo({ stale }: Pick<LineageToMeasure, 'stale'>) {
  const bytes = stale.reduce((sum, { upToBytes }) => sum + upToBytes, 0);
  const isPriced = stale.every(({ upToUsd }) => upToUsd !== null);
  const usd = stale.reduce((sum, { upToUsd }) => sum + (upToUsd ?? 0), 0);
  return { bytes, monthlyCostUsd: isPriced ? roundCents(usd) : null };
}

function roundCents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
