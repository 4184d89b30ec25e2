import fc from 'fast-check';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { renderText } from '../../../report/message/text.ts';
import { arbitrarySummary } from '../../support/summaries/arbitrary-summary.ts';
import { toCopy } from '../../support/summaries/to-read.ts';

const linesOf = (body: string) => body.trimEnd().split('\n');
const moneyIn = (text: string) => text.match(/\$[\d,]+(\.\d+)?/g) ?? [];

describe('the mail about any summary', () => {
  it('has at most 60 lines, a command counting as one', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        expect(linesOf(renderText(summary).body).length).toBeLessThanOrEqual(60);
      }),
    ));

  it('has each command whole, as the page has it, or not at all', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        const whole = nextSteps(summary).flatMap(({ command }) => command?.command ?? []);
        const printed = toCopy(renderText(summary).body);
        const oneLine = (text: string) => text.replace(/[\s\p{C}]+/gu, ' ').trim();
        for (const command of printed) expect(whole.map(oneLine)).toContain(oneLine(command));
      }),
    ));

  it('says in its first five lines how it ended and what to do, then what to do in full', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        const [head = '', next = ''] = renderText(summary).body.split('\n\n');
        expect(head.split('\n').length).toBeLessThanOrEqual(5);
        expect(head).toMatch(/\n(Step 1|To do|Nothing to do)/);
        expect(next).toMatch(/^WHAT TO DO/);
      }),
    ));

  it('has the money of its subject in its body, rounded alike', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        const { subject, body } = renderText(summary);
        for (const amount of moneyIn(subject)) expect(moneyIn(body)).toContain(amount);
      }),
    ));

  it('adds no dollars and GiB', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        const { subject, body } = renderText(summary);
        expect(`${subject}\n${body}`).not.toMatch(/\$[\d.,]+ ?\+|[GTP]iB ?\+/);
      }),
    ));

  it('keeps what a person has to act on, however much else there is', () =>
    fc.assert(
      fc.property(arbitrarySummary, (summary) => {
        const body = renderText(summary).body.replace(/\s+/g, ' ');
        const { clock, historyDoubts, unreadableDates, pricesFailure, removals } = summary;
        if (clock !== null) expect(body).toContain('Clock: ');
        if (historyDoubts.length > 0) expect(body).toContain('The grace period starts again in ');
        if (unreadableDates.resources > 0) expect(body).toContain('orgsweep:keep-until');
        if (pricesFailure !== null) expect(body).toContain('Prices in the store were not used');
        if (removals.notSeenInRecycleBin.length > 0) expect(body).toContain('ALARM: ');
        const { gaps, inScope } = summary.coverage;
        if (gaps.length > 0 && inScope > 0 && summary.status !== 'FAILED')
          expect(body).toContain('--retry');
      }),
    ));
});
