import { stepsForAdvice } from './advice-steps.ts';
import { agreed } from '../format/agreed.ts';
import { graceDaysOf } from '../../core/input/of-kind.ts';
import type { Part } from '../../core/floors/below-floor.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { disableFastRestore, inputPart, protectCommand } from '../commands/aws-commands.ts';
import { extraCharge, extraCost, reasonOfExtra } from '../words/charges.ts';
import { afterGraceCommand, applyCommand, resumeCommand } from '../commands/commands.ts';
import { stepsForCoverage } from './coverage-steps.ts';
import { capitalized, cut } from '../format/layout.ts';
import { onlyDeployment } from '../words/floors-words.ts';
import { stepsForHeld } from './held-steps.ts';
import { formatNoun } from '../format/money.ts';
import { stepsNotToTrust } from '../sections/not-trusted-section.ts';
import { countOf, wordsToTell } from '../format/noun.ts';
import { priceStep } from '../words/price-age.ts';
import { stepsForProtection } from './protection-steps.ts';
import { countByKind, kindsOnTheirWay, ofKinds, ofRemovable } from '../format/only-reported.ts';
import { deletedBy, goneForGood } from '../words/recycle-bin-words.ts';
import { stepWordsOf } from '../words/step-words.ts';
import { stepsForRemovals } from './removal-steps.ts';
import { stepsForReported } from './reported-steps.ts';
import { stepsForRules } from './rule-steps.ts';
import { dayFrom } from '../words/stage-words.ts';
import { amountInWords, moneyCells } from '../words/worth-words.ts';
import { inOrder, type NextStep } from '../parts/step.ts';
import { within } from '../commands/within-floors.ts';
import { worthOfPlan } from '../../core/summary/worth.ts';

const MOST_STEPS = 12;

/**
 * What a person should do now: alarms and failures first, then what saves most, and no more than
 * anybody would do.
 */
export function nextSteps(summary: Summary): NextStep[] {
  // A plan has nothing of the others, nor what becomes of it.
  const removable = ofRemovable(summary);
  const steps = inOrder([
    ...stepsAfterFailure(removable),
    ...stepsNotToTrust(summary),
    ...stepsForRemovals(removable),
    ...stepsWithoutApproval(removable),
    ...stepsForPlan(removable),
    ...stepsForRules(removable),
    ...stepsForHeld(removable),
    ...stepsForReported(summary),
    ...stepsForCharges(summary),
    ...stepsForAdvice(summary),
    ...stepsForGaps(summary),
    ...stepsForUnknown(summary),
    ...stepsForProtection(summary),
    ...stepsForPrices(summary),
  ]);
  const stays = ({ staysInMessage, staysIfRoom }: NextStep) => staysInMessage ?? staysIfRoom;
  let left = MOST_STEPS - steps.filter(stays).length;
  return steps.filter((step) => stays(step) ?? left-- > 0);
}

/** What is there is not known, nor what it is worth, so it ranks low: to look again stays. */
function stepsForGaps(summary: Summary): NextStep[] {
  const isUrgent = summary.coverage.inScope === 0;
  return stepsForCoverage(summary).map((step) => ({
    ...step,
    ...(isUrgent && { isUrgent }),
  }));
}

function stepsAfterFailure(summary: Summary): NextStep[] {
  const { failure, plan } = summary;
  const refusal = plan?.refusal ?? null;
  const steps: NextStep[] = [];
  const resume = resumeCommand(summary);
  if (failure !== null && resume !== null)
    steps.push({
      title: 'Resume this run',
      what: `Remove the cause of the error in ${failure.step}. Then resume this run, without a new scan${failure.step === 'Plan' ? ', within 24 hours of its start' : ''}.`,
      short: 'Resume this run, without a new scan.',
      command: resume,
      staysInMessage: true,
    });
  else if (failure !== null)
    steps.push({
      title: 'Start a new run',
      what: `Remove the cause of the error in ${cut(failure.step, 40)}, then start a new run.`,
    });
  if (refusal?.limit === 'maxRemovals')
    steps.push(
      within<Part, NextStep>(
        summary,
        { limits: { maxRemovals: refusal.wanted } },
        (part) => ({
          title: 'The plan is over a limit',
          what: 'Read plan.json. If it is right, raise the limit. Otherwise narrow the scope.',
          short: 'Read plan.json. Then raise the limit or narrow the scope.',
          command: inputPart({ ...part }, 'To raise it, add to the input'),
        }),
        (keys) => ({
          title: 'The plan is over a limit',
          what: 'Read plan.json. Then delete in parts: narrow the scope.',
          why: onlyDeployment('more', keys),
        }),
      ),
    );
  else if (refusal !== null)
    steps.push({
      title: 'Find out why so much is unused',
      what: `Find out why so much is unused. Are ${agreed(wordsToTell(summary), ({ madeFrom }) => madeFrom) ?? 'the things that use it'} where orgsweep looks?`,
      short: 'Find out why so much is unused.',
      ...within<Part, Partial<NextStep>>(
        summary,
        { limits: { [refusal.limit]: Math.ceil(refusal.wanted) } },
        (part) => ({ command: inputPart({ ...part }, 'If it is right, add to the input') }),
        (keys) => ({ why: onlyDeployment('more', keys) }),
      ),
    });
  return steps.map((step) => ({ ...step, isUrgent: true }));
}

/** Where a person looks closer: on the page, or in the file, where there is no page. */
function onPage({ reportFailure }: Summary, place: string, file: string): string {
  return reportFailure === null ? `${place} on the page` : file;
}

function stepsWithoutApproval(summary: Summary): NextStep[] {
  if (summary.status !== 'NOT_APPROVED') return [];
  return [
    {
      title: 'Protect what has to stay',
      what: 'Tag with orgsweep:protect what has to stay. Then ask again for the rest of this plan.',
      short: 'Tag what has to stay. Then ask again for the rest.',
      command: applyCommand(summary, 'required'),
      isUrgent: true,
    },
  ];
}

function stepsForPlan(summary: Summary): NextStep[] {
  const { plan, mode, status, funnel } = summary;
  if (plan === null || plan.refusal !== null || mode !== 'report' || status === 'FAILED') return [];
  if (plan.removals > 0) {
    const isOfOne = kindsOnTheirWay(summary).length === 0;
    const count = isOfOne
      ? countOf(deletedBy(plan), summary)
      : countByKind(summary, ({ removable }) => removable.resources);
    const worth = worthOfPlan(plan);
    // GiB of one kind are none of another.
    const amount = isOfOne ? amountInWords(worth) : moneyCells(worth).filter(Boolean).join(', ');
    const steps = plan.inSteps ?? 0;
    const { verb } = stepWordsOf(wordsToTell(summary));
    const toStep = countByKind(summary, ({ inSteps }) => inSteps?.resources ?? 0);
    const first = `${verb} ${toStep} first, which a later run deletes`;
    return [
      {
        ...(deletedBy(plan) === 0
          ? {
              title: `${capitalized(verb)} ${toStep}`,
              what: `Read the report. Then ${first}. Nothing is deleted yet.`,
              short: `Read the report. Then ${verb} the ${toStep} of its plan first.`,
              ...{ worth: funnel?.inSteps ?? worth, saves: 'LATER' as const },
            }
          : {
              title: `Delete the ${count} of this plan`,
              what: `Read the report. Then delete exactly the ${count} of its plan (${amount})${steps === 0 ? '' : `, and ${first}`}.${goneForGood(plan, wordsToTell(summary))}`,
              short: `Read the report. Then delete the ${count} of its plan.`,
              ...{ worth, saves: 'NOW' as const },
            }),
        command: applyCommand(summary),
      },
    ];
  }
  if ((plan.heldByReason.IN_GRACE ?? 0) === 0) return [];
  const until = funnel?.inGrace.firstUntil ?? null;
  const rest =
    until === null
      ? `What stays unused for ${formatNoun(summary.input.policy.graceDays, 'day')} can be deleted by a later delete run (IN_GRACE).`
      : `The rest can be deleted from ${dayFrom(summary.finishedAt, until)} (IN_GRACE).`;
  return [
    {
      title:
        until === null
          ? 'Review what can be deleted later'
          : `Review what can be deleted from ${dayFrom(summary.finishedAt, until)}`,
      what: `Review the most expensive findings (${onPage(summary, 'Findings', 'findings.csv')}). Tag what you need with orgsweep:protect. ${rest}`,
      short: 'Review the most expensive findings. Protect what you need.',
      ...commandAfterGrace(ofKinds(summary, kindsInGrace(summary))),
      ...(funnel !== null && funnel.inGrace.resources > 0 && { worth: funnel.inGrace }),
    },
  ];
}

function kindsInGrace({ funnelByKind = {}, input }: Summary): string[] {
  const kinds = input.kinds.filter((kind) => (funnelByKind[kind]?.inGrace.resources ?? 0) > 0);
  return kinds.length === 0 ? input.kinds : kinds;
}

function commandAfterGrace(summary: Summary): Pick<NextStep, 'command'> {
  const { kinds, policy } = summary.input;
  const graces = kinds.map((kind) => graceDaysOf(policy, kind));
  const command = afterGraceCommand(summary, Math.max(policy.graceDays, ...graces));
  return command === undefined ? protectCommand(summary) : { command };
}

/** Where there are gaps, what to do about them is what lifts it. */
function stepsForUnknown(summary: Summary): NextStep[] {
  const { UNKNOWN } = summary.counts.verdicts;
  if (summary.plan === null || UNKNOWN === 0 || summary.coverage.gaps.length > 0) return [];
  return [
    {
      title: `${countOf(UNKNOWN, summary)} of which too little is known`,
      what: `${countOf(UNKNOWN, summary)} ${UNKNOWN === 1 ? 'is' : 'are'} kept as UNKNOWN. findings.jsonl says what is not known.`,
    },
  ];
}

function stepsForCharges(summary: Summary): NextStep[] {
  return Object.entries(summary.counts.extraCharges)
    .filter(([, { resources }]) => resources > 0)
    .map(([charge, extra]) => {
      const reason = reasonOfExtra(charge);
      const where = onPage(summary, 'Findings', 'findings.csv');
      return {
        title: capitalized(extraCharge(charge)),
        what: `Do you still need ${extraCharge(charge)}? ${capitalized(extraCost(charge, extra))}.`,
        short: `Check whether you still need ${extraCharge(charge)}.`,
        ...(reason !== undefined && { why: `Which they are: ${where}, reason ${reason}.` }),
        ...(charge === 'fast-restore' && { command: disableFastRestore(summary) }),
        worth: { sizeGiB: 0, monthlyCostUsdUpTo: extra.monthlyCostUsdUpTo },
      };
    });
}

/** Everything else matters more: without a price nothing is removed, or kept, that would not be. */
function stepsForPrices(summary: Summary): NextStep[] {
  const step = priceStep(summary);
  return step === undefined ? [] : [step];
}
