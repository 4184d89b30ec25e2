import { day, moment } from '../report/dates.ts';
import { oneLine, wrap } from '../report/layout.ts';
import { formatGiB, formatNoun, formatUsdUpTo } from '../report/money.ts';
import { tagsInWords } from '../report/quoted.ts';
import type { Finding } from '../verdict.ts';
import { answer, latestOf } from './answer.ts';
import type { Explanation } from './explanation.ts';
import { type Restoring, type Step, whatToDo } from './what-to-do.ts';

/** What the text needs besides the explanation. */
export interface Telling extends Restoring {
  /** A finding as sentences, its verdict first. */
  readonly inWords: (finding: Finding) => readonly string[];
}

/** An explanation as text that can be read aloud, at most 78 characters wide but for commands. */
export function renderExplanation(of: Explanation, telling: Telling): string {
  const finding = latestOf(of)?.finding ?? null;
  const name = of.accountName === null ? '' : ` (${of.accountName})`;
  const lines = [
    ...wrap(`${of.resourceId}, ${of.kind} of account ${of.accountId}${name} in ${of.region}`, ''),
    '',
    ...wrap(answer(of, telling.inWords).join(' '), ''),
    ...(finding === null
      ? []
      : ['', 'WHAT WAS SEEN', ...seenSentences(of, finding, telling).flatMap(indented)]),
    '',
    'WHAT YOU CAN DO',
    ...whatToDo(of, telling).flatMap(stepLines),
    '',
    'WHAT EACH EXECUTION DID, THE NEWEST FIRST',
    ...of.executions.flatMap(executionLines),
  ];
  return `${lines.join('\n')}\n`;
}

function seenSentences({ stale }: Explanation, finding: Finding, { inWords }: Telling): string[] {
  const { startedAt, ageDays, sizeGiB, monthlyCostUsdUpTo, tags } = finding;
  const age = ageDays === null ? '' : `, and was ${formatNoun(ageDays, 'day')} old`;
  const started =
    startedAt === null
      ? "When it was started isn't known."
      : `It was started on ${day(startedAt)}${age}.`;
  const cost =
    monthlyCostUsdUpTo === null
      ? "; what that costs isn't known"
      : `, and costs at most ${formatUsdUpTo(monthlyCostUsdUpTo)} a month`;
  return [
    started,
    `Its size is ${formatGiB(sizeGiB)}${cost}.`,
    ...(stale === null ? [] : [staleSentence(stale)]),
    ...inWords(finding).slice(1),
    tagsInWords(tags),
  ];
}

function staleSentence({ since, lastSeen }: NonNullable<Explanation['stale']>): string {
  const [first, last] = [day(since), day(lastSeen)];
  return first === last
    ? `It was first seen stale on ${first}.`
    : `It has been seen stale without a break since ${first}, last on ${last}.`;
}

function stepLines(step: Step): string[] {
  return 'say' in step ? indented(step.say) : [`    ${oneLine(step.command)}`];
}

function executionLines(trace: Explanation['executions'][number]): string[] {
  const { executionId, mode, status, startedAt, why } = trace;
  const when = startedAt === null ? '' : `, ${moment(startedAt)}`;
  const ended = status === null ? 'no summary: not ended, or broken off' : `ended ${status}`;
  return [
    '',
    ...wrap(`${executionId}${when}: ${mode ?? 'mode not known'}, ${ended}`, '  ', '    '),
    ...why.flatMap((sentence) => wrap(sentence, '    ')),
  ];
}

function indented(sentence: string): string[] {
  return wrap(sentence, '  ');
}
