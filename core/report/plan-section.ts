import type { RemovalOutcome } from '../outcome.ts';
import { REMOVAL_RESULTS_WORST_FIRST } from '../reconcile-removals.ts';
import type { Summary } from '../summary.ts';
import { approvalInWords } from './approval-words.ts';
import { columns, cut, wrap } from './layout.ts';
import { formatAmount, formatCount, formatNoun } from './money.ts';
import { planInBin, removalsInBin } from './recycle-bin-section.ts';
import { HOLD_WORDS, LIMIT_WORDS, refusalInWords, REMOVAL_WORDS } from './words.ts';

const NAMED_PROBLEMS = 10;

/** What the plan removes, or would, and what it holds back and why. */
export function planSection({ plan, mode, approval }: Summary): string[] {
  if (plan === null) return ['PLAN', '  There is no plan.'];
  const { basedOn, refusal } = plan;
  const verb = mode === 'delete' ? 'The plan removes' : 'A delete execution now would remove';
  const amount = formatAmount({
    sizeGiB: plan.removalsGiB,
    usdUpTo: plan.removalsMonthlyCostUsdUpTo,
    unpricedGiB: plan.removalsUnpricedGiB,
  });
  const held = Object.entries(plan.heldByReason) as [keyof typeof HOLD_WORDS, number][];
  const limits = Object.entries(plan.heldByLimit) as [keyof typeof LIMIT_WORDS, number][];
  return [
    'PLAN',
    ...(basedOn === null ? [] : wrap(`It applies the plan of ${basedOn}.`, '  ')),
    ...wrap(
      plan.removals === 0
        ? `${verb} nothing.`
        : `${verb} ${formatNoun(plan.removals, 'resource')}: ${amount}.`,
      '  ',
    ),
    ...planInBin(plan),
    ...(approval === null ? [] : wrap(`${approvalInWords(approval)}.`, '  ')),
    ...(refusal === null
      ? []
      : wrap(
          `It ${plan.status === 'REFUSED' ? 'was' : 'would be'} refused as a whole: ${refusalInWords(refusal)}.`,
          '  ',
        )),
    ...(plan.held === 0
      ? []
      : wrap(`Held back: ${formatCount(plan.held)} (one may be held for several reasons).`, '  ')),
    ...columns(
      held.map(([reason, count]) => [`  ${reason}`, HOLD_WORDS[reason], formatCount(count)]),
      2,
    ),
    ...(limits.length === 0 ? [] : ['  OVER_LIMIT, by limit:']),
    ...columns(
      limits.map(([limit, count]) => [`  ${limit}`, LIMIT_WORDS[limit], formatCount(count)]),
      2,
    ),
  ];
}

/** How the planned removals ended; nothing for an execution that had none to make. */
export function removalsSection(summary: Summary): string[] {
  const { removals, status } = summary;
  // The plan's own section says it, once instead of for every resource.
  if (status === 'NOT_APPROVED' && removals.byOutcome.REMOVED === 0) return [];
  const { byOutcome, planned, problems } = removals;
  const results = REMOVAL_RESULTS_WORST_FIRST.toReversed().filter((of) => byOutcome[of] > 0);
  if (results.length === 0) return [];
  const amount = formatAmount({
    sizeGiB: removals.removedGiB,
    usdUpTo: removals.removedMonthlyCostUsdUpTo,
    unpricedGiB: removals.removedUnpricedGiB,
  });
  const needingAPerson = problems.filter(({ outcome }) => needsAPerson(outcome));
  const all = byOutcome.FAILED + byOutcome.DENIED + byOutcome.NOT_ATTEMPTED;
  const unnamed = all - Math.min(needingAPerson.length, NAMED_PROBLEMS);
  return [
    'REMOVALS',
    ...wrap(
      `${formatNoun(planned, 'removal')} planned. Removed: ${byOutcome.REMOVED === 0 ? 'nothing' : amount}.`,
      '  ',
    ),
    ...removalsInBin(summary),
    ...columns(
      results.map((of) => [`  ${of}`, REMOVAL_WORDS[of], formatCount(byOutcome[of])]),
      2,
    ),
    ...(needingAPerson.length === 0 ? [] : ['', '  Still to be done:']),
    ...needingAPerson.slice(0, NAMED_PROBLEMS).flatMap(oneProblem),
    ...(unnamed > 0 ? [`    and ${formatCount(unnamed)} more, in removals.jsonl`] : []),
  ];
}

function needsAPerson(outcome: RemovalOutcome['outcome']): boolean {
  return outcome === 'FAILED' || outcome === 'DENIED' || outcome === 'NOT_ATTEMPTED';
}

function oneProblem(problem: RemovalOutcome): string[] {
  const { failure, reasons } = problem;
  const why = [
    ...reasons,
    ...(failure === undefined ? [] : [`${cut(failure.code, 60)}: ${cut(failure.message, 120)}`]),
  ];
  return [
    `    ${cut(problem.resourceId, 30)}  ${problem.accountId}  ${problem.region}`,
    ...wrap(`${problem.outcome}${why.length === 0 ? '' : `: ${why.join(', ')}`}`, '      '),
  ];
}
