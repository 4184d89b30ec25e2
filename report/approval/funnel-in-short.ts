import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { Funnel, Stage } from '../../core/summary/funnel/funnel.ts';
import { countPlan, type PlanCounts } from '../../core/summary/plan-counts.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { countOfKinds } from '../format/noun.ts';
import { stagesLeft } from '../funnel/stages.ts';
import { STAGE_LABEL } from '../words/stage-words.ts';
import { amountAndUnpriced, moneyCells } from '../words/worth-words.ts';

/** A line of the way from what is unused to what a plan deletes. */
export interface FunnelLine {
  readonly what: string;
  readonly stage: Stage;
  /** "24 snapshots", or "3 volumes and 24 snapshots" */
  readonly count: string;
  /** Of several kinds, whose GiB don't add up. */
  readonly isSum: boolean;
}

/**
 * Where everything unused stands when people are asked: worked out from the plan alone, whose digest
 * they decide on.
 *
 * @param counts of a plan with files beside it
 */
export function funnelInShort(
  plan: Plan,
  words: WordsByKind,
  { funnel }: Pick<PlanCounts, 'funnel'> = countPlan(plan),
): FunnelLine[] {
  const { kinds } = funnel;
  const all = stagesOf(funnel.total(), plan, words);
  const byKind = Object.entries(funnel.byKind()).map(
    ([kind, of]) => [kind, stagesOf(of, plan, words)] as const,
  );
  const countOf = (i: number, { resources }: Stage) => {
    const each = byKind.flatMap(([kind, lines]) => {
      const own = lines[i]?.[1].resources ?? 0;
      return own === 0 ? [] : [countOfKinds(own, [kind], words)];
    });
    return each.length === 0 ? countOfKinds(resources, kinds, words) : each.join(' and ');
  };
  return all
    .map(([what, stage], i) => ({ what, stage, count: countOf(i, stage), isSum: kinds.length > 1 }))
    .filter(({ stage }, i) => stage.resources > 0 || i === 0 || i === all.length - 1);
}

function stagesOf(of: Funnel, { createdAt: now }: Plan, words: WordsByKind): [string, Stage][] {
  const left = stagesLeft(of, { now, words, isDeletion: true, areStepsTaken: false });
  return [
    [STAGE_LABEL.unused, of.stale],
    ...left.map(({ label, of }): [string, Stage] => [label, of]),
  ];
}

/** "Unused: 1,806 snapshots, 10 TiB, up to $10,350 a month" */
export function funnelLineInWords({ what, stage, count, isSum }: FunnelLine): string {
  if (stage.resources === 0) return `${what}: none`;
  if (isSum) return `${what}: ${count}, ${moneyCells(stage).filter(Boolean).join(', ')}`;
  return `${what}: ${count}, ${amountAndUnpriced(stage)}`;
}
