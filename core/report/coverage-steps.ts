import type { AwsFailure } from '../outcome.ts';
import type { Gap, Summary } from '../summary.ts';
import { startCommand } from './commands.ts';
import { placesOf } from './coverage-section.ts';
import { causeOf, causesOf, GAP_CAUSES, type GapCause, REMEDIES } from './gap-cause.ts';
import { cut } from './layout.ts';
import { formatNoun } from './money.ts';
import type { Step } from './next-steps.ts';
import { placesInWords } from './place.ts';
import { GAP_WORDS } from './words.ts';

/** What to do about what was not seen, each cause once, and then to look again. */
export function stepsForCoverage(summary: Summary): Step[] {
  const { coverage, status } = summary;
  if (coverage.inScope === 0)
    return [{ what: "Correct the input's scope: it leaves no target to look at." }];
  if (coverage.gaps.length === 0) return [];
  const causes = gapsByCause(coverage.gaps);
  const steps = causes.flatMap(([cause, gaps]): Step[] => {
    const remedy = REMEDIES[cause];
    if (remedy === 'WAIT') return [];
    const places = placesOf(gaps);
    return [
      {
        what: `${remedy} ${placesInWords(places, '; ')} (${labelOf(cause, gaps)}).`,
        ...(places.length > 1 && {
          short: `${remedy} ${formatNoun(places.length, 'account')}.`,
        }),
      },
    ];
  });
  if (status === 'FAILED') return steps;
  return [...steps, lookAgain(summary, causes, steps.length > 0), ...lookElsewhere(summary)];
}

/** In the order of the causes; a gap with several stands under each. */
function gapsByCause(gaps: readonly Gap[]): [GapCause, Gap[]][] {
  const byCause = new Map<GapCause, Gap[]>();
  for (const gap of gaps)
    for (const cause of causesOf(gap)) {
      const already = byCause.get(cause);
      if (already === undefined) byCause.set(cause, [gap]);
      else already.push(gap);
    }
  return GAP_CAUSES.flatMap((cause): [GapCause, Gap[]][] => {
    const ofCause = byCause.get(cause);
    return ofCause === undefined ? [] : [[cause, ofCause]];
  });
}

/** By what it is found under COVERAGE: the status, or AWS's own code where that says no more. */
function labelOf(cause: GapCause, gaps: readonly Gap[]): string {
  const [gap] = gaps;
  if (cause in GAP_WORDS || gap === undefined) return cause;
  const failures = [gap.failure, ...(gap.otherFailures ?? [])];
  const told = failures.find((failure) => causeOf(failure) === cause) ?? gap.failure;
  return gap.status === 'FAILED' && told !== null ? cut(told.code, 60) : gap.status;
}

/** Once what can be corrected is; the rest may well go by the next time. */
function lookAgain(
  summary: Summary,
  causes: readonly (readonly [GapCause, Gap[]])[],
  isAfterOthers: boolean,
): Step {
  const passing = causes
    .filter(([cause]) => REMEDIES[cause] === 'WAIT')
    .map(([cause, gaps]) => `${placesInWords(placesOf(gaps), '; ')} (${labelOf(cause, gaps)})`);
  return {
    what: `${isAfterOthers ? 'Then look' : 'Look'} again at just what was not seen completely.`,
    ...(passing.length > 0 && {
      why: `Nothing to correct for ${passing.join(', ')}: wait a while first.`,
    }),
    command: startCommand(summary, ['--retry', summary.executionId]),
  };
}

/** A listing that fails for one of these fails the next time, too. */
const STAYING: ReadonlySet<GapCause> = new Set([
  ...(['ACCESS_DENIED', 'DENIED_BY_BOUNDARY', 'DENIED_BY_SESSION_POLICY'] as const),
  ...(['DENIED_BY_ENDPOINT_POLICY', 'DENIED_BY_RCP', 'DENIED_BY_SCP'] as const),
  ...(['UNSUPPORTED', 'TOO_MANY_REFERENCES', 'ACCOUNT_NOT_SERVED'] as const),
  ...(['NO_CONNECTION', 'NOT_KNOWN'] as const),
]);

/** Sources that may be left out, where nobody can or wants to make them answer. */
function lookElsewhere(summary: Summary): Step[] {
  const { skippableSources, input, coverage, executionId } = summary;
  const failed = new Set(coverage.gaps.flatMap(failuresOf).flatMap(stayingSource));
  const sources = skippableSources.filter((name) => failed.has(name));
  if (sources.length === 0) return [];
  const skipReferences = [...new Set([...input.policy.skipReferences, ...sources])];
  const asked = JSON.stringify({ policy: { skipReferences } });
  return [
    {
      what: `Or look again without ${placesInWords(sources)} (policy.skipReferences).`,
      why: 'Then nothing that these would show keeps a snapshot, and the summary says so.',
      command: startCommand(summary, ['--retry', executionId, '--input', asked]),
    },
  ];
}

function failuresOf({ failure, otherFailures = [] }: Gap): AwsFailure[] {
  return failure === null ? [...otherFailures] : [failure, ...otherFailures];
}

function stayingSource(failure: AwsFailure): string[] {
  const { source } = failure;
  return source !== undefined && STAYING.has(causeOf(failure)) ? [source] : [];
}
