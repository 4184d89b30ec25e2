import fc from 'fast-check';
import { renderText } from '../../../report/message/text.ts';
import { STATUS_WORD } from '../../../report/words/words.ts';
import { arbitrarySummary } from '../../support/summaries/arbitrary-summary.ts';
import { toRead } from '../../support/summaries/to-read.ts';

describe('the message about any summary', () => {
  it('keeps within what SNS and mail programs take, and begins with how it ended', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        const { subject, body } = renderText(summary);
        const word = STATUS_WORD[summary.status];
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
        expect([subject.split(' ')[0], body.split(' ')[0]]).toEqual([word, word]);
        expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(25_000);
        expect(Math.max(...toRead(body).map(({ length }) => length))).toBeLessThanOrEqual(78);
        expect(body).toMatch(/^WHAT TO DO/m);
      }),
    ));

  it('has nothing of strangers that a terminal or a mail program would act on', () =>
    fc.assert(
      fc.property(arbitrarySummary, (given) => {
        const { body } = renderText({ ...given, location: '/executions/e-1', hubName: null });
        expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(body).not.toMatch(/:\/\/|\bwww\./i);
      }),
    ));
});
