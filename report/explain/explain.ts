import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { MeasuredLineage } from '../../core/measure/measured.ts';
import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { compare } from '../../core/model/order.ts';
import type { HeldRemoval, PlannedRemoval } from '../../core/plan/plan.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { RestoreLine } from '../../core/removal/restore.ts';
import type { Explanation, PlanInBrief, Trace } from './explanation.ts';
import { whyOf } from './why.ts';
import { resourceKey, type ResourceRef } from '../../core/model/ids.ts';

/** What the files of one execution hold about one id. */
export interface Mentions extends Pick<
  Trace,
  'executionId' | 'mode' | 'status' | 'startedAt' | 'approval' | 'unreadable'
> {
  readonly findings: readonly Finding[];
  readonly planned: readonly PlannedRemoval[];
  readonly held: readonly HeldRemoval[];
  readonly removals: readonly RemovalOutcome[];
  readonly restores: readonly RestoreLine[];
  /** Of any lineage. */
  readonly measured: readonly MeasuredLineage[];
  /** The plan as it holds in an account. */
  readonly planFor: (resource: ResourceRef) => PlanInBrief | null;
}

/** The resources that an id stands for, wherever any execution mentions it. */
export function resourcesOf(mentions: readonly Mentions[]): ResourceRef[] {
  const found = new Map<string, ResourceRef>();
  for (const { findings, planned, held, removals } of mentions) {
    for (const { kind, accountId, region, resourceId } of [
      findings,
      planned,
      held,
      removals,
    ].flat())
      found.set(resourceKey({ kind, accountId, region, resourceId }), {
        kind,
        accountId,
        region,
        resourceId,
      });
  }
  return [...found].toSorted(([a], [b]) => compare(a, b)).map(([, resource]) => resource);
}

/** Explains one resource from what all executions left, the newest first. */
export function explain(
  resource: ResourceRef,
  of: {
    readonly mentions: readonly Mentions[];
    /** By execution id; none where nothing is known of the resource's target. */
    readonly targets: ReadonlyMap<string, TargetOutcome>;
    readonly stale: Explanation['stale'];
    readonly words: WordsByKind;
  },
): Explanation {
  const traces = of.mentions
    .toSorted(newestFirst)
    .map((mentions) => traceOf(resource, mentions, of.targets.get(mentions.executionId) ?? null));
  return {
    ...resource,
    accountName: traces.find(({ target }) => target?.accountName)?.target?.accountName ?? null,
    stale: of.stale,
    measured: lastMeasured(
      resource,
      of.mentions.flatMap(({ measured }) => measured),
    ),
    executions: traces.map((trace) => ({ ...trace, why: whyOf(trace, resource.kind, of.words) })),
  };
}

function lastMeasured(
  { kind, accountId, region, resourceId }: ResourceRef,
  measured: readonly MeasuredLineage[],
): Explanation['measured'] {
  const last = measured
    .filter((one) => one.kind === kind && one.accountId === accountId && one.region === region)
    .filter(({ freed, stale, notMeasured }) => {
      const isLeftOut = notMeasured.some((one) => one.resourceId === resourceId);
      return freed !== null && stale.includes(resourceId) && !isLeftOut;
    })
    .toSorted((a, b) => compare(b.at, a.at))[0];
  if (last === undefined) return null;
  const { lineageId, stale, freed, freedButLastCopy, at } = last;
  return { lineageId, stale, freed, freedButLastCopy, at };
}

function traceOf(resource: ResourceRef, from: Mentions, target: TargetOutcome | null): Trace {
  const { executionId, mode, status, startedAt, approval, unreadable } = from;
  const about = <T extends ResourceRef>(all: readonly T[]) =>
    all.find((one) => resourceKey(one) === resourceKey(resource)) ?? null;
  return {
    executionId,
    mode,
    status,
    startedAt,
    target,
    finding: about(from.findings),
    plan: from.planFor(resource),
    approval,
    planned: about(from.planned),
    held: about(from.held),
    removal: about(from.removals),
    restores: [...from.restores],
    unreadable,
  };
}

function newestFirst(a: Mentions, b: Mentions): number {
  return compare(b.startedAt ?? '', a.startedAt ?? '') || compare(b.executionId, a.executionId);
}
