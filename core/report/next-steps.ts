import type { NotKept } from '../recycle-bin.ts';
import type { Summary } from '../summary.ts';
import { stepsForBrokenSets } from './broken-sets-words.ts';
import { extraCharge, extraCost, reasonOfExtra } from './charges.ts';
import { afterGraceCommand, applyCommand, type Command } from './commands.ts';
import { stepsForCoverage } from './coverage-steps.ts';
import { hasRemoved } from './has-removed.ts';
import { heldAmount, stepsForHeld } from './held-steps.ts';
import { cut } from './layout.ts';
import { minute } from './moment.ts';
import { formatCount, formatNoun } from './money.ts';
import { countOf } from './noun.ts';
import { placesInWords } from './place.ts';
import { priceStep } from './price-age.ts';
import { stepsForProtection } from './protection-steps.ts';
import { RULE_REMEDY } from './recycle-bin-words.ts';

/** One thing that a person can do. */
export interface Step {
  /** A sentence. */
  readonly what: string;
  /** The same without the places, for the head of the message. */
  readonly short?: string;
  /** Further sentences. */
  readonly why?: string;
  readonly command?: Command;
}

const MOST_STEPS = 12;

/** What a person should do now: what matters most first, and no more than anybody would do. */
export function nextSteps(summary: Summary): Step[] {
  const plan = [...stepsForPlan(summary), ...stepsForHeld(summary)];
  const charges = stepsForCharges(summary);
  return [
    ...stepsAfterFailure(summary),
    ...stepsAfterAlarm(summary),
    ...stepsForBrokenSets(summary),
    ...stepsAfterRemovals(summary),
    ...stepsForRemovals(summary),
    ...stepsWithoutApproval(summary),
    ...stepsForCoverage(summary),
    ...(chargesMatterMost(summary) ? [...charges, ...plan] : [...plan, ...charges]),
    ...stepsForProtection(summary),
    ...stepsForPrices(summary),
  ].slice(0, MOST_STEPS);
}

function stepsAfterFailure({ failure, plan }: Summary): Step[] {
  const after =
    failure === null
      ? []
      : [
          {
            what: `Remove the cause of the error in ${cut(failure.step, 40)}, then start a new execution.`,
          },
        ];
  const refusal = plan?.refusal ?? null;
  if (refusal === null) return after;
  const { limit, wanted } = refusal;
  return [
    ...after,
    limit === 'maxRemovals'
      ? {
          what: 'Read plan.json.',
          why: `If it is right, raise limits.maxRemovals to ${formatCount(wanted)}; else narrow the scope.`,
        }
      : {
          what: 'Find out why so much is stale: are volumes and instances where orgsweep looks?',
          why: `If it is right, raise limits.${limit} to ${Math.ceil(wanted)}.`,
        },
  ];
}

function stepsAfterAlarm({ removals }: Summary): Step[] {
  if (removals.notSeenInRecycleBin.length === 0) return [];
  return [
    {
      what: "Find out why the Recycle Bin's rule did not keep what was removed, before another delete execution (NOT_SEEN_IN_RECYCLE_BIN).",
    },
  ];
}

function stepsAfterRemovals(summary: Summary): Step[] {
  if (!hasRemoved(summary)) return [];
  const { restorable, restorableUntil, byOutcome } = summary.removals;
  const what = `Tell the owners what was removed (${inReport(summary, 'Removals', 'removals.jsonl')})`;
  if (summary.simulated || restorable === 0 || restorableUntil === null)
    return [{ what: `${what}.` }];
  const some = restorable === byOutcome.REMOVED ? 'it' : `${formatCount(restorable)} of them`;
  return [{ what: `${what}; until ${minute(restorableUntil)} ${some} can be brought back.` }];
}

/** Where a person looks closer: on the page, or in the file, where there is no page. */
function inReport({ reportFailure }: Summary, place: string, file: string): string {
  return reportFailure === null ? `${place} in the report` : file;
}

function stepsForRemovals({ removals, status }: Summary): Step[] {
  if (status === 'NOT_APPROVED') return [];
  const { DENIED, FAILED, NOT_ATTEMPTED } = removals.byOutcome;
  const denied = removals.problems.filter(({ outcome }) => outcome === 'DENIED');
  const accounts = placesInWords([...new Set(denied.map(({ accountId }) => accountId))]);
  return [
    ...(DENIED === 0 ? [] : [{ what: `Check the deletion role's permissions in ${accounts}.` }]),
    ...(removals.problems.some(({ reasons }) => reasons.includes('ACCOUNT_PLACE_UNKNOWN'))
      ? [
          {
            what: 'Permit organizations:DescribeAccount and organizations:ListParents to what removes (docs/operating.md, section 1): nobody could tell where accounts are now (ACCOUNT_PLACE_UNKNOWN).',
          },
        ]
      : []),
    ...(FAILED + NOT_ATTEMPTED === 0
      ? []
      : [{ what: 'Start the same execution again under a new name; nothing is removed twice.' }]),
  ];
}

function stepsWithoutApproval(summary: Summary): Step[] {
  if (summary.status !== 'NOT_APPROVED') return [];
  return [
    {
      what: 'Tag with orgsweep:protect what has to stay, then ask once more for the rest of this plan.',
      command: applyCommand(summary, 'required'),
    },
  ];
}

function stepsForPlan(summary: Summary): Step[] {
  const { plan, mode, status, counts, coverage } = summary;
  const steps: Step[] = [];
  if (plan === null) return steps;
  const { IN_GRACE = 0 } = plan.heldByReason;
  const isOpen = plan.refusal === null && mode === 'report' && status !== 'FAILED';
  if (isOpen && plan.removals > 0)
    steps.push({
      what: `Read the report, then remove exactly the ${countOf(plan.removals, summary)} of its plan.`,
      command: applyCommand(summary),
    });
  else if (isOpen && IN_GRACE > 0)
    steps.push({
      what: `Look at the largest (${inReport(summary, 'Findings, dearest first,', 'findings.csv')}), and tag with orgsweep:protect what is needed.`,
      why: `Nothing can be removed yet. What stays stale for ${formatNoun(summary.input.policy.graceDays, 'day')} can be, by a later delete execution (IN_GRACE).`,
      ...inGraceCommand(summary),
    });
  steps.push(...stepsForRules(summary, plan));
  // Where there are gaps, what to do about them is what lifts it.
  if (counts.verdicts.UNKNOWN > 0 && coverage.gaps.length === 0)
    steps.push({
      what: `See in findings.jsonl what is not known of the ${countOf(counts.verdicts.UNKNOWN, summary)} that are UNKNOWN: they are kept.`,
    });
  return steps;
}

/** Only a simulated organization can be brought to the end of the grace by a command. */
function inGraceCommand(summary: Summary): Pick<Step, 'command'> {
  const command = afterGraceCommand(summary, summary.input.policy.graceDays);
  return command === undefined ? {} : { command };
}

function stepsForRules(
  summary: Summary,
  { withoutRecycleBinRule: targets }: NonNullable<Summary['plan']>,
): Step[] {
  const steps = (Object.keys(RULE_REMEDY) as NotKept[]).flatMap((why): Step[] => {
    const places = targets.filter((target) => target.why === why);
    if (places.length === 0) return [];
    const named = placesInWords(places.map(({ accountId, region }) => `${accountId} ${region}`));
    return [{ what: `${RULE_REMEDY[why]} ${named} (NO_RECYCLE_BIN_RULE).` }];
  });
  const [first, ...others] = steps;
  if (first === undefined) return [];
  const why = `That holds ${heldAmount(summary, 'NO_RECYCLE_BIN_RULE')}. With policy.requireRecycleBin false, what was removed there would have no way back.`;
  return [{ ...first, why }, ...others];
}

function chargesMatterMost({ counts }: Summary): boolean {
  const charged = Object.values(counts.extraCharges).map((extra) => extra.monthlyCostUsdUpTo);
  return Math.max(0, ...charged) > counts.staleMonthlyCostUsdUpTo;
}

function stepsForCharges(summary: Summary): Step[] {
  return Object.entries(summary.counts.extraCharges)
    .filter(([, { resources }]) => resources > 0)
    .map(([charge, extra]) => {
      const reason = reasonOfExtra(charge);
      const where = inReport(summary, 'Findings', 'findings.csv');
      return {
        what: `Check whether ${extraCharge(charge)} is still needed for ${countOf(extra.resources, summary)}, ${extraCost(charge, extra)}.`,
        ...(reason !== undefined && { why: `Which they are: ${where}, reason ${reason}.` }),
      };
    });
}

/** Everything else matters more: without a price nothing is removed, or kept, that would not be. */
function stepsForPrices(summary: Summary): Step[] {
  const step = priceStep(summary);
  return step === undefined ? [] : [step];
}
