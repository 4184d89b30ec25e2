import type { HoldReason } from '../plan.ts';
import type { Summary } from '../summary.ts';
import { approvalInWords } from './approval-words.ts';
import { formatAmount, formatCount, formatNoun } from './money.ts';
import { countOf } from './noun.ts';
import { planInBin } from './recycle-bin-words.ts';
import { heading, type Line, mailOnly, point, type Section, sentence } from './section.ts';
import { HOLD_WORDS, LIMIT_WORDS, refusalInWords } from './words.ts';

type PlanInBrief = NonNullable<Summary['plan']>;

/** What the plan removes, or would, unless it was told already; and what it holds back, and why. */
export function planSection(summary: Summary): Section {
  const { plan, mode, failure } = summary;
  const title = mode === 'delete' ? 'THE PLAN' : 'WHAT COULD BE REMOVED NOW';
  if (plan === null)
    return { title, lines: failure === null ? [sentence('There is no plan.')] : [] };
  const { basedOn, approval } = { basedOn: plan.basedOn, approval: summary.approval };
  return {
    title,
    lines: [
      ...(basedOn === null ? [] : [sentence(`It applies the plan of ${basedOn}.`)]),
      ...plannedLines(plan, summary),
      ...(approval?.removalsAllowed === true ? [sentence(`${approvalInWords(approval)}.`)] : []),
      ...refusalLines(plan),
      ...heldLines(plan, summary),
    ],
  };
}

function plannedLines(plan: PlanInBrief, summary: Summary): Line[] {
  const { removals } = plan;
  const isReport = summary.mode === 'report';
  // What it would have removed stands among what is held back.
  if (plan.status === 'REFUSED') return [];
  if (removals === 0)
    return [
      sentence(
        isReport ? 'Nothing, by a delete execution started now.' : 'Nothing was to be removed.',
      ),
    ];
  const amount = formatAmount({
    sizeGiB: plan.removalsGiB,
    usdUpTo: plan.removalsMonthlyCostUsdUpTo,
    unpricedGiB: plan.removalsUnpricedGiB,
  });
  const isCarriedOut = summary.removals.byOutcome.REMOVED === removals;
  // All of it was removed, and the head of the message says how much that is.
  if (isCarriedOut) return [];
  const what = `${countOf(removals, summary)}: ${amount}`;
  return [sentence(isReport ? `${what}.` : `To be removed: ${what}.`), sentence(planInBin(plan))];
}

function refusalLines({ refusal, status }: PlanInBrief): Line[] {
  // A plan that was refused is what the message begins with.
  if (refusal === null || status === 'REFUSED') return [];
  return [sentence(`It would be refused as a whole: ${refusalInWords(refusal)}.`)];
}

function heldLines(plan: PlanInBrief, summary: Summary): Line[] {
  if (plan.held === 0) return [];
  const held = Object.entries(plan.heldByReason) as [HoldReason, number][];
  const limits = Object.entries(plan.heldByLimit) as [keyof typeof LIMIT_WORDS, number][];
  return [
    heading(`Held back: ${countOf(plan.held, summary)} (one may be held for several reasons):`),
    ...held.map(([reason, count]) =>
      point(`${formatCount(count)}: ${HOLD_WORDS[reason]} (${reason})${hintFor(reason, summary)}`),
    ),
    ...(limits.length === 0 || plan.status === 'REFUSED'
      ? []
      : mailOnly([
          heading('By the limit behind OVER_LIMIT:'),
          ...limits.map(([limit, count]) =>
            point(`${formatCount(count)}: ${LIMIT_WORDS[limit]} (${limit})`),
          ),
        ])),
  ];
}

function hintFor(reason: HoldReason, { input }: Summary): string {
  if (reason === 'IN_GRACE') {
    const others = input.policyOverrides.length > 0 ? ", or what its account's policy says" : '';
    return `: ${formatNoun(input.policy.graceDays, 'day')}${others}`;
  }
  if (reason === 'LAST_COPY') return ', unless policy.allowLastCopy is true';
  if (reason === 'REMOVAL_NOT_ALLOWED') return ': policy.neverRemove; see targets.jsonl';
  return '';
}
