import { z } from 'zod';
import { ExecutionId } from '../../core/model/ids.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { code, cutMarkdown, emphasized, fenced, inCode, plain } from './chat-markdown.ts';
import { headOf } from './mail.ts';
import { nextSteps } from '../what-to-do/next-steps.ts';
import type { Step } from '../parts/step.ts';
import { reportSection } from '../parts/report-section.ts';
import type { Line, Section } from '../parts/section.ts';
import { sectionsOf } from '../sections/sections.ts';
import { subjectOf } from './subject.ts';
import type { Message } from './text.ts';
import { STATUS_WORD } from '../words/words.ts';

/** What SNS brings: the text, and what the publisher said about it. */
export interface Received extends Pick<Message, 'subject' | 'body'> {
  readonly about?: Partial<NonNullable<Message['about']>>;
}

const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullable(),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
});

const LONGEST_TITLE = 250;
const LONGEST_DESCRIPTION = 8000;
const LONGEST_STEP = 350;
const LONGEST_KEYWORD = 75;
const LONGEST_SUMMARY = 250;
const LINES_OF_A_SECTION = 14;
const REST = '\n\n… the rest is in the e-mail and in summary.txt';

interface Notification {
  readonly title: string;
  readonly description: string;
  readonly nextSteps?: readonly string[];
  readonly keywords?: readonly string[];
  readonly threadId?: string | undefined;
}

/** The facts of the e-mail, in short sections: sentences, bullets and emphasis, which Slack and Teams both show. */
export function renderChat(summary: Summary): string {
  const word = STATUS_WORD[summary.status];
  const steps = nextSteps(summary);
  const [outcome = '', ...rest] = headOf(summary, steps);
  const parts = [
    `${emphasized(word)} ${plain(outcome)}`,
    rest.map((line) => `- ${plain(line)}`).join('\n'),
    ...sectionsOf(summary).flatMap(toMarkdown),
  ];
  const report = toMarkdown(reportSection(summary)).join('');
  const room = LONGEST_DESCRIPTION - report.length - 2;
  return notification({
    title: plain(`${word} ${subjectOf(summary, 150)}`),
    description: `${fitParts(parts, room)}\n\n${report}`,
    nextSteps: steps.map(stepToMarkdown),
    keywords: [word, summary.mode],
    threadId: summary.executionId,
  });
}

/**
 * Any other message in the form that Amazon Q in chat shows; plain text it drops without a word.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function toChatNotification(received: Received): string {
  const { subject, body } = alarmInWords(received) ?? received;
  const text = inCode(unquoted(body.trimEnd()));
  const room = LONGEST_DESCRIPTION - fenced('').length;
  const { status, executionId } = received.about ?? {};
  // In any other message what looks like one may be somebody's name.
  const commands =
    status === 'APPROVAL_WANTED'
      ? [...body.matchAll(/^ +(orgsweep (?:approve|reject) .+)$/gm)]
      : [];
  return notification({
    title: plain(subject),
    description: fenced(cutMarkdown(text, room, REST)),
    nextSteps: commands.map(([, command]) => code(command ?? '')),
    keywords: status === undefined ? [] : [status],
    threadId: ExecutionId.safeParse(executionId).data,
  });
}

/** EventBridge sends text as a JSON string. */
function unquoted(text: string): string {
  return /^"([^"\n]*)"$/.exec(text)?.[1] ?? text;
}

function notification(of: Notification): string {
  const { nextSteps: steps = [], keywords = [], threadId } = of;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: cutMarkdown(of.title, LONGEST_TITLE),
      description: of.description,
      ...(steps.length > 0 && { nextSteps: steps.map((step) => cutMarkdown(step, LONGEST_STEP)) }),
      ...(keywords.length > 0 && {
        keywords: keywords.map((keyword) => cutMarkdown(plain(keyword), LONGEST_KEYWORD)),
      }),
    },
    // What belongs to one execution is one thread, where the channel's preferences allow threads.
    ...(threadId !== undefined && {
      metadata: { threadId, summary: cutMarkdown(of.title, LONGEST_SUMMARY) },
    }),
  });
}

/** Whole sections, as many as fit; nobody is helped by half of one. */
function fitParts(parts: readonly string[], room: number): string {
  const wanted = parts.filter((part) => part !== '');
  let kept = '';
  for (const [i, part] of wanted.entries()) {
    const next = kept === '' ? part : `${kept}\n\n${part}`;
    const reserve = i === wanted.length - 1 ? 0 : REST.length;
    if (next.length + reserve > room)
      return cutMarkdown(kept === '' ? next : `${kept}${REST}`, room);
    kept = next;
  }
  return kept;
}

function toMarkdown({ title, lines }: Section): string[] {
  const told = lines.filter((line) => !line.mailOnly);
  if (told.length === 0) return [];
  const more = told.length > LINES_OF_A_SECTION ? ['- more in the e-mail'] : [];
  const shown = told.slice(0, LINES_OF_A_SECTION).map(lineToMarkdown);
  // A blank line between: Teams runs other lines together.
  return [`${emphasized(title)}\n\n${[...shown, ...more].join('\n')}`];
}

function lineToMarkdown({ as, text }: Line): string {
  const indent = as === 'below' ? '  ' : '';
  if (as !== 'verbatim') return `${indent}- ${plain(text)}`;
  return `- ${/^https:\/\//.test(text) ? text : code(text)}`;
}

function stepToMarkdown({ what, short, command }: Step): string {
  const toType = command === undefined ? '' : ` ${plain(command.lead)}: ${code(command.command)}`;
  const whole = `${plain(what)}${toType}`;
  // Cut short, a command would be another one.
  return whole.length <= LONGEST_STEP || short === undefined
    ? fitStep(plain(what), toType)
    : fitStep(plain(short), toType);
}

function fitStep(what: string, toType: string): string {
  if (what.length + toType.length <= LONGEST_STEP) return `${what}${toType}`;
  return toType.length >= LONGEST_STEP / 2
    ? cutMarkdown(what, LONGEST_STEP)
    : `${cutMarkdown(what, LONGEST_STEP - toType.length)}${toType}`;
}

function alarmInWords({ body }: Received): Pick<Message, 'subject' | 'body'> | undefined {
  if (!body.startsWith('{')) return undefined;
  try {
    const alarm = Alarm.parse(JSON.parse(body));
    return {
      subject: `${alarm.NewStateValue} ${alarm.AlarmName}`,
      body: `${alarm.AlarmDescription ?? ''}\n\n${alarm.NewStateReason}`,
    };
  } catch {
    return undefined;
  }
}
