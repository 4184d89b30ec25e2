import { ListTopicsCommand, PublishCommand } from '@aws-sdk/client-sns';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import { HUB } from '../../support/organizations/tiny-organization.ts';

const TopicArn = `arn:aws:sns:eu-west-1:${HUB}:orgsweep`;
const OTHER_TOPIC = `arn:aws:sns:eu-west-1:${HUB}:another`;

let served: Served;
beforeEach(async () => {
  served = await serve({}, { topicArns: [OTHER_TOPIC] });
});
afterEach(async () => served.close());

test('what is published is kept, byte for byte', async () => {
  const Message = 'N targets\nin, N outcomes out: <&> "é" 🗑';
  const answer = await served
    .sns()
    .send(new PublishCommand({ TopicArn, Subject: 'Sweep', Message }));
  expect(served.simulation.publishedMessages).toEqual([
    { messageId: answer.MessageId, topicArn: TopicArn, subject: 'Sweep', message: Message },
  ]);
  await served.sns().send(new PublishCommand({ TopicArn: OTHER_TOPIC, Message: 'x' }));
  expect(served.simulation.publishedMessages).toHaveLength(2);
});

test('attributes are kept by name', async () => {
  const MessageAttributes = {
    executionId: { DataType: 'String', StringValue: 'weekly' },
    status: { DataType: 'String', StringValue: 'COMPLETE' },
  };
  await served.sns().send(new PublishCommand({ TopicArn, Message: 'm', MessageAttributes }));
  expect(served.simulation.publishedMessages).toMatchObject([
    { attributes: { executionId: 'weekly', status: 'COMPLETE' } },
  ]);
});

test('a message may have 262,144 bytes and a subject 99 characters', async () => {
  const input = { TopicArn, Subject: 's'.repeat(99), Message: 'm'.repeat(262_144) };
  await expect(served.sns().send(new PublishCommand(input))).resolves.toBeDefined();
});

test.each([
  ['a message of more bytes, though fewer characters', { Message: 'é'.repeat(131_073) }],
  ['an empty message', { Message: '' }],
  ['a subject of 100 characters', { Message: 'm', Subject: 's'.repeat(100) }],
  ['a subject with a line break', { Message: 'm', Subject: 'two\nlines' }],
  [
    'a topic of another Region',
    { Message: 'm', TopicArn: TopicArn.replace('eu-west-1', 'us-east-1') },
  ],
  [
    'an attribute without a value',
    { Message: 'm', MessageAttributes: { status: { DataType: 'String', StringValue: '' } } },
  ],
  [
    'an attribute of no type that there is',
    { Message: 'm', MessageAttributes: { status: { DataType: 'Text', StringValue: 'x' } } },
  ],
  ['a JSON structure without default', { Message: '{}', MessageStructure: 'json' }],
])('Publish refuses %s', async (_, different) => {
  const refusal = await refusalOf(
    served.sns().send(new PublishCommand({ TopicArn, ...different })),
  );
  expect(refusal).toMatchObject({ code: 'InvalidParameterException', status: 400 });
  expect(served.simulation.publishedMessages).toEqual([]);
});

test('a topic that is not there is NotFound', async () => {
  const missing = new PublishCommand({ TopicArn: `${TopicArn}-not`, Message: 'm' });
  expect(await refusalOf(served.sns().send(missing))).toMatchObject({
    code: 'NotFoundException',
    status: 404,
  });
});

test('a spoke session may not publish', async () => {
  const session = await served.assume('orgsweep-discovery');
  const publish = served.sns(session).send(new PublishCommand({ TopicArn, Message: 'm' }));
  expect(await refusalOf(publish)).toMatchObject({
    code: 'AuthorizationErrorException',
    status: 403,
  });
});

test('an operation that the simulation lacks is InvalidAction', async () => {
  const refusal = await refusalOf(served.sns().send(new ListTopicsCommand({})));
  expect(refusal).toMatchObject({ code: 'InvalidAction', status: 400 });
});
