import { z } from 'zod';
import { toChatNotification } from '../../core/report/chat.ts';
import { ENV } from '../env.ts';
import { connectHub, makeNotify } from './connect.ts';
import { lambdaHandler } from './lambda-handler.ts';

/** What SNS calls a function with. An alarm has a subject, a rule's message hasn't. */
const FromTopic = z.strictObject({
  Records: z.array(
    z.object({ Sns: z.object({ Subject: z.string().nullish(), Message: z.string() }) }),
  ),
});

export const handler = lambdaHandler({
  name: 'ForwardToChat',
  env: ENV.ForwardToChat,
  connect: (env, calls) => {
    const notify = makeNotify(connectHub(calls), { TOPIC_ARN: env.CHAT_TOPIC_ARN });
    return async (event) => {
      const { Records } = FromTopic.parse(event);
      for (const { Sns } of Records) {
        const subject = Sns.Subject ?? 'orgsweep';
        const body = toChatNotification({ subject, body: Sns.Message });
        await notify({ subject, body });
      }
      return { forwarded: Records.length };
    };
  },
  tell: ({ forwarded }: { forwarded: number }) => ({ status: 'FORWARDED', counts: { forwarded } }),
});
