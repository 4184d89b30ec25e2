import { toSnsMessage } from '../../../report/message/sns-message.ts';

it('sends whole characters only: of half a one the SDK can make no request', () => {
  const half = 'a\ud83d';
  const about = { executionId: half, status: half };
  const message = toSnsMessage('topic', { subject: half, body: half, about });
  expect(() => encodeURIComponent(JSON.stringify(Object.values(message)))).not.toThrow();
  const { Message, Subject, MessageAttributes } = message;
  expect([Message, Subject, MessageAttributes?.['status']?.StringValue]).toEqual([
    'a\ufffd',
    'a\ufffd',
    'a\ufffd',
  ]);
});
