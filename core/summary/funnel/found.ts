import { addWorth } from '../../model/amount.ts';
import type { WordsByKind } from '../../words/kind-words.ts';
import type { StaleWorth } from '../../outcome/outcome.ts';
import { worthOfStale } from '../worth.ts';
import type { FunnelCount } from './funnel-count.ts';
import { EMPTY_STAGE, type Funnel, type FunnelByKind, type Stage } from './funnel.ts';

/**
 * What was found stale, of all kinds and of each, and where it stands. What is only reported is in no
 * plan, and is told all the same: people ask how much is unused, and get one answer.
 */
export function funnelsOf(
  counted: FunnelCount,
  {
    byKind,
  }: { readonly byKind: Readonly<Record<string, StaleWorth & { readonly stale: number }>> },
  words: WordsByKind = {},
): { readonly funnel: Funnel; readonly funnelByKind: FunnelByKind } {
  const found = Object.entries(byKind).map(
    ([kind, share]) => [kind, { resources: share.stale, ...worthOfStale(share) }] as const,
  );
  const isReported = (kind: string) => words[kind]?.isOnlyReported === true;
  const stages = found.map(([, of]) => of);
  const reported = found.filter(([kind]) => isReported(kind)).map(([, of]) => of);
  const each = Object.entries(counted.byKind(new Map(found)));
  return {
    funnel: withReported(counted.total(sumOf(stages)), sumOf(reported)),
    funnelByKind: Object.fromEntries(
      each.map(([kind, of]) => [kind, isReported(kind) ? withReported(of, of.stale) : of]),
    ),
  };
}

function withReported(funnel: Funnel, onlyReported: Stage): Funnel {
  return { ...funnel, ...(onlyReported.resources > 0 && { onlyReported }) };
}

function sumOf(stages: readonly Stage[]): Stage {
  return stages.reduce(
    (sum, of) => ({ resources: sum.resources + of.resources, ...addWorth(sum, of) }),
    EMPTY_STAGE,
  );
}
