import { wordsIn } from '../../../core/words/words-in.ts';
import { renderApprovalRequest } from '../../../report/approval/approval-text.ts';
import { renderText } from '../../../report/message/text.ts';
import { chatMessage } from '../../../steps/report/chat-message.ts';
import { keysOf } from '../../../store/keys.ts';
import { writeJson } from '../../../store/stored-json.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import {
  completeReport,
  failedStep,
  planToApprove,
  questionAsked,
} from '../../support/summaries/summaries.ts';

const summary = completeReport();
const { subject, body } = renderText(summary);
const about = { executionId: summary.executionId, status: summary.status };
const key = keysOf(summary.executionId).summary;

async function storeWith(value: unknown) {
  const store = makeMemoryStore();
  await writeJson(store, key, value);
  return store;
}

it('is made from the summary that the message tells of', async () => {
  const made = await chatMessage({ store: await storeWith(summary) }, { subject, body, about });
  expect(made.from).toBe('SUMMARY');
  expect(made.notification).toContain('*COMPLETE* all 12 account-Regions');
});

describe('is made from the text', () => {
  const expectText = async (...given: Parameters<typeof chatMessage>) => {
    const made = await chatMessage(...given);
    expect(made.from).toBe('TEXT');
    expect(made.notification).toContain('```');
    return made;
  };

  it('of what is about no execution, such as an alarm', async () =>
    expectText({ store: await storeWith(summary) }, { subject, body }));

  it('where there is no summary', async () =>
    expectText({ store: makeMemoryStore() }, { subject, body, about }));

  it("where the summary is another attempt's under the same name", async () =>
    expectText({ store: await storeWith(failedStep()) }, { subject, body, about }));

  it.each([{ schemaVersion: 9 }, 'x'])('where the summary makes no sense: %j', async (stored) => {
    const { failure } = await expectText(
      { store: await storeWith(stored) },
      { subject, body, about },
    );
    expect(failure).not.toBe('');
  });

  it('where the store fails, and says with what', async () => {
    const store = {
      ...makeMemoryStore(),
      get: async () => Promise.reject(new Error('AccessDenied')),
    };
    const { failure } = await expectText({ store }, { subject, body, about });
    expect(failure).toBe('AccessDenied');
  });

  it.each(['../../other', '', 'a'.repeat(200)])(
    'where an attribute names no execution: %j',
    async (executionId) =>
      expectText(
        { store: await storeWith(summary) },
        { subject, body, about: { ...about, executionId } },
      ),
  );

  it('of a request for approval, without looking for a summary', async () => {
    const asked = renderApprovalRequest({
      plan: planToApprove(),
      question: questionAsked(),
      location: 's3://orgsweep-111122223333/executions/weekly-2026-11-21',
      words: wordsIn({}),
      commandOptions: '',
    });
    const store = { ...makeMemoryStore(), get: async () => Promise.reject(new Error('looked')) };
    const { failure, notification } = await expectText({ store }, asked);
    expect(failure).toBeUndefined();
    expect(notification).toContain('"nextSteps":["`orgsweep approve');
  });
});
