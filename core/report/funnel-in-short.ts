import { amountOfRemovals } from '../amount-of-removals.ts';
import { type Funnel, funnelOf, type Stage } from '../funnel.ts';
import type { Plan } from '../plan.ts';
import { day } from './dates.ts';
import { moneyInShort } from './approval-question.ts';
import { formatCount, formatSize } from './money.ts';

/** A line of the way from what is unused to what a plan deletes. */
export interface FunnelLine {
  readonly what: string;
  readonly stage: Stage;
}

/**
 * Where everything unused stands when people are asked: worked out from the plan alone, whose digest
 * they decide on.
 */
export function funnelInShort(plan: Plan): FunnelLine[] {
  const funnel = funnelOfPlan(plan);
  const { stale, inGrace, waiting, needsDecision, removable } = funnel;
  const lines: [string, Stage][] = [
    ['Unused', stale],
    [`In the grace period${untilInWords(inGrace)}`, inGrace],
    ['Left to later runs', waiting],
    ['Needs a decision', needsDecision],
    ['This plan', removable],
  ];
  return lines
    .filter(([, { resources }], i) => resources > 0 || i === 0 || i === lines.length - 1)
    .map(([what, stage]) => ({ what, stage }));
}

/** "Unused: 1,806, 10 TiB, up to $10,350 a month" */
export function funnelLineInWords({ what, stage }: FunnelLine): string {
  const { resources, sizeGiB } = stage;
  if (resources === 0) return `${what}: none`;
  return `${what}: ${formatCount(resources)}, ${formatSize(sizeGiB)}, ${moneyInShort(stage)}`;
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
    staleGiB: amount.sizeGiB,
    staleMonthlyCostUsdUpTo: amount.monthlyCostUsdUpTo,
    unpricedGiB: amount.unpricedGiB,
  };
  return funnelOf({ counts, plan, removals: [] });
}

function untilInWords({ firstUntil, lastUntil }: Funnel['inGrace']): string {
  if (firstUntil === null || lastUntil === null) return '';
  const [first, last] = [day(firstUntil), day(lastUntil)];
  return first === last ? ` until ${first}` : ` until ${first} to ${last}`;
}
