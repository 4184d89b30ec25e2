import type { Summary } from '../../core/summary/summary.ts';
import { cut, fit, inert, oneLine, wrap } from '../format/layout.ts';
import { mailLines, MOST_LINES } from './mail.ts';
import { formatNoun } from '../format/money.ts';
import { nextSteps } from '../what-to-do/next-steps.ts';
import { subjectOf } from './subject.ts';
import { STATUS_WORD } from '../words/words.ts';

/** What is published to SNS, and printed. */
export interface Message {
  readonly subject: string;
  readonly body: string;
  /** For whoever filters or follows messages: SNS carries it beside the text. */
  readonly about?: { readonly executionId: string; readonly status: string };
}

// SNS: a subject is ASCII, under 100 characters, without line breaks; a message may have 256 KiB,
// but what people read in a mail is a tenth of that.
const SUBJECT_LENGTH = 99;
const BODY_BYTES = 25_000;
const CUT_NOTE = '(cut here: the rest is in summary.json)';

/**
 * Renders a summary as plain text of at most 60 lines, without columns: most mail programs show it in
 * a proportional font, and a screen reader row by row. Is it all, what is it worth, what to do; then
 * the rest that a person needs on a Monday. All else is on the page.
 */
export function renderText(summary: Summary): Message {
  const word = STATUS_WORD[summary.status];
  const { head, tail } = mailLines(summary, nextSteps(summary));
  return message(`${word} ${subjectOf(summary, SUBJECT_LENGTH - word.length - 1)}`, head, tail);
}

interface DidNotStart {
  readonly what: string;
  readonly done: string;
  readonly todo: string;
}

const NOTHING_DONE = 'nothing was scanned, nothing was deleted';

/** By the error that ended it. */
const NOT_BEGUN_BY: Readonly<Partial<Record<string, DidNotStart>>> = {
  InvalidInput: {
    what: 'the input was refused',
    done: NOTHING_DONE,
    todo: 'Correct the input and start a new run.',
  },
  OrganizationUnavailable: {
    what: 'the accounts could not be listed',
    done: NOTHING_DONE,
    todo: 'Permit the hub to list the accounts (docs/operating.md, section 1), then start a new run.',
  },
};

const NOT_BEGUN: DidNotStart = {
  what: 'the run could not begin',
  done: NOTHING_DONE,
  todo: 'Remove the cause of the error, then start a new run. If this run was to resume another, it did not. Use --resume again.',
};

const WITHOUT_FACTS: DidNotStart = {
  what: 'the run left no summary',
  done: 'if it deleted anything, its record in the store has it',
  todo: 'Remove the cause of the error, then start a new run.',
};

/** Renders the end of an execution of which nothing is known but its error. */
export function renderFailure(
  executionId: string,
  error: { name: string; message: string },
  has: 'NOT_BEGUN' | 'BEGUN',
): Message {
  const { what, done, todo } =
    has === 'BEGUN' ? WITHOUT_FACTS : (NOT_BEGUN_BY[error.name] ?? NOT_BEGUN);
  const head = [
    ...wrap(`FAILED ${what}: ${done}.`, ''),
    '',
    ...wrap(`run: ${cut(executionId, 100)}`, ''),
    ...wrap(`error: ${cut(error.name, 200)}`, ''),
    '',
  ];
  const tail = ['', 'WHAT TO DO', ...wrap(todo, '  1. ')];
  const told = error.message.split('; ').flatMap((part) => wrap(cut(part, 2000), '  ', '    '));
  head.push(...atMost(MOST_LINES - head.length - tail.length, told));
  return message(`FAILED orgsweep: ${what}, ${error.name}`, head, tail);
}

function atMost(most: number, lines: readonly string[]): readonly string[] {
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most - 1);
  return [...kept, `  (${formatNoun(lines.length - kept.length, 'more line')} of the error)`];
}

export function message(
  subjectLine: string,
  head: readonly string[],
  tail: readonly string[],
): Message {
  const ascii = inert(oneLine(subjectLine)).replace(/[^\x20-\x7e]/g, '?');
  const end = `${tail.join('\n')}\n`;
  const room = BODY_BYTES - new TextEncoder().encode(end).length;
  return { subject: cut(ascii, SUBJECT_LENGTH), body: `${fit(head, room, CUT_NOTE)}${end}` };
}
