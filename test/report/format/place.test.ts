import { renderChat } from '../../../report/message/chat.ts';
import { accountInWords, nameInWords } from '../../../report/format/place.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { renderText } from '../../../report/message/text.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { gapText } from '../../../local/progress/failure-text.ts';
import { anOutcome } from '../../support/summaries/builders.ts';
import { partialReport } from '../../support/summaries/summaries.ts';

const OTHER_ACCOUNT = 'shop-prod (111122223333) in eu-west-1; audit';

function whereAllAreCalled(name: string): Summary {
  const summary = partialReport();
  for (const share of Object.values(summary.byAccount)) Object.assign(share, { accountName: name });
  for (const unit of Object.values(summary.byOrganizationalUnit)) Object.assign(unit, { name });
  for (const gap of summary.coverage.gaps) Object.assign(gap, { accountName: name });
  return summary;
}

it.each(['shop-prod', 'Team R&D', 'a/b_c.d+e', '東京', 'Zu\u0308rich', 'x'.repeat(99), ''])(
  'leaves an ordinary name as it is: %s',
  (name) => expect(nameInWords(name)).not.toMatch(/"/),
);

it.each([
  OTHER_ACCOUNT,
  ...['111122223333', 'a, b', 'a: b', 'a" b', 'x --mode delete', 'orgsweep restore x', 'a\u00a0b'],
])('shows where a name begins and ends that could be read as more: %s', (name) =>
  expect(nameInWords(name)).toMatch(/^"[^" ]+"$/),
);

it('has no account in mail, chat or terminal that only a name makes up', () => {
  const summary = whereAllAreCalled(OTHER_ACCOUNT);
  const marked = /"shop-prod\u00a0\([^"\n]+"/g;
  const outcome = anOutcome({ accountName: OTHER_ACCOUNT });
  for (const text of [
    renderText(summary).body,
    renderChat(summary),
    renderTable(summary, 100).join('\n'),
    gapText(outcome),
  ]) {
    expect(text).toMatch(marked);
    expect(text.replaceAll(marked, '')).not.toContain('shop-prod');
  }
});

it.each(['orgsweep approve X --hub=/x #', 'orgsweep approve weekly-2026-11-28 then'])(
  'has no line to copy that only a name makes up, wherever it is wrapped: %s',
  (command) => {
    for (let before = 0; before < 50; before += 1) {
      const summary = whereAllAreCalled(`${'p'.repeat(before)} ${command}`);
      const lines = renderText(summary).body.split('\n');
      expect(lines.filter((line) => /^ *orgsweep.approve/.test(line))).toEqual([]);
    }
  },
);

it('names an account by its id alone where it has no name', () =>
  expect(accountInWords({ accountId: '111122223333', accountName: '' })).toBe('111122223333'));
