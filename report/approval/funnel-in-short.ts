import type { WordsByKind } from '../../core/words/kind-words.ts';
import type { Stage } from '../../core/summary/funnel/funnel.ts';
import { countPlan, type PlanCounts } from '../../core/summary/plan-counts.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { countOfKinds } from '../format/noun.ts';
import { graceLabel, STAGE_LABEL } from '../words/stage-words.ts';
import { amountAndUnpriced } from '../words/worth-words.ts';

/** A line of the way from what is unused to what a plan deletes. */
export interface FunnelLine {
  readonly what: string;
  readonly stage: Stage;
  /** "24 snapshots" */
  readonly count: string;
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
  const { stale, inGrace, waiting, needsDecision, removable } = funnel.total();
  const { kinds } = funnel;
  const lines: [string, Stage][] = [
    ['Unused', stale],
    [graceLabel(inGrace, plan.createdAt), inGrace],
    [STAGE_LABEL.waiting, waiting],
    [STAGE_LABEL.needsDecision, needsDecision],
    [STAGE_LABEL.planned, removable],
  ];
  return lines
    .filter(([, { resources }], i) => resources > 0 || i === 0 || i === lines.length - 1)
    .map(([what, stage]) => ({
      what,
      stage,
      count: countOfKinds(stage.resources, kinds, words),
    }));
}

/** "Unused: 1,806 snapshots, 10 TiB, up to $10,350 a month" */
export function funnelLineInWords({ what, stage, count }: FunnelLine): string {
  if (stage.resources === 0) return `${what}: none`;
  return `${what}: ${count}, ${amountAndUnpriced(stage)}`;
}
