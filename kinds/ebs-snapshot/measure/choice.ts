import type { LineageToMeasure } from '../../../core/measure/measurable.ts';
import { requestsFor } from './estimate.ts';
import { lineageKey, type MeasuredLineage } from '../../../core/measure/measured.ts';

/** Fewer say nothing of the others. */
const ENOUGH_MEASURED = 3;
/** What ended a measurement that had used up what was allowed. */
const BOUND_REACHED = 'RequestBoundReached';

/** What earlier measurements tell of those to come. */
export interface Experience {
  /** Requests that a lineage has taken and that weren't enough, by its key. */
  readonly inVain: ReadonlyMap<string, number>;
  /** What lineages took, as a part of the most they could have; null: too few were measured. */
  readonly share: number | null;
  readonly measured: number;
}

export function experienceOf(
  lineages: readonly LineageToMeasure[],
  lines: readonly MeasuredLineage[],
): Experience {
  const byKey = new Map(lineages.map((lineage) => [lineageKey(lineage), lineage]));
  const measured = lines.filter(({ outcome, requests }) => outcome === 'MEASURED' && requests > 0);
  const known = measured.flatMap((line) => {
    const lineage = byKey.get(lineageKey(line));
    return lineage === undefined ? [] : [{ took: line.requests, ...requestsFor(lineage) }];
  });
  const took = known.reduce((sum, one) => sum + one.took, 0);
  const most = known.reduce((sum, one) => sum + one.atMost, 0);
  return {
    inVain: new Map(
      lines
        .filter(({ failure }) => failure?.code === BOUND_REACHED)
        .map((line) => [lineageKey(line), line.requests]),
    ),
    share: known.length < ENOUGH_MEASURED || most === 0 ? null : Math.min(1, took / most),
    measured: known.length,
  };
}

/** Chosen to be measured, and left out as they don't fit in what is allowed; both dearest first. */
export interface Choice {
  readonly chosen: readonly LineageToMeasure[];
  readonly leftOut: readonly { readonly lineage: LineageToMeasure; readonly needs: number }[];
}

/**
 * The dearest lineages that may fit in what is allowed, so that it isn't spent on one that can't be
 * measured to the end with it.
 *
 * @param isKnown whether one is measured already: it takes nothing
 */
export function chooseLineages(
  lineages: readonly LineageToMeasure[],
  of: {
    readonly top: number;
    readonly maxRequests: number;
    readonly experience: Experience;
    readonly isKnown: (lineage: LineageToMeasure) => boolean;
  },
): Choice {
  const chosen: LineageToMeasure[] = [];
  const leftOut: { lineage: LineageToMeasure; needs: number }[] = [];
  let room = of.maxRequests;
  for (const lineage of lineages) {
    if (chosen.length === of.top) break;
    const needs = of.isKnown(lineage) ? 0 : requestsNeeded(lineage, of.experience);
    if (needs <= room) chosen.push(lineage);
    else leftOut.push({ lineage, needs });
    room -= needs <= room ? needs : 0;
  }
  return { chosen, leftOut };
}

/** The least that it can take, and what it is likely to take where anything tells. */
function requestsNeeded(lineage: LineageToMeasure, { inVain, share }: Experience): number {
  const { atLeast } = requestsFor(lineage);
  const tried = inVain.get(lineageKey(lineage));
  return Math.max(
    atLeast,
    tried === undefined ? 0 : tried + 1,
    share === null ? 0 : likelyRequests(lineage, share),
  );
}

function likelyRequests(lineage: LineageToMeasure, share: number): number {
  const { atLeast, atMost } = requestsFor(lineage);
  return Math.max(atLeast, Math.round(atMost * share));
}

/** What measuring these is likely to take, by those measured before; null: nothing tells. */
export function likelyInAll(
  lineages: readonly LineageToMeasure[],
  { share }: Experience,
  maxRequests: number,
): number | null {
  if (share === null) return null;
  const all = lineages.reduce((sum, lineage) => sum + likelyRequests(lineage, share), 0);
  return Math.min(all, maxRequests);
}

/** Where not all can be sure of their requests, those that take least are first: more get measured. */
export function smallestFirst(lineages: readonly LineageToMeasure[]): LineageToMeasure[] {
  return lineages.toSorted((a, b) => requestsFor(a).atMost - requestsFor(b).atMost);
}
