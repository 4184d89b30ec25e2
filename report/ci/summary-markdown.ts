import type { Judged } from '../../core/gate/gate.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { gapsSection } from '../gaps/gaps-section.ts';
import { formatNoun } from '../format/money.ts';
import { nounsOf } from '../format/noun.ts';
import type { Line, Section } from '../parts/section.ts';
import { reportSection } from '../parts/report-section.ts';
import type { Step } from '../parts/step.ts';
import { outcomeInWords } from '../sections/headline.ts';
import { notTrustedSection } from '../sections/not-trusted-section.ts';
import { accountsSection } from '../sections/ranking-section.ts';
import { worthInHead } from '../sections/worth-in-head.ts';
import { nextSteps } from '../what-to-do/next-steps.ts';
import { STATUS_WORD } from '../words/words.ts';
import { funnelRows } from './funnel-rows.ts';
import { judgedInWords } from './gate-words.ts';
import { codeBlock, markdownTable, plainMarkdown } from './markdown.ts';

/** What has to be looked at today; all others are on the page. */
const MOST_STEPS = 3;

/**
 * A run as Markdown, for the page of a job: the message's words, with what a table shows better in a
 * table. It begins and ends with a blank line, as others write to the same file.
 */
export function summaryMarkdown(summary: Summary, judged: readonly Judged[] = []): string {
  const { status, mode, executionId, simulated } = summary;
  const steps = nextSteps(summary);
  const about = [mode, executionId, ...(simulated ? ['simulated organization'] : [])];
  const lines = [
    '',
    `## ${plainMarkdown(`orgsweep: ${STATUS_WORD[status]} ${outcomeInWords(summary)}`)}`,
    '',
    plainMarkdown(worthInHead(summary).join(' ')),
    '',
    ...judged.map((one) => `- ${plainMarkdown(`Condition ${judgedInWords(one, summary)}`)}`),
    '',
    ...markdownTable(
      ['From unused to saved', nounsOf(summary), 'Size', 'Cost a month, up to'],
      funnelRows(summary),
    ),
    '',
    'Each amount is an upper bound.',
    ...toMarkdown(notTrustedSection(summary)),
    ...stepLines(steps),
    ...toMarkdown(accountsSection(summary)),
    ...toMarkdown(gapsSection(summary)),
    ...toMarkdown(reportSection(summary)),
    '',
    plainMarkdown(`Run: ${about.join(', ')}`),
    '',
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** Of a run that left nothing to tell of, so that nobody takes silence for a good end. */
export function unsummarizedMarkdown(what: string): string {
  return `\n## orgsweep: ${plainMarkdown(what)}\n\nWhat went wrong is in the log of the command.\n\n`;
}

function stepLines(steps: readonly Step[]): string[] {
  const more = steps.length - MOST_STEPS;
  return [
    ...heading('WHAT TO DO'),
    ...(steps.length === 0 ? ['Nothing.'] : []),
    ...steps
      .slice(0, MOST_STEPS)
      .flatMap(({ what, why, command }, i) => [
        `${i + 1}. ${plainMarkdown([what, why ?? '', command ? `${command.lead}:` : ''].join(' '))}`,
        ...(command === undefined ? [] : ['', ...codeBlock(command.command, '   '), '']),
      ]),
    ...(more > 0 ? ['', `${formatNoun(more, 'more step')} on the page.`] : []),
  ];
}

function toMarkdown({ title, lines }: Section): string[] {
  return lines.length === 0 ? [] : [...heading(title), ...lines.flatMap(lineToMarkdown)];
}

/** Titles of a mail are in capitals, for want of another mark. */
function heading(title: string): string[] {
  const [words = '', rest = ''] = title.split(/(?= \()/, 2);
  const small = `${words.charAt(0)}${words.slice(1).toLowerCase()}`;
  return ['', `### ${plainMarkdown(`${small}${rest}`)}`, ''];
}

/** Where the page is in the AWS console, as `reportSection` spells it. */
const CONSOLE_LINK = /^https:\/\/console\.[\w./:?=%-]+$/;

function lineToMarkdown({ as, text }: Line): string[] {
  switch (as) {
    case 'sentence':
      return [plainMarkdown(text), ''];
    case 'point':
      return [`- ${plainMarkdown(text)}`];
    case 'below':
      return [`  - ${plainMarkdown(text)}`];
    case 'verbatim':
      return ['', ...(CONSOLE_LINK.test(text) ? [`<${text}>`] : codeBlock(text))];
  }
}
