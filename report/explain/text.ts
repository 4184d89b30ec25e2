import type { KindWords, WordsByKind } from '../../core/words/kind-words.ts';
import { day, moment } from '../format/dates.ts';
import { oneLine, wrap } from '../format/layout.ts';
import { formatSize, formatNoun, formatUsdUpTo } from '../format/money.ts';
import { nameInWords } from '../format/place.ts';
import { listed, tagsInWords } from '../format/quoted.ts';
import type { Finding } from '../../core/model/verdict.ts';
import { answer, latestOf } from './answer.ts';
import type { Explanation } from './explanation.ts';
import { type Restoring, type Step, whatToDo } from './what-to-do.ts';
import { GIB } from '../../core/model/amount.ts';

const MOST_NAMED = 3;

/** What the text needs besides the explanation. */
export interface Telling extends Restoring {
  /** A finding as sentences, its verdict first. */
  readonly inWords: (finding: Finding) => readonly string[];
  readonly words: WordsByKind;
}

/** An explanation as text that can be read aloud, at most 78 characters wide but for commands. */
export function renderExplanation(of: Explanation, telling: Telling): string {
  const finding = latestOf(of)?.finding ?? null;
  const name = of.accountName === null ? '' : ` (${nameInWords(of.accountName)})`;
  const what = telling.words[of.kind]?.one ?? of.kind;
  const lines = [
    ...wrap(`${of.resourceId}, ${what} of account ${of.accountId}${name} in ${of.region}`, ''),
    '',
    ...wrap(answer(of, telling.inWords, telling.words[of.kind]).join(' '), ''),
    ...(finding === null
      ? []
      : ['', 'WHAT WAS SEEN', ...seenSentences(of, finding, telling).flatMap(indented)]),
    '',
    'WHAT YOU CAN DO',
    ...whatToDo(of, telling, telling.words[of.kind]).flatMap(stepLines),
    '',
    'WHAT EACH RUN DID, NEWEST FIRST',
    ...foldAlike(of.executions).flatMap(executionLines),
  ];
  return `${lines.join('\n')}\n`;
}

function seenSentences(of: Explanation, finding: Finding, { inWords, words }: Telling): string[] {
  const { stale } = of;
  const { startedAt, ageDays, tags } = finding;
  const age = ageDays === null ? '' : `, and was ${formatNoun(ageDays, 'day')} old`;
  const started =
    startedAt === null
      ? 'When it was made is not known.'
      : `It was made on ${day(startedAt)}${age}.`;
  return [
    started,
    worthSentence(finding),
    ...measuredSentence(of, words[of.kind]),
    ...(stale === null ? [] : [staleSentence(stale)]),
    ...inWords(finding).slice(1),
    tagsInWords(tags),
  ];
}

function worthSentence({ sizeGiB, monthlyCostUsdUpTo: usd }: Finding): string {
  // What it frees is told below.
  if (usd === 0 && sizeGiB === null) return 'It costs nothing itself.';
  const cost = usd === null ? null : `costs at most ${formatUsdUpTo(usd)} a month`;
  if (sizeGiB === null) return cost === null ? "What it costs isn't known." : `It ${cost}.`;
  return `Its size is ${formatSize(sizeGiB)}${cost === null ? "; what that costs isn't known" : `, and ${cost}`}.`;
}

/** Of what is gone, nothing is freed any more. */
function measuredSentence(of: Explanation, own: KindWords | undefined): string[] {
  const { measured } = of;
  const isGone = latestOf(of)?.removal?.outcome === 'REMOVED';
  if (measured === null || measured.freed === null || isGone) return [];
  const { bytes, monthlyCostUsd } = measured.freed;
  const cost = monthlyCostUsd === null ? '' : ` (${formatUsdUpTo(monthlyCostUsd)} a month)`;
  const what =
    own?.copiesOf === undefined
      ? 'the unused ones that share its data'
      : `the unused ${own.many} of its ${own.copiesOf}`;
  return [
    `Measured on ${day(measured.at)}: deleting ${what} frees ${formatSize(bytes / GIB)}${cost}.`,
  ];
}

function staleSentence({ since, lastSeen }: NonNullable<Explanation['stale']>): string {
  const [first, last] = [day(since), day(lastSeen)];
  return first === last
    ? `It was first seen unused on ${first}.`
    : `It has been seen unused in every scan since ${first}, last on ${last}.`;
}

function stepLines(step: Step): string[] {
  return 'say' in step ? indented(step.say) : [`    ${oneLine(step.command)}`];
}

type Story = Explanation['executions'][number];

/** Runs of executions that say the same: the newest, and those before it. */
function foldAlike(executions: readonly Story[]): Story[][] {
  const runs: Story[][] = [];
  for (const story of executions) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isAlike(run[0], story)) run.push(story);
    else runs.push([story]);
  }
  return runs;
}

/** One that has not ended is told apart from those that have. */
function isAlike(a: Story, b: Story): boolean {
  const hasEnded = ({ status }: Story) => status !== null;
  return hasEnded(a) === hasEnded(b) && a.why.join('\n') === b.why.join('\n');
}

function executionLines([newest, ...others]: readonly Story[]): string[] {
  if (newest === undefined) return [];
  const { executionId, mode, status, startedAt, why } = newest;
  const when = startedAt === null ? '' : `, ${moment(startedAt)}`;
  const ended = status === null ? 'no summary: not ended, or broken off' : `ended ${status}`;
  return [
    '',
    ...wrap(`${executionId}${when}: ${mode ?? 'mode not known'}, ${ended}`, '  ', '    '),
    ...[...why, ...sameBefore(others)].flatMap((sentence) => wrap(sentence, '    ')),
  ];
}

function sameBefore(others: readonly Story[]): string[] {
  if (others.length === 0) return [];
  const which = others.length === 1 ? 'run' : formatNoun(others.length, 'run');
  const ids = others.map(({ executionId }) => executionId);
  return [`The same in the ${which} before: ${listed(ids, MOST_NAMED)}.`];
}

function indented(sentence: string): string[] {
  return wrap(sentence, '  ');
}
