import type { Gap, Summary } from '../summary.ts';
import { gapsByStatus } from './coverage-section.ts';
import { cut, wrap } from './layout.ts';
import { formatCount, formatNoun } from './money.ts';
import { GAP_REMEDY } from './words.ts';

const NAMED_PLACES = 3;

/** What a person should do now, most urgent first. */
export function nextSteps(summary: Summary): string[] {
  const steps = [
    ...stepsAfterFailure(summary),
    ...stepsForRemovals(summary),
    ...stepsForCoverage(summary),
    ...stepsForPlan(summary),
  ];
  return ['WHAT TO DO NEXT', ...(steps.length === 0 ? ['  Nothing.'] : steps.flat())];
}

function step(text: string): string[] {
  return wrap(text, '  - ', '    ');
}

function stepsAfterFailure({ failure, plan }: Summary): string[][] {
  const steps: string[][] = [];
  if (failure !== null)
    steps.push(
      step(
        `Remove the cause of the error in ${cut(failure.step, 40)}, then start a new execution.`,
      ),
    );
  if (plan !== null && plan.refusal !== null)
    steps.push(
      step(
        `Narrow the scope, or raise limits.maxRemovals to ${formatCount(plan.refusal.wanted)} after reading plan.json.`,
      ),
    );
  return steps;
}

function stepsForRemovals({ removals }: Summary): string[][] {
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
        `IN_GRACE: a delete execution removes what has been seen stale for ${formatNoun(input.policy.graceDays, 'day')}; until then, tag with orgsweep:protect what is needed.`,
      ),
    );
  if ((held.NO_RECYCLE_BIN_RULE ?? 0) > 0)
    steps.push(
      step(
        'NO_RECYCLE_BIN_RULE: stays, as this release cannot verify Recycle Bin rules; policy.requireRecycleBin false gives up the way back.',
      ),
    );
  if ((held.LAST_COPY ?? 0) > 0)
    steps.push(step('LAST_COPY: stays, unless policy.allowLastCopy is true.'));
  if ((held.OVER_LIMIT ?? 0) > 0 && refusal === null)
    steps.push(
      step(
        'OVER_LIMIT: see in plan.json which limit; find out whether so many can be right before raising it.',
      ),
    );
  return steps;
}

function placeOf(gap: Gap): string {
  const name = gap.accountName === null ? '' : ` ${cut(gap.accountName, 24)}`;
  return `${gap.accountId}${name}${gap.region === null ? '' : ` in ${gap.region}`}`;
}

function placesInWords(places: readonly string[]): string {
  const named = places.slice(0, NAMED_PLACES);
  const more = places.length - named.length;
  return [...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
}
