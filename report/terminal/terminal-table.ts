import type { Summary } from '../../core/summary/summary.ts';
import { cutToWidth } from '../format/cut-to-width.ts';
import { kindsOnTheirWay } from '../format/only-reported.ts';
import { funnelSection } from '../sections/funnel-section.ts';
import { gapsSection } from '../gaps/gaps-section.ts';
import { oneLine } from '../format/layout.ts';
import { headLines } from '../message/mail.ts';
import { sectionLines, stepLines } from '../message/mail-lines.ts';
import { nextSteps } from '../what-to-do/next-steps.ts';
import { notTrustedSection } from '../sections/not-trusted-section.ts';

/** Together with a prompt and the lines of the phases it fits a terminal of a usual height. */
const MOST_LINES = 33;
/** One step with its command, and how many there are besides: they are told, however long the rest is. */
const LEAST_STEP_LINES = 6;
const MOST_COLUMNS = 100;
/** What is narrower than any text is left to the terminal to wrap. */
const LEAST_COLUMNS = 40;
const FILES = 'files      ';
const FUNNEL_LINES = 11;
/** Where several kinds are told each by itself. */
const LINES_OF_A_KIND = 3;
const MOST_FUNNEL_LINES = 17;
const GAPS_LINES = 7;
const NOT_BELIEVED_LINES = 6;

/**
 * Renders a summary for a person at a terminal, at a glance: the mail's first parts in its words, as
 * wide as the terminal is. All of it is in summary.txt. The first word is the status.
 */
export function renderTable(summary: Summary, terminalColumns: number): string[] {
  const width = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, terminalColumns));
  const steps = nextSteps(summary);
  const rest = 'in summary.txt';
  const head = headLines(summary, steps, width);
  const after = [
    ...sectionLines(notTrustedSection(summary), NOT_BELIEVED_LINES, rest, width),
    ...sectionLines(funnelSection(summary), funnelLines(summary), rest, width),
    ...sectionLines(gapsSection(summary), GAPS_LINES, rest, width),
    '',
    // Whole, whatever its length: it is there to be copied.
    `${FILES}${oneLine(summary.location)}`,
  ];
  const room = MOST_LINES - head.length - after.length - 2;
  const toDo =
    steps.length === 0
      ? ['  Nothing.']
      : stepLines(steps, Math.max(LEAST_STEP_LINES, room), 'on the page', width);
  const lines = [...head, '', 'WHAT TO DO (the whole report: summary.txt)', ...toDo, ...after];
  // Wide characters count twice here; a command and a path stay whole.
  return lines.map((line) => (/^( {7}\S|files )/.test(line) ? line : cutToWidth(line, width)));
}

function funnelLines(summary: Summary): number {
  const kinds = kindsOnTheirWay(summary).length;
  return Math.min(FUNNEL_LINES + LINES_OF_A_KIND * kinds, MOST_FUNNEL_LINES);
}
