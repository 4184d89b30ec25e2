import { z } from 'zod';
import type { Message } from './text.ts';

const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullable(),
  NewStateValue: z.string(),
  NewStateReason: z.string(),
});

const LONGEST_TITLE = 250;
const LONGEST_DESCRIPTION = 8000;
const CUT = '\n… (the rest is in the e-mail and in summary.txt)';
const FENCE = '```';

/**
 * A message in the form that Amazon Q in chat shows; plain text it drops without a word.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function toChatNotification(received: Message): string {
  const { subject, body } = alarmInWords(received) ?? received;
  // Inside a fence columns stay aligned; one in the text would end it.
  const text = body.trimEnd().replaceAll(FENCE, "'''");
  const room = LONGEST_DESCRIPTION - 2 * FENCE.length - 2;
  const cut = text.length <= room ? text : `${text.slice(0, room - CUT.length)}${CUT}`;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: subject.slice(0, LONGEST_TITLE),
      description: `${FENCE}\n${cut}\n${FENCE}`,
    },
  });
}

function alarmInWords({ body }: Message): Message | undefined {
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
