import type { Summary } from '../summary.ts';
import { WHERE_TO_TYPE } from './commands.ts';
import { headOf, subjectOf } from './headline.ts';
import { cut, fit, inert, oneLine, wrap } from './layout.ts';
import { type Step, nextSteps } from './next-steps.ts';
import { reportSection } from './report-section.ts';
import { LONGEST_VERBATIM, toText } from './section.ts';
import { sectionsOf } from './sections.ts';
import { STATUS_WORD } from './words.ts';

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
 * Renders a summary as plain text, without columns: most mail programs show it in a proportional
 * font, and a screen reader row by row. Coverage first, and at the end what to do.
 */
export function renderText(summary: Summary): Message {
  const word = STATUS_WORD[summary.status];
  const steps = nextSteps(summary);
  const [outcome = '', ...rest] = headOf(summary, steps);
  const head = [
    ...wrap(`${word} ${outcome}`, ''),
    ...rest.flatMap((line) => wrap(line, '')),
    ...sectionsOf(summary).flatMap(toText),
  ];
  const tail = [
    ...toText(reportSection(summary)),
    '',
    'WHAT TO DO NEXT',
    ...stepsToText(steps),
    ...whereToType(summary),
  ];
  return message(`${word} ${subjectOf(summary, SUBJECT_LENGTH - word.length - 1)}`, head, tail);
}

/** Who reads a mail is in no folder of orgsweep's. */
function whereToType({ hubName }: Summary): string[] {
  return hubName === null ? [] : ['', ...wrap(WHERE_TO_TYPE, '  ')];
}

function stepsToText(steps: readonly Step[]): string[] {
  if (steps.length === 0) return ['  Nothing.'];
  return steps.flatMap(({ what, why, command }, i) => {
    const text = [what, ...(why === undefined ? [] : [why])].join(' ');
    const lead = command === undefined ? '' : ` ${command.lead}:`;
    return [
      ...wrap(`${text}${lead}`, `  ${i + 1}. `),
      // Whole, however long: a command is there to be copied.
      ...(command === undefined ? [] : [`       ${cut(command.command, LONGEST_VERBATIM)}`]),
    ];
  });
}

interface DidNotStart {
  readonly what: string;
  readonly done: string;
  readonly todo: string;
}

const NOTHING_DONE = 'nothing was looked at, nothing was removed';

/** By the error that ended it. */
const NOT_BEGUN_BY: Readonly<Partial<Record<string, DidNotStart>>> = {
  InvalidInput: {
    what: 'the execution input was refused',
    done: NOTHING_DONE,
    todo: 'Correct the input and start a new execution.',
  },
  OrganizationUnavailable: {
    what: 'the accounts could not be listed',
    done: NOTHING_DONE,
    todo: 'Permit the hub to list the accounts (docs/operating.md, section 1), then start a new execution.',
  },
};

const NOT_BEGUN: DidNotStart = {
  what: 'the execution could not begin',
  done: NOTHING_DONE,
  todo: 'Remove the cause of the error, then start a new execution.',
};

const WITHOUT_FACTS: DidNotStart = {
  what: 'the execution left no facts',
  done: 'if it removed anything, that is in its ledger in the store',
  todo: 'Remove the cause of the error, then start a new execution.',
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
    ...wrap(`execution: ${cut(executionId, 100)}`, ''),
    ...wrap(`error: ${cut(error.name, 200)}`, ''),
    '',
    ...error.message.split('; ').flatMap((part) => wrap(cut(part, 2000), '  ', '    ')),
  ];
  const tail = ['', 'WHAT TO DO NEXT', ...wrap(todo, '  1. ')];
  return message(`FAILED orgsweep: ${what}, ${error.name}`, head, tail);
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
