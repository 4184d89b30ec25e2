import type { WordsByKind } from '../../core/words/kind-words.ts';
import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import { type Funnel, funnelOf, type Stage } from '../../core/summary/funnel.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { countOfKinds } from '../format/noun.ts';
import { graceLabel, STAGE_LABEL } from '../words/stage-words.ts';
import { toStaleWorth } from '../../core/summary/worth.ts';
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
 */
export function funnelInShort(plan: Plan, words: WordsByKind): FunnelLine[] {
  const funnel = funnelOfPlan(plan);
  const { stale, inGrace, waiting, needsDecision, removable } = funnel;
  const kinds = [...new Set([...plan.removals, ...plan.held].map(({ kind }) => kind))];
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

function funnelOfPlan(plan: Plan): Funnel {
  const held = plan.held.filter(({ held: reasons }) => !reasons.includes('NOT_STALE_NOW'));
  const all = [
    ...plan.removals,
    ...held.map((one) => ({ ...one, monthlyCostUsdUpTo: one.monthlyCostUsdUpTo ?? null })),
  ];
  const amount = amountOfRemovals(all);
  const counts = {
    verdicts: { STALE: all.length, KEEP: 0, UNKNOWN: 0 },
    ...toStaleWorth(amount),
  };
  return funnelOf({ counts, plan, removals: [] });
}
