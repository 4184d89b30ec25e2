import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Gap, Summary } from '../../core/summary/summary.ts';
import { startCommand } from '../commands/commands.ts';
import { floorsUnder } from '../commands/within-floors.ts';
import { placesInWords } from '../format/place.ts';
import { causeOf, type GapCause } from '../gaps/gap-cause.ts';
import type { NextStep } from '../parts/step.ts';
import { floorKeys } from '../words/floors-words.ts';

/** A listing that fails for one of these fails the next time, too. */
const STAYING: ReadonlySet<GapCause> = new Set([
  ...(['ACCESS_DENIED', 'DENIED_BY_BOUNDARY', 'DENIED_BY_SESSION_POLICY'] as const),
  ...(['DENIED_BY_ENDPOINT_POLICY', 'DENIED_BY_RCP', 'DENIED_BY_SCP'] as const),
  ...(['UNSUPPORTED', 'TOO_MANY_REFERENCES', 'ACCOUNT_NOT_SERVED'] as const),
  ...(['NO_CONNECTION', 'NOT_KNOWN'] as const),
]);

/** What only one source shows, and what is lost without it. */
const GIVES_UP: Readonly<Partial<Record<string, string>>> = {
  amis: 'a snapshot that only an AMI needs counts as unused then',
};

/** Sources that may be left out, where nobody can or wants to make them answer. */
export function stepsToSkipSources(summary: Summary): NextStep[] {
  const { skippableSources, input, coverage, executionId } = summary;
  const failed = new Set(
    coverage.gaps.filter(isForSourcesOnly).flatMap(failuresOf).flatMap(stayingSource),
  );
  const all = [...new Set(skippableSources)].filter((name) => failed.has(name));
  const [sources, kept] = [true, false].map((may) =>
    all.filter((name) => maySkip(summary, name) === may),
  ) as [string[], string[]];
  const asking = kept.length === 0 ? [] : [stepToAsk(kept)];
  if (sources.length === 0) return asking;
  const skipReferences = [...new Set([...input.policy.skipReferences, ...sources])].filter((name) =>
    maySkip(summary, name),
  );
  const asked = JSON.stringify({ policy: { skipReferences } });
  return [
    {
      title: `Or retry without ${placesInWords(sources)}`,
      what: `Or retry without ${placesInWords(sources)} (policy.skipReferences).`,
      why: givenUp(sources),
      command: startCommand(summary, ['--retry', executionId, '--input', asked]),
    },
    ...asking,
  ];
}

/** Where the listing of a kind itself fails, it is no more complete without any source. */
function isForSourcesOnly(gap: Gap): boolean {
  return !failuresOf(gap).some(
    (failure) => failure.source === undefined && STAYING.has(causeOf(failure)),
  );
}

function givenUp(sources: readonly string[]): string {
  const also = sources.flatMap((source) => GIVES_UP[source] ?? []);
  const lost = also.length === 0 ? 'what only they name counts as unused then' : also.join(', ');
  return `That gives up what they protect: ${lost}. The summary says so.`;
}

function maySkip(summary: Summary, name: string): boolean {
  return floorsUnder(summary, { policy: { skipReferences: [name] } }).length === 0;
}

function stepToAsk(kept: readonly string[]): NextStep {
  return {
    title: `Or ask whether to scan without ${placesInWords(kept)}`,
    what: `Or ask who deploys orgsweep whether it may scan without ${placesInWords(kept)}.`,
    why: `Only they can allow it (${floorKeys(['skippableSources'])}).`,
  };
}

function failuresOf({ failure, otherFailures = [] }: Gap): AwsFailure[] {
  return failure === null ? [...otherFailures] : [failure, ...otherFailures];
}

function stayingSource(failure: AwsFailure): string[] {
  const { source } = failure;
  return source !== undefined && STAYING.has(causeOf(failure)) ? [source] : [];
}
