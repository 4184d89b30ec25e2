import { GAP_CAUSES } from '../../../../report/gaps/gap-cause.ts';
import { acceptedInput, gapsToAccept } from '../../../../report/gaps/gaps-to-accept.ts';
import type { Gap, Summary } from '../../../../core/summary/summary.ts';
import { notSeen } from '../../../../report/page/sections/not-seen.ts';
import { aGap, gapsIn } from '../../../support/summaries/gaps.ts';
import { completeReport } from '../../../support/summaries/summaries.ts';

function partial(gaps: readonly Gap[]): Summary {
  const summary = completeReport();
  const inScope = summary.coverage.complete + gaps.length;
  return { ...summary, coverage: { ...summary.coverage, gaps: [...gaps], inScope } };
}
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
const told = (gaps: readonly Gap[]) => {
  const html = notSeen(partial(gaps)).text;
  const [atOnce = ''] = html.split('<details>');
  return { html, text: textOf(html), atOnce: textOf(atOnce) };
};
const JSON_ON_PAGE = /<code class="command">([^<]+)<\/code>/;

it('a Region of many accounts is one sentence, with the first names and what AWS said, once', () => {
  const { atOnce } = told(gapsIn(30, ['sa-east-1'], 'DENIED_BY_SCP'));
  expect(atOnce).toContain(
    'sa-east-1 in 30 accounts: denied by a service control policy. DENIED_BY_SCP Accounts: account-1 (310000000001), account-2 (310000000002), account-3 (310000000003), 27 more. AWS said: UnauthorizedOperation',
  );
  expect(atOnce.match(/AWS said/g)).toHaveLength(1);
});

it('each cause is told, at once or folded, and how much it comes to', () => {
  const gaps = GAP_CAUSES.flatMap((cause, i) => gapsIn(2 + i, ['eu-west-1', 'sa-east-1'], cause));
  const { text, atOnce } = told(gaps);
  for (const [i, cause] of GAP_CAUSES.entries())
    expect(text).toContain(`, ${2 * (2 + i)} account-Regions in all. ${cause} `);
  expect(atOnce.match(/in all\./g)).toHaveLength(6);
  expect(text).toMatch(/24 other causes: [\d,]+ account-Regions/);
});

it('errors that differ are told, the most frequent first, and counted', () => {
  const with_ = (code: string) => ({ failure: { code, message: 'no' } });
  const { atOnce } = told([
    ...gapsIn(2, ['eu-west-1'], 'NOT_KNOWN', with_('OtherTrouble')),
    ...gapsIn(3, ['eu-west-2'], 'NOT_KNOWN', with_('SomeTrouble')),
    aGap('NOT_KNOWN', with_('RareTrouble')),
  ]);
  expect(atOnce).toMatch(/AWS said: SomeTrouble no ?OtherTrouble no ?1 other error/);
});

it('the single gaps are folded, the first hundred of them', () => {
  const { text, atOnce } = told(gapsIn(250, ['eu-west-1'], 'ACCESS_DENIED'));
  expect(text).toContain('The first 100 of 250; all are in targets.jsonl.');
  expect(atOnce).not.toContain('The first');
});

it('what accepts gaps is there whole, to be copied', () => {
  const gaps = [...gapsIn(40, ['eu-west-1'], 'DENIED_BY_SCP'), aGap('ROLE_UNAVAILABLE')];
  const [, json = ''] = JSON_ON_PAGE.exec(told(gaps).html) ?? [];
  const wanted = gapsToAccept(partial(gaps));
  expect(JSON.parse(json.replaceAll('&quot;', '"'))).toEqual(wanted && acceptedInput(wanted));
});

it('of thousands of accounts it is in the file', () => {
  const { html, text } = told(gapsIn(2000, ['eu-west-1'], 'DENIED_BY_SCP'));
  expect(html).not.toMatch(JSON_ON_PAGE);
  expect(text).toContain('Add accepted.json, beside this page,');
});

it('where all was scanned, that is a sentence', () => {
  const { atOnce } = told([]);
  expect(atOnce).toContain('Scanned 12 of 12 account-Regions in scope (100%).');
  expect(atOnce).not.toContain('accept those');
});
