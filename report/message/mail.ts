import type { Summary } from '../../core/summary/summary.ts';
import { isOnSimulation, PROGRAM } from '../commands/commands.ts';
import { kindsOnTheirWay } from '../format/only-reported.ts';
import { funnelSection } from '../sections/funnel-section.ts';
import { gapsSection } from '../gaps/gaps-section.ts';
import { outcomeInWords } from '../sections/headline.ts';
import { WIDTH } from '../format/layout.ts';
import { sectionLines, stepLines, wrapAtMost } from './mail-lines.ts';
import { notTrustedSection } from '../sections/not-trusted-section.ts';
import { accountsSection, MOST_ACCOUNTS } from '../sections/ranking-section.ts';
import { reportSection } from '../parts/report-section.ts';
import { runSection } from '../sections/run-section.ts';
import { savingInWords } from '../words/worth-words.ts';
import type { Step } from '../parts/step.ts';
import { STATUS_WORD } from '../words/words.ts';
import { worthInHead } from '../sections/worth-in-head.ts';

/** What a person reads on a Monday: all of it at once. A command that is there to be copied is a line. */
export const MOST_LINES = 60;
const HEAD_LINES = 5;
const FUNNEL_LINES = 14;
/** Where several kinds are told each by itself. */
const LINES_OF_A_KIND = 4;
const MOST_FUNNEL_LINES = 22;
const GAPS_LINES = 11;
const NOT_BELIEVED_LINES = 8;
const RUN_LINES = 10;
const LEAST_RUN_LINES = 5;
/** Steps give way to the accounts, and not further than this. */
const LEAST_STEP_LINES = 14;

/** Is it all, what is it worth, what to do: in five lines. */
export function headLines(
  summary: Summary,
  steps: readonly Step[],
  width: number = WIDTH,
): string[] {
  const word = STATUS_WORD[summary.status];
  const outcome = wrapAtMost(3, `${word} ${outcomeInWords(summary)}.`, '', width);
  const before = [
    ...outcome,
    // With what to do there are five.
    ...worthLines(worthInHead(summary), outcome.length > 2 ? 1 : 2, width),
  ];
  const room = Math.min(2, HEAD_LINES - before.length);
  const [first = [''], ...others] = firstSteps(steps).map((text) =>
    wrapAtMost(MOST_LINES, text, '', width),
  );
  const fitting = [first, ...others].find((lines) => lines.length <= room);
  return [...before, ...(fitting ?? wrapAtMost(room, firstSteps(steps).at(-1) ?? '', '', width))];
}

/** A figure is never cut: what explains it goes first, and then the last sentence. */
function worthLines(sentences: readonly string[], most: number, width: number): string[] {
  const [first] = sentences;
  if (first === undefined) return [];
  const inShort = (text: string) => text.replace(/( \([^()]*\)|, (when|which) [^,.]*)\.$/, '.');
  const lengths = sentences.map((_, i) => sentences.length - i);
  const ways = lengths.flatMap((length) => {
    const told = sentences.slice(0, length);
    const [before, last] = [told.slice(0, -1), told.at(-1) ?? ''];
    return [
      told,
      [...before, inShort(last)],
      [...before.map(inShort), last],
      [...before, last].map(inShort),
    ];
  });
  const lines = ways.map((way) => wrapAtMost(MOST_LINES, way.join(' '), '', width));
  return lines.find((way) => way.length <= most) ?? wrapAtMost(most, first, '', width);
}

/** The ways to say what is first, the longest first. */
function firstSteps(steps: readonly Step[]): string[] {
  const [step] = steps;
  if (step === undefined) return ['Nothing to do.'];
  const of = steps.length > 1 ? `Step 1 of ${steps.length}` : 'To do';
  const { what, short = what, worth } = step;
  const usd = worth?.monthlyCostUsdUpTo ?? 0;
  const saves = savingInWords(usd);
  return [
    // What it is worth, too: that is why it comes first.
    ...(usd > 0 ? [`${of} (${saves}): ${short}`] : []),
    `${of}: ${short}`,
  ];
}

/** The whole message but for its end, which says where the report is. */
export function mailLines(
  summary: Summary,
  steps: readonly Step[],
): { head: string[]; tail: string[] } {
  const rest = summary.reportFailure === null ? 'on the page' : 'in summary.json';
  const head = headLines(summary, steps);
  const doubts = sectionLines(notTrustedSection(summary), NOT_BELIEVED_LINES, rest);
  const ofFunnel = FUNNEL_LINES + LINES_OF_A_KIND * kindsOnTheirWay(summary).length;
  const funnel = sectionLines(funnelSection(summary), Math.min(ofFunnel, MOST_FUNNEL_LINES), rest);
  const gaps = sectionLines(gapsSection(summary), GAPS_LINES, rest);
  const tail = sectionLines(reportSection(summary), MOST_LINES, rest);
  const taken = [head, doubts, funnel, gaps, tail].flat().length;
  // What was asked for can be looked up; what to do can't.
  const runRoom = Math.max(LEAST_RUN_LINES, MOST_LINES - taken - LEAST_STEP_LINES);
  const run = sectionLines(runSection(summary), Math.min(RUN_LINES, runRoom), rest);
  const room = MOST_LINES - taken - run.length;
  const accountsWanted = sectionLines(accountsSection(summary), MOST_LINES, rest).length;
  const stepRoom = Math.max(Math.min(LEAST_STEP_LINES, room), room - accountsWanted);
  const toDo = todoLines(summary, steps, stepRoom, rest);
  const accounts = accountLines(summary, room - toDo.length, rest);
  return { head: [head, toDo, doubts, funnel, gaps, accounts, run].flat(), tail };
}

function todoLines(summary: Summary, steps: readonly Step[], room: number, rest: string): string[] {
  const commands = steps.flatMap(({ command }) => command?.command ?? []);
  const title = ['', `WHAT TO DO${whoseCredentials(summary, commands)}`];
  if (steps.length === 0) return [...title, '  Nothing.'];
  // Who reads a mail is in no folder of orgsweep's.
  const isElsewhere =
    summary.hubName !== null && commands.some((command) => command.startsWith(PROGRAM));
  const notes = isElsewhere ? [WHERE_INSTALLED] : [];
  return [...title, ...stepLines(steps, room - title.length - notes.length, rest), ...notes];
}

const WHERE_INSTALLED =
  '  Type orgsweep commands where it is installed (README.md). Never with npx.';

function whoseCredentials(summary: Summary, commands: readonly string[]): string {
  if (!commands.some((command) => command.includes('--profile '))) return '';
  return isOnSimulation(summary)
    ? ' (aws: only in a real organization, with a profile for each account)'
    : ' (name your aws profiles by account id)';
}

function accountLines(summary: Summary, room: number, rest: string): string[] {
  // A blank, the title, and the line of the others.
  const most = Math.min(MOST_ACCOUNTS, room - 3);
  return most < 1 ? [] : sectionLines(accountsSection(summary, most), room, rest);
}

/** The same for chat, which wraps by itself. */
export function headOf(summary: Summary, steps: readonly Step[]): string[] {
  return [`${outcomeInWords(summary)}.`, ...worthInHead(summary), ...firstSteps(steps).slice(0, 1)];
}
