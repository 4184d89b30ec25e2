import { renderApprovalRequest } from '../../../report/approval/approval-text.ts';
import { renderChat } from '../../../report/message/chat.ts';
import { renderText } from '../../../report/message/text.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { aReport } from '../../support/report-pages.ts';
import { questionAsked } from '../../support/summaries/summaries.ts';
import {
  aCopy,
  endsOfTwoKinds,
  planOfTwoKinds,
  twoKinds,
  WORDS,
} from '../../support/summaries/two-kinds.ts';

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');
const onPage = (summary: ReturnType<typeof twoKinds>) =>
  inOneLine(
    aReport({ summary, findings: [] })
      .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]*>/g, ' '),
  );

const report = twoKinds('report');
const ended = twoKinds('delete', endsOfTwoKinds());
/** Of two copies, for as long as orgsweep keeps them. */
const COST = 'he final copies cost up to $25 a month for 90 days';

it('what only looks unused is told apart wherever the unused are counted', () => {
  const staleUnproved = { resources: 3, monthlyCostUsdUpTo: 240 };
  const looking = { ...report, counts: { ...report.counts, staleUnproved } };
  const told =
    '3 of the unused (up to $240 a month) only look so: the check for it gave no answer. Until it does, none of them is deleted.';
  const texts = [renderText(looking).body, renderChat(looking), onPage(looking)];
  for (const text of texts) expect(inOneLine(text)).toContain(told);
  const one = { ...report.counts, staleUnproved: { resources: 1, monthlyCostUsdUpTo: 0 } };
  expect(inOneLine(renderText({ ...report, counts: one }).body)).toContain(
    '1 of the unused only looks so: the check for it gave no answer. Until it does, it is not deleted.',
  );
  expect(renderText(report).body).not.toContain('only look');
});

describe('what a plan copies is no deletion, and what it costs is told', () => {
  it.each([
    ['mail', renderText(report).body],
    ['terminal', renderTable(report, 100).join('\n')],
    ['chat', JSON.parse(`"${renderChat(report).replace(/["\\\n]/g, ' ')}"`) as string],
  ])('in the %s, before', (_, text) => {
    expect(inOneLine(text)).toMatch(/To copy first: 2 volumes, 500 GiB, \$80 a month, saved once/);
    expect(inOneLine(text)).toContain(COST);
    expect(inOneLine(text)).toContain('and copy 2 volumes first, which a later run deletes.');
  });

  it('in the mail, when it is done', () => {
    const text = inOneLine(renderText(ended).body);
    expect(text).toContain('Copied 2 volumes.');
    expect(text).toMatch(/Copied first: 2 volumes, 500 GiB, \$80 a month, saved once/);
    expect(text).toContain(COST);
    expect(text).not.toContain('4 volumes deleted');
  });

  it('on the page, before and when it is done', () => {
    expect(onPage(report)).toContain('2 would only be copied by it, and a later one deletes them');
    expect(onPage(report)).toMatch(/A delete run now would delete 2 resources/);
    expect(onPage(report)).toContain(COST);
    expect(onPage(ended)).toContain('2 are only copied in this run, and a later one deletes them');
    expect(onPage(ended)).toMatch(/2 deletions planned\. Deleted: 2/);
    expect(onPage(ended)).toContain(COST);
  });

  it('in the request for approval, where nothing but copies is asked for, too', () => {
    const asked = (removals = planOfTwoKinds().removals) => {
      const plan = planOfTwoKinds({ removals });
      const question = questionAsked({}, plan);
      const where = { location: 's3://b/executions/weekly-1', commandOptions: '' };
      const { subject, body } = renderApprovalRequest({ ...where, plan, question, words: WORDS });
      return [subject, inOneLine(body)].join(' ');
    };
    expect(asked()).toContain('2 volumes are only copied by this plan, and not deleted.');
    expect(asked()).toContain(COST);
    expect(asked([aCopy('a')])).toContain('Copy 1 volume first in 1 account');
    expect(asked([aCopy('a')])).toContain('The final copy costs up to $13 a month for 90 days.');
    expect(asked([aCopy('a')])).not.toMatch(/Delete 1 /);
  });
});
