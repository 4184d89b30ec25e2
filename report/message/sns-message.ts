import { wholeCharacters } from '../format/layout.ts';
import type { Message } from './text.ts';

/** A message as SNS takes it. */
export interface SnsMessage {
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes?: Record<string, { DataType: 'String'; StringValue: string }>;
}

/**
 * Whoever subscribes can filter by what the message is about. Half a character, as a name that was
 * cut may end with, would make the SDK throw, and nobody would hear anything.
 */
export function toSnsMessage(topicArn: string, { subject, body, about }: Message): SnsMessage {
  const attribute = (value: string) => ({
    DataType: 'String' as const,
    StringValue: wholeCharacters(value),
  });
  return {
    ...{ TopicArn: topicArn, Subject: wholeCharacters(subject), Message: wholeCharacters(body) },
    ...(about !== undefined && {
      MessageAttributes: {
        executionId: attribute(about.executionId),
        status: attribute(about.status),
      },
    }),
  };
}
