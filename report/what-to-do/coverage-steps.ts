import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Gap, Summary } from '../../core/summary/summary.ts';
import { stepToAccept } from './accept-step.ts';
import { startCommand } from '../commands/commands.ts';
import { floorsUnder } from '../commands/within-floors.ts';
import { causeOf, type GapCause, REMEDIES } from '../gaps/gap-cause.ts';
import { type GapsOfCause, gapsUnderEachCause } from '../gaps/gap-groups.ts';
import { causeInPlaces, gapsCounted, lackingInWords } from '../gaps/gap-words.ts';
import { floorKeys } from '../words/floors-words.ts';
import { cut, wrap } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import type { Step } from '../parts/step.ts';
import { accountInWords, placesInWords } from '../format/place.ts';
import { GAP_WORDS } from '../words/target-words.ts';

const NAMED_CAUSES = 3;
const LINES_OF_A_STEP = 3;
/** What a step has before its text: "  12. ". */
const INDENT = ' '.repeat(6);
const NAMED_ACCOUNTS = [3, 2, 1, 0];

/** What to do about what was not scanned, each cause once, and then to scan it again. */
export function stepsForCoverage(summary: Summary): Step[] {
  const { coverage, status } = summary;
  if (coverage.inScope === 0)
    return [{ what: "Correct the input's scope: it leaves nothing to scan." }];
  if (coverage.gaps.length === 0) return [];
  const causes = gapsUnderEachCause(coverage.gaps);
  const steps = firstSteps(
    causes.filter(({ cause }) => REMEDIES[cause] !== 'WAIT'),
    summary,
  );
  if (status === 'FAILED') return steps;
  const accept = stepToAccept(summary);
  return [...steps, ...accept, retry(summary, causes, steps.length > 0), ...skipSources(summary)];
}

/** Those with most places: a mail full of them would have no room for what is worth money. */
function firstSteps(causes: readonly GapsOfCause[], summary: Summary): Step[] {
  const named = causes.length === NAMED_CAUSES + 1 ? causes.length : NAMED_CAUSES;
  const others = causes.slice(named);
  const gaps = gapsCounted([...new Set(others.flatMap((of) => of.gaps))]);
  return [
    ...causes.slice(0, named).map((of) => stepFor(of, summary)),
    ...(others.length === 0
      ? []
      : [
          { what: `Mend ${formatNoun(others.length, 'other cause')}, of ${gaps}: see the report.` },
        ]),
  ];
}

function stepFor(of: GapsOfCause, summary: Summary): Step {
  const isBehind = of.cause === 'ROLE_BEHIND';
  const remedy = isBehind
    ? `Roll out the discovery role again: it lacks ${lackingInWords(of.gaps)}, in`
    : REMEDIES[of.cause];
  const label = labelOf(of);
  return {
    what: firstThatFits(
      [...NAMED_ACCOUNTS.map((most) => placesOf(of, most)), gapsCounted(of.gaps)].map(
        (places) => `${remedy} ${places} (${label}).`,
      ),
    ),
    ...(of.accounts > 1 && { short: `${remedy} ${placesOf(of, 0)}.` }),
    ...(isBehind && rollOut(summary)),
  };
}

/** Whoever deployed orgsweep rolls it out; to a role of somebody's own, what it needs is added. */
function rollOut({ hubName }: Summary): Partial<Step> {
  return hubName === null
    ? { why: 'What it needs is in docs/iam-permissions.md.' }
    : { command: { lead: 'Command', command: 'npm run cdk -- deploy OrgsweepSpokes' } };
}

/** "sa-east-1 in 30 accounts: shop-prod (111122223333), 29 more", with as many names as fit. */
function placesOf(of: GapsOfCause, names: number): string {
  const fits = (words: string) => words.length < 90;
  const places = causeInPlaces(of, fits);
  // Where a place has one account, it is named with it.
  const unnamed = of.gaps.filter(({ accountId }) => !places.includes(accountId));
  const accounts = new Map(unnamed.map((gap) => [gap.accountId, gap]));
  if (names === 0 || accounts.size === 0) return places;
  const named = [...accounts.values()].slice(0, names).map(accountInWords);
  const more = accounts.size - named.length;
  return `${places}: ${[...named, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ')}`;
}

function firstThatFits(texts: readonly string[]): string {
  return texts.find((text) => linesOf(text) <= LINES_OF_A_STEP) ?? texts.at(-1) ?? '';
}

function linesOf(text: string): number {
  return wrap(text, INDENT).length;
}

/** By what the report and targets.jsonl have it: the status, or AWS's own code. */
function labelOf({ cause, gaps }: Pick<GapsOfCause, 'cause' | 'gaps'>): string {
  const [gap] = gaps;
  if (cause in GAP_WORDS || gap === undefined) return cause;
  const failures = [gap.failure, ...(gap.otherFailures ?? [])];
  const told = failures.find((failure) => causeOf(failure) === cause) ?? gap.failure;
  return gap.status === 'FAILED' && told !== null ? cut(told.code, 60) : gap.status;
}

/** Once what can be corrected is; the rest may well go by the next time. */
function retry(summary: Summary, causes: readonly GapsOfCause[], isAfterOthers: boolean): Step {
  const passing = causes.filter(({ cause }) => REMEDIES[cause] === 'WAIT');
  const what = `${isAfterOthers ? 'Then retry' : 'Retry'} only what was not scanned.`;
  return {
    what,
    ...(passing.length > 0 && { why: waitFor(passing, what) }),
    command: startCommand(summary, ['--retry', summary.executionId]),
  };
}

function waitFor(passing: readonly GapsOfCause[], what: string): string {
  const all = gapsCounted([...new Set(passing.flatMap(({ gaps }) => gaps))]);
  const labels = [...new Set(passing.map(labelOf))].join(', ');
  const ways = [
    [...new Set(passing.map((of) => `${placesOf(of, 0)} (${labelOf(of)})`))].join(', '),
    `${all} (${labels})`,
    all,
  ].map((places) => `Wait first: nothing to fix for ${places}.`);
  return ways.find((way) => linesOf(`${what} ${way}`) < LINES_OF_A_STEP) ?? ways.at(-1) ?? '';
}

/** A listing that fails for one of these fails the next time, too. */
const STAYING: ReadonlySet<GapCause> = new Set([
  ...(['ACCESS_DENIED', 'DENIED_BY_BOUNDARY', 'DENIED_BY_SESSION_POLICY'] as const),
  ...(['DENIED_BY_ENDPOINT_POLICY', 'DENIED_BY_RCP', 'DENIED_BY_SCP'] as const),
  ...(['UNSUPPORTED', 'TOO_MANY_REFERENCES', 'ACCOUNT_NOT_SERVED'] as const),
  ...(['NO_CONNECTION', 'NOT_KNOWN'] as const),
]);

/** Sources that may be left out, where nobody can or wants to make them answer. */
function skipSources(summary: Summary): Step[] {
  const { skippableSources, input, coverage, executionId } = summary;
  const failed = new Set(coverage.gaps.flatMap(failuresOf).flatMap(stayingSource));
  const all = skippableSources.filter((name) => failed.has(name));
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
      what: `Or retry without ${placesInWords(sources)} (policy.skipReferences).`,
      why: 'Then nothing that they would show keeps a snapshot, and the summary says so.',
      command: startCommand(summary, ['--retry', executionId, '--input', asked]),
    },
    ...asking,
  ];
}

function maySkip(summary: Summary, name: string): boolean {
  return floorsUnder(summary, { policy: { skipReferences: [name] } }).length === 0;
}

function stepToAsk(kept: readonly string[]): Step {
  return {
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
