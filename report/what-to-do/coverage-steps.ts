import { deniedActionIn } from '../../core/outcome/denied-action.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { stepToAccept } from './accept-step.ts';
import { startCommand } from '../commands/commands.ts';
import { causeOf, type GapCause, REMEDIES } from '../gaps/gap-cause.ts';
import { type GapsOfCause, gapsUnderEachCause } from '../gaps/gap-groups.ts';
import { CAUSE_WORDS, causeInPlaces, gapsCounted, lackingInWords } from '../gaps/gap-words.ts';
import { cut, wrap } from '../format/layout.ts';
import { formatCount, formatNoun } from '../format/money.ts';
import type { NextStep } from '../parts/step.ts';
import { accountInWords } from '../format/place.ts';
import { stepsToSkipSources } from './skip-steps.ts';
import { GAP_WORDS } from '../words/target-words.ts';

const NAMED_CAUSES = 3;
const NAMED_ACTIONS = 2;
const LINES_OF_A_STEP = 3;
/** What a step has before its text: "  12. ". */
const INDENT = ' '.repeat(6);
const NAMED_ACCOUNTS = [3, 2, 1, 0];

/** What to do about what was not scanned, each cause once, and then to scan it again. */
export function stepsForCoverage(summary: Summary): NextStep[] {
  const { coverage, status } = summary;
  if (coverage.inScope === 0)
    return [
      { title: 'Correct the scope', what: "Correct the input's scope: it leaves nothing to scan." },
    ];
  if (coverage.gaps.length === 0) return [];
  const causes = gapsUnderEachCause(coverage.gaps);
  const steps = curesFirst(
    causes.filter(({ cause }) => REMEDIES[cause] !== 'WAIT'),
    summary,
  );
  if (status === 'FAILED') return steps;
  const accept = stepToAccept(summary);
  return [
    ...steps,
    ...accept,
    retry(summary, causes, steps.length > 0),
    ...stepsToSkipSources(summary),
  ];
}

/** What whoever set orgsweep up mends, and nobody else. */
const BY_ROLE: ReadonlySet<GapCause> = new Set([
  'ROLE_BEHIND',
  'ACCESS_DENIED',
  'ROLE_UNAVAILABLE',
]);

/** To retry before anything is mended changes nothing: where a message has the one, it has the other. */
function curesFirst(causes: readonly GapsOfCause[], summary: Summary): NextStep[] {
  const [first, ...others] = firstSteps(causes, summary);
  if (first === undefined) return [];
  const isByRole = causes[0] !== undefined && BY_ROLE.has(causes[0].cause);
  return [{ ...first, ...(isByRole && { staysIfRoom: true }) }, ...others];
}

/** Those with most places: a mail full of them would have no room for what is worth money. */
function firstSteps(causes: readonly GapsOfCause[], summary: Summary): NextStep[] {
  const named = causes.length === NAMED_CAUSES + 1 ? causes.length : NAMED_CAUSES;
  const others = causes.slice(named);
  const gaps = gapsCounted([...new Set(others.flatMap((of) => of.gaps))]);
  return [
    ...causes.slice(0, named).map((of) => stepFor(of, summary)),
    ...(others.length === 0
      ? []
      : [
          {
            title: `Mend ${formatNoun(others.length, 'other cause')}`,
            what: `Mend ${formatNoun(others.length, 'other cause')}, of ${gaps}: see the report.`,
          },
        ]),
  ];
}

function stepFor(of: GapsOfCause, summary: Summary): NextStep {
  const isBehind = of.cause === 'ROLE_BEHIND';
  const remedy = isBehind
    ? `Roll out the discovery role again: it lacks ${lackingInWords(of.gaps, wordsIn(summary))}, in`
    : remedyOf(of);
  const label = labelOf(of);
  return {
    title: `Not scanned: ${CAUSE_WORDS[of.cause]}`,
    what: firstThatFits(
      [...NAMED_ACCOUNTS.map((most) => placesOf(of, most)), gapsCounted(of.gaps)].map(
        (places) => `${remedy} ${places} (${label}).`,
      ),
    ),
    ...(of.accounts > 1 && { short: `${remedy} ${placesOf(of, 0)}.` }),
    ...(isBehind && rollOut(summary)),
  };
}

/** With the permissions by name, where there are few. */
function remedyOf({ cause, gaps }: GapsOfCause): string {
  const remedy = REMEDIES[cause];
  if (cause !== 'ACCESS_DENIED') return remedy;
  const denied = gaps
    .flatMap(({ failure, otherFailures = [] }) => [failure, ...otherFailures])
    .filter((failure) => failure !== null && causeOf(failure) === cause)
    .map((failure) => failure && (deniedActionIn(failure) ?? failure.operation));
  const actions = [...new Set(denied)];
  const isKnown = actions.length > 0 && actions.every((action) => action?.includes(':'));
  if (!isKnown || actions.length > NAMED_ACTIONS) return remedy;
  return `Give the discovery role ${actions.join(' and ')}, which orgsweep needs, in`;
}

/** Whoever deployed orgsweep rolls it out; to a role of somebody's own, what it needs is added. */
function rollOut({ hubName }: Summary): Partial<NextStep> {
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
function retry(summary: Summary, causes: readonly GapsOfCause[], isAfterOthers: boolean): NextStep {
  const passing = causes.filter(({ cause }) => REMEDIES[cause] === 'WAIT');
  const what = `${isAfterOthers ? 'Then retry' : 'Retry'} only what was not scanned.`;
  return {
    title: `${isAfterOthers ? 'Then retry' : 'Retry'} what was not scanned`,
    what,
    ...(passing.length > 0 && { why: waitFor(passing, what) }),
    command: startCommand(summary, ['--retry', summary.executionId]),
    staysInMessage: true,
  };
}

function waitFor(passing: readonly GapsOfCause[], what: string): string {
  const all = gapsCounted([...new Set(passing.flatMap(({ gaps }) => gaps))]);
  const labels = [...new Set(passing.map(labelOf))].join(', ');
  const ways = [
    [...new Set(passing.map((of) => `${placesOf(of, 0)} (${labelOf(of)})`))].join(', '),
    `${all} (${labels})`,
    all,
  ].map((places) => `Nothing to fix, just wait: ${places}.`);
  return ways.find((way) => linesOf(`${what} ${way}`) < LINES_OF_A_STEP) ?? ways.at(-1) ?? '';
}
