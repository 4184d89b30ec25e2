import { LimitName, type Plan } from '../plan.ts';
import type { Gap, Summary } from '../summary.ts';
import { gapsByStatus } from './coverage-section.ts';
import { cut } from './layout.ts';
import { formatCount, formatNoun } from './money.ts';
import { stepsAfterAlarm, stepsForRecycleBin } from './recycle-bin-section.ts';
import { placesInWords, step } from './step.ts';
import { GAP_REMEDY } from './words.ts';

export function nextSteps(summary: Summary): string[] {
  const steps = stepsAfter(summary);
  return ['WHAT TO DO NEXT', ...(steps.length === 0 ? ['  Nothing.'] : steps.flat())];
}

/** What a person should do now, most urgent first; each step with its lines. */
export function stepsAfter(summary: Summary): string[][] {
  return [
    ...stepsAfterFailure(summary),
    ...stepsAfterAlarm(summary.removals),
    ...stepsForRemovals(summary),
    ...stepsForCoverage(summary),
    ...stepsForPlan(summary),
    ...stepsWithoutApproval(summary),
  ];
}

function stepsAfterFailure({ failure, plan }: Summary): string[][] {
  const steps: string[][] = [];
  if (failure !== null)
    steps.push(
      step(
        `Remove the cause of the error in ${cut(failure.step, 40)}, then start a new execution.`,
      ),
    );
  if (plan !== null && plan.refusal !== null) steps.push(step(stepAfterRefusal(plan.refusal)));
  return steps;
}

function stepAfterRefusal({ limit, wanted }: NonNullable<Plan['refusal']>): string {
  return limit === 'maxRemovals'
    ? `Narrow the scope, or raise limits.maxRemovals to ${formatCount(wanted)} after reading plan.json.`
    : `Find out why so much is stale: are volumes and instances where orgsweep looks? If it is right, raise limits.${limit} to ${Math.ceil(wanted)}.`;
}

function stepsForRemovals({ removals, status }: Summary): string[][] {
  if (status === 'NOT_APPROVED') return [];
  const { DENIED, FAILED, NOT_ATTEMPTED } = removals.byOutcome;
  const steps: string[][] = [];
  if (DENIED > 0) {
    const denied = removals.problems.filter(({ outcome }) => outcome === 'DENIED');
    const accounts = placesInWords([...new Set(denied.map(({ accountId }) => accountId))]);
    steps.push(step(`Check the deletion role's permissions in ${accounts}.`));
  }
  if (FAILED + NOT_ATTEMPTED > 0)
    steps.push(step('Start the same execution again under a new name; nothing is removed twice.'));
  return steps;
}

function stepsForCoverage({ coverage, counts }: Summary): string[][] {
  const steps = gapsByStatus(coverage.gaps).map(([status, gaps]) =>
    step(`${status}: ${GAP_REMEDY[status]} ${placesInWords(gaps.map(placeOf))}.`),
  );
  if (coverage.inScope === 0)
    steps.push(step("Correct the input's scope: it leaves no target to look at."));
  if (counts.verdicts.UNKNOWN > 0)
    steps.push(
      step('For what is UNKNOWN, see in findings.jsonl which listing failed, and permit it.'),
    );
  return steps;
}

function stepsForPlan({ plan, mode, status, executionId, input }: Summary): string[][] {
  if (plan === null) return [];
  const { refusal, heldByReason: held } = plan;
  const steps: string[][] = [];
  if (refusal === null && mode === 'report' && status !== 'FAILED' && plan.removals > 0)
    steps.push([
      ...step(`Read plan.json. To remove exactly its ${formatNoun(plan.removals, 'resource')}:`),
      `      ${JSON.stringify({ mode: 'delete', plan: executionId })}`,
    ]);
  if ((held.IN_GRACE ?? 0) > 0)
    steps.push(
      step(
        `IN_GRACE: a delete execution removes what has been seen stale for ${formatNoun(input.policy.graceDays, 'day')}${input.policyOverrides.length > 0 ? ", or as its account's policy says" : ''}; until then, tag with orgsweep:protect what is needed.`,
      ),
    );
  steps.push(...stepsForRecycleBin(plan.withoutRecycleBinRule));
  if ((held.LAST_COPY ?? 0) > 0)
    steps.push(step('LAST_COPY: stays, unless policy.allowLastCopy is true.'));
  if ((held.REMOVAL_NOT_ALLOWED ?? 0) > 0)
    steps.push(
      step(
        'REMOVAL_NOT_ALLOWED: stays, as policy.neverRemove says for its account; see targets.jsonl.',
      ),
    );
  if ((held.SANITY_FLOOR ?? 0) > 0)
    steps.push(
      step(
        'SANITY_FLOOR: find out where the volumes or AMIs of these accounts and Regions went. If that is right, sweep them with limits.minReferencePercent 0.',
      ),
    );
  if (refusal === null) steps.push(...stepsForLimits(plan.heldByLimit));
  return steps;
}

function stepsWithoutApproval({ status, executionId }: Summary): string[][] {
  if (status !== 'NOT_APPROVED') return [];
  return [
    step('Tag with orgsweep:protect what has to stay.'),
    [
      ...step('To ask once more for what is left of this plan:'),
      `      ${JSON.stringify({ mode: 'delete', approval: 'required', plan: executionId })}`,
    ],
  ];
}

function stepsForLimits(held: NonNullable<Summary['plan']>['heldByLimit']): string[][] {
  const names = LimitName.options.filter((limit) => (held[limit] ?? 0) > 0);
  const counts = names.filter((limit) => limit.startsWith('maxRemovals'));
  const shares = names.filter((limit) => limit.startsWith('maxStalePercent'));
  return [
    ...(counts.length === 0
      ? []
      : [
          step(
            `OVER_LIMIT, ${counts.join(', ')}: the oldest go first; later executions remove the rest, or raise the limit.`,
          ),
        ]),
    ...(shares.length === 0
      ? []
      : [
          step(
            `OVER_LIMIT, ${shares.join(', ')}: find out whether so much can be stale before raising the limit.`,
          ),
        ]),
  ];
}

function placeOf(gap: Gap): string {
  const name = gap.accountName === null ? '' : ` ${cut(gap.accountName, 24)}`;
  return `${gap.accountId}${name}${gap.region === null ? '' : ` in ${gap.region}`}`;
}
