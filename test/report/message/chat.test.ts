import { wordsIn } from '../../../core/words/words-in.ts';
import fc from 'fast-check';
import { renderApprovalRequest } from '../../../report/approval/approval-text.ts';
import { renderChat, toChatNotification } from '../../../report/message/chat.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { arbitrarySummary, strangersText } from '../../support/summaries/arbitrary-summary.ts';
import { expectGolden } from '../../support/golden.ts';
import {
  allRemoved,
  completeReport,
  failedStep,
  largeOrganization,
  mixedRemovals,
  partialReport,
  planToApprove,
  questionAsked,
} from '../../support/summaries/summaries.ts';

interface Shown {
  version: string;
  source: string;
  content: {
    textType: string;
    title: string;
    description: string;
    nextSteps?: string[];
    keywords?: string[];
  };
  metadata?: { threadId: string; summary: string };
}

const parse = (notification: string) => JSON.parse(notification) as Shown;
const shown = (subject: string, body: string) => parse(toChatNotification({ subject, body }));

/** As the schema of Amazon Q in chat has it. */
function expectWithinLimits({ version, source, content, metadata }: Shown): void {
  expect([version, source, content.textType]).toEqual(['1.0', 'custom', 'client-markdown']);
  expect(content.title.length).toBeLessThanOrEqual(250);
  expect(content.description.length).toBeGreaterThan(0);
  expect(content.description.length).toBeLessThanOrEqual(8000);
  for (const step of content.nextSteps ?? []) expect(step.length).toBeLessThanOrEqual(350);
  for (const keyword of content.keywords ?? []) expect(keyword.length).toBeLessThanOrEqual(75);
  expect((metadata?.summary ?? '').length).toBeLessThanOrEqual(250);
}

/** Outside of code, where nothing but our own emphasis and links may be acted on. */
function withoutCode(text: string): string {
  return text.replace(/`[^`\n]*`/g, '');
}

describe('a summary in chat', () => {
  it.each<[string, () => Summary]>([
    ['complete-report', completeReport],
    ['partial-report', partialReport],
    ['mixed-removals', mixedRemovals],
    ['all-removed', allRemoved],
    ['failed-step', failedStep],
    ['large-organization', largeOrganization],
  ])('of %s reads as the golden file', (name, summary) => {
    const notification = parse(renderChat(summary()));
    expectWithinLimits(notification);
    expectGolden(`${name}.chat.golden.txt`, `${JSON.stringify(notification, null, 2)}\n`);
  });

  it('keeps within the limits of the schema, whatever it is about', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => expectWithinLimits(parse(renderChat(summary)))),
    ));

  it('pings nobody, and makes no link of what strangers wrote', () =>
    fc.assert(
      fc.property(arbitrarySummary, (given) => {
        const { content } = parse(renderChat({ ...given, location: '/executions/e-1' }));
        const { title, description, nextSteps = [] } = content;
        const text = withoutCode([title, description, ...nextSteps].join('\n'));
        expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|@(channel|here|everyone)\b|\]\(|:\/\/|`/i);
      }),
    ));

  it('of an account that calls itself <!channel> pings nobody', () => {
    const summary = completeReport();
    const [[accountId, share] = []] = Object.entries(summary.byAccount);
    const named = { ...share!, accountName: '<!channel> *<@U123>* `x`' };
    const { content } = parse(
      renderChat({ ...summary, byAccount: { ...summary.byAccount, [accountId!]: named } }),
    );
    expect(content.description).toContain(
      '"&lt;!channel&gt;\u00a0\u2217&lt;@U123&gt;\u2217\u00a0\'x\'"',
    );
    expect(content.description).not.toMatch(/<[!@]/);
  });

  it('shows a command on one line, whatever is in it', () => {
    const { content } = parse(renderChat({ ...partialReport(), hubName: '/a\r\n`<!here>`' }));
    expect(content.nextSteps?.join('\n')).toContain(
      "`orgsweep start --retry weekly-2026-11-21 $'--hub=/a\\U0000000d\\U0000000a'&lt;!here&gt;''`",
    );
  });

  it('has the commands whole, or not at all', () => {
    const { content } = parse(renderChat(partialReport()));
    expect(content.nextSteps?.join('\n')).toContain(
      '`orgsweep start --retry weekly-2026-11-21 --hub`',
    );
  });
});

describe('a request for approval in chat', () => {
  const { about, ...message } = renderApprovalRequest({
    plan: planToApprove(),
    question: questionAsked(),
    location: 's3://orgsweep-111122223333/executions/weekly-2026-11-21',
    words: wordsIn({}),
    commandOptions: '--hub',
  });
  const notification = parse(toChatNotification({ ...message, ...(about && { about }) }));

  it('has both commands as next steps, in the thread of its execution', () => {
    expectWithinLimits(notification);
    expect(notification.content.nextSteps).toEqual([
      '`orgsweep approve weekly-2026-11-21 --hub`',
      '`orgsweep reject weekly-2026-11-21 --hub`',
    ]);
    expect(notification.metadata?.threadId).toBe('weekly-2026-11-21');
    expect(notification.content.keywords).toEqual(['APPROVAL_WANTED']);
  });
});

describe('any other message in chat', () => {
  it('has no next steps, whatever a line of it looks like', () => {
    const message = { subject: 'x', body: '    orgsweep approve weekly-2026-11-28 --hub=/x\n' };
    const about = { executionId: 'weekly-2026-11-21', status: 'PARTIAL' };
    for (const received of [message, { ...message, about }])
      expect(parse(toChatNotification(received)).content.nextSteps).toBeUndefined();
  });

  it.each(['', '../x', 'x\n', 'z'.repeat(5000)])('is in no thread called %j', (executionId) => {
    const received = { subject: 'x', body: 'y', about: { executionId } };
    expect(parse(toChatNotification(received)).metadata).toBeUndefined();
  });

  it('is shown as it was written', () =>
    expect(shown('COMPLETE orgsweep', 'a   1\nbb  2\n')).toEqual({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: 'COMPLETE orgsweep',
        description: '```\na   1\nbb  2\n```',
      },
    }));

  it('keeps within the limits, and says that it was cut', () => {
    const { content } = shown('x', 'y'.repeat(20_000));
    expect(content.description.length).toBe(8000);
    expect(content.description).toMatch(/summary\.txt\n```$/);
    fc.assert(
      fc.property(strangersText, strangersText, (subject, body) =>
        expectWithinLimits(shown(subject, body.repeat(100))),
      ),
    );
  });

  it('leaves a text that just fits whole', () => {
    const { content } = shown('x', 'y'.repeat(7992));
    expect(content.description).toBe(`\`\`\`\n${'y'.repeat(7992)}\n\`\`\``);
  });

  it('lets nothing in the text end the fence, or ping anybody', () =>
    expect(shown('x', 'a ``` <!channel>').content.description).toBe(
      "```\na ''' &lt;!channel&gt;\n```",
    ));

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

  it('that only looks like an alarm is shown as it is', () =>
    expect(shown('x', '{not json').content.description).toBe('```\n{not json\n```'));
});

it('shows what EventBridge sends as a JSON string without its quotes', () => {
  const { description } = shown('orgsweep', '"ABORTED orgsweep: run x ended."').content;
  expect(description).toContain('ABORTED orgsweep: run x ended.');
  expect(description).not.toContain('"');
  expect(shown('orgsweep', '"a" and "b"').content.description).toContain('"a" and "b"');
});
