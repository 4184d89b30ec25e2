import { toChatNotification } from '../../../core/report/chat.ts';

function shown(subject: string, body: string) {
  const parsed = JSON.parse(toChatNotification({ subject, body })) as {
    version: string;
    source: string;
    content: { textType: string; title: string; description: string };
  };
  return parsed;
}

it('is in the form that Amazon Q in chat shows, with the text as it was written', () =>
  expect(shown('COMPLETE orgsweep', 'a   1\nbb  2\n')).toEqual({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: 'COMPLETE orgsweep',
      description: '```\na   1\nbb  2\n```',
    },
  }));

it('keeps within 8,000 characters, and says that it was cut', () => {
  const { content } = shown('x', 'y'.repeat(20_000));
  expect(content.description.length).toBe(8000);
  expect(content.description).toMatch(/summary\.txt\)\n```$/);
});

it('leaves a text that just fits whole', () => {
  const { content } = shown('x', 'y'.repeat(7992));
  expect(content.description).toBe(`\`\`\`\n${'y'.repeat(7992)}\n\`\`\``);
});

it('lets nothing in the text end the fence', () =>
  expect(shown('x', 'a ``` @channel').content.description).toBe("```\na ''' @channel\n```"));

it('says what an alarm is about and what to do', () => {
  const alarm = {
    AlarmName: 'orgsweep-dead-letters',
    AlarmDescription: 'Read the log.',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold crossed',
    Region: 'EU (Ireland)',
  };
  const { content } = shown('ALARM: "orgsweep-dead-letters"', JSON.stringify(alarm));
  expect(content.title).toBe('ALARM orgsweep-dead-letters');
  expect(content.description).toBe('```\nRead the log.\n\nThreshold crossed\n```');
});

it('shows text that only looks like an alarm as it is', () =>
  expect(shown('x', '{not json').content.description).toBe('```\n{not json\n```'));
