import { z } from 'zod';
import { chatMessage } from '../../steps/report/chat-message.ts';
import { ENV } from '../env.ts';
import { connectHub, connectStore, makeNotify } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

const Attribute = z.object({ Value: z.string() }).optional();

/** What SNS calls a function with. An alarm has a subject, a rule's message hasn't. */
const FromTopic = z.strictObject({
  Records: z.array(
    z.object({
      Sns: z.object({
        Subject: z.string().nullish(),
        Message: z.string(),
        MessageAttributes: z.object({ executionId: Attribute, status: Attribute }).nullish(),
      }),
    }),
  ),
});

export const handler = lambdaHandler({
  name: 'ForwardToChat',
  env: ENV.ForwardToChat,
  connect: (env, calls) => {
    const notify = makeNotify(connectHub(calls), { TOPIC_ARN: env.CHAT_TOPIC_ARN });
    const store = connectStore(env);
    return async (event) => {
      const { Records } = FromTopic.parse(event);
      let fromSummary = 0;
      let unread = 0;
      for (const { Sns } of Records) {
        const subject = Sns.Subject ?? 'orgsweep';
        const { executionId, status } = Sns.MessageAttributes ?? {};
        const about = {
          ...(executionId && { executionId: executionId.Value }),
          ...(status && { status: status.Value }),
        };
        const made = await chatMessage(store, { subject, body: Sns.Message, about });
        if (made.from === 'SUMMARY') fromSummary += 1;
        if (made.failure !== undefined) unread += 1;
        await notify({ subject, body: made.notification });
      }
      return { forwarded: Records.length, fromSummary, unread };
    };
  },
  tell: (counts: { forwarded: number; fromSummary: number; unread: number }) => ({
    status: 'FORWARDED',
    counts: { ...counts },
  }),
});
