import { wordsIn } from '../../../core/words/words-in.ts';
import { readFileSync } from 'node:fs';
import { renderApprovalRequest, undoLines } from '../../../report/approval/approval-text.ts';
import { planBrief } from '../../../report/approval/plan-brief.ts';
import { timeLeft } from '../../../report/format/time-left.ts';
import { expectGolden } from '../../support/golden.ts';
import { heldWhileAsked, planToApprove, questionAsked } from '../../support/summaries/summaries.ts';
import { resourceKey } from '../../../core/model/ids.ts';

const plan = planToApprove(heldWhileAsked());
const question = questionAsked({}, plan);
const ask = {
  plan,
  question,
  location: 's3://orgsweep-111122223333/executions/weekly-2026-11-21',
  commandOptions: '',
  words: wordsIn({}),
};
const { subject, body } = renderApprovalRequest(ask);

it('reads as the golden file', () => {
  expectGolden('approval-request.golden.txt', `Subject: ${subject}\n\n${body}`);
});

it('is what docs/operating.md shows of it', () => {
  const [head = ''] = body.split('\n\nWHERE IT STANDS');
  const shown = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');
  const sample = head.replaceAll(plan.executionId, 'governance-2026-11-23');
  expect(shown).toContain(`\n\`\`\`\n${sample}\n\`\`\`\n`);
});

it('has the digest and both commands, each on a line of its own', () => {
  expect(body).toContain(plan.digest);
  expect(body).toMatch(/^ {4}orgsweep approve weekly-2026-11-21$/m);
  expect(body).toMatch(/^ {4}orgsweep reject weekly-2026-11-21$/m);
  const elsewhere = renderApprovalRequest({ ...ask, commandOptions: '--hub=/team/hub' });
  expect(elsewhere.body).toMatch(/^ {4}orgsweep approve weekly-2026-11-21 --hub=\/team\/hub$/m);
});

it('is as SNS and a mail program need it, however much there is', () => {
  const much = Array.from({ length: 5000 }, (_, i) => ({
    ...plan.removals[0]!,
    accountId: String(100_000_000_000 + i),
    resourceId: `snap-${'漢\r\n'.repeat(40)}${i}`,
    sizeGiB: 65_536,
  }));
  for (const given of [plan, { ...plan, removals: much }]) {
    const message = renderApprovalRequest({ ...ask, plan: given });
    expect(message.subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(Buffer.byteLength(message.body)).toBeLessThan(25_000);
    expect(message.body).not.toMatch(/[^\S\n]$|\n\n\n|\r/m);
    expect(message.body.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  }
});

it('counts what several removals share once, as the summary does', () => {
  const [one] = plan.removals;
  const shared = [1, 2, 3].map((i) => ({
    ...{ ...one!, resourceId: `snap-${i}`, sharesWith: 'vol-1' },
    ...{ sizeGiB: 100, monthlyCostUsdUpTo: 5 },
  }));
  const asked = renderApprovalRequest({ ...ask, plan: { ...plan, removals: shared } });
  expect(asked.subject).toBe(
    'APPROVE? orgsweep: delete 3 unused snapshots in 1 account, up to $5/month',
  );
  expect(asked.body).toContain(
    'Delete 3 unused snapshots in 1 account: 100 GiB, up to $5 a month.',
  );
});

it('says what would be gone for good', () => {
  const without = plan.removals.map(({ restorableDays: _, ...removal }) => removal);
  expect(renderApprovalRequest({ ...ask, plan: { ...plan, removals: without } }).body).toMatch(
    /gone\s+for\s+good/,
  );
  const all = plan.removals.map((removal) => ({ ...removal, restorableDays: 7 }));
  const kept = renderApprovalRequest({ ...ask, plan: { ...plan, removals: all } }).body;
  expect(kept).toContain('Yes. All can be restored from the Recycle Bin for 7 days');
  expect(kept).not.toMatch(/gone\s+for\s+good/);
});

it('what is made again from a copy is undone as well', () => {
  const own = { one: 'volume', many: 'volumes', reasons: {} };
  const undo = { delete: 'RECYCLE_BIN' } as const;
  const words = { volume: { ...own, undo, undoElse: { delete: ['MADE' as const] } } };
  const [first] = plan.removals;
  const volume = { ...first!, kind: 'volume', step: 'delete', restorableDays: undefined };
  const follows = { step: 'copy', at: plan.createdAt, executionId: 'e-1', made: 'snap-9' };
  const asked = [
    { ...volume, restorableDays: 7 },
    { ...volume, follows },
  ];
  expect(undoLines(asked, words).map(({ text }) => text)).toEqual([
    'Yes. 1 of 2 can be restored from the Recycle Bin for 7 days after deletion (orgsweep restore).',
    'The other 1 can be made again from a copy, under a new id (orgsweep restore).',
  ]);
  expect(undoLines([...asked, volume], words)[0]?.text).toMatch(/^Not all of it\. 1 of 3 /);
});

describe('of strangers', () => {
  const hostile = `https://evil.example/ \u202e<script> orgsweep approve other ${'x'.repeat(300)}`;
  const shown = {
    ...{ pageFailure: hostile, csvFailure: null },
    accounts: [...new Set(plan.removals.map(({ accountId }) => accountId))].map((id) => ({
      ...{ id, name: hostile },
    })),
    resources: plan.removals.map((removal) => ({
      ...{
        key: resourceKey(removal),
        name: hostile,
        owner: { tag: 'owner' as const, value: hostile },
      },
    })),
  };
  const asked = renderApprovalRequest({ ...ask, question: { ...question, shown } });

  it('no name makes it longer than 60 lines, a link, or a command', () => {
    expect(asked.body.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(asked.body).not.toMatch(/https:\/\/evil|\u202e/);
    expect(asked.body.match(/^ +orgsweep approve .*$/gm)).toEqual([
      '    orgsweep approve weekly-2026-11-21',
    ]);
  });
});

it('is shown again by approve in at most 25 lines, whoever named things', () => {
  const long = 'a fairly long name of an account or a resource, at its limit'.slice(0, 60);
  const removals = Array.from({ length: 900 }, (_, i) => ({
    ...plan.removals[i % 24]!,
    accountId: String(100_000_000_000 + i),
    resourceId: `snap-${String(i).padStart(17, '0')}`,
    monthlyCostUsdUpTo: 12_345 + i,
  }));
  const shown = {
    ...{ pageFailure: `${long} `.repeat(5).trim(), csvFailure: null },
    accounts: removals.map(({ accountId: id }) => ({ id, name: long })),
    resources: removals.map((removal) => ({
      ...{ key: resourceKey(removal), name: long, owner: { tag: 'contact' as const, value: long } },
    })),
  };
  const much = { ...plan, removals };
  const waiting = { ...ask, plan: much, question: { ...question, shown } };
  const brief = planBrief(waiting, new Date('2026-11-21T12:00:00.000Z'));
  expect(brief.length).toBeLessThanOrEqual(25);
  expect(brief.join('\n')).toContain('897 other accounts');
});

it('says why there is no page, and where everything is instead', () => {
  const { body: without } = renderApprovalRequest({
    ...ask,
    question: { ...question, shown: null, notShown: 'Throttled: slow down' },
  });
  expect(without).toContain('There is no page of it: Throttled: slow down.');
  expect(without).toContain('s3://orgsweep-111122223333/executions/weekly-2026-11-21');
  expect(without).not.toContain('report.html');
});

it.each([
  ['2026-11-24T11:59:59.000Z', '2 days 23 h left'],
  ['2026-11-22T13:10:00.000Z', '1 day 1 h left'],
  ['2026-11-21T13:10:00.000Z', '1 h 10 min left'],
  ['2026-11-21T12:00:30.000Z', '0 min left'],
  ['2026-11-21T11:00:00.000Z', 'that is over'],
])('until %s it is %s', (until, words) => {
  expect(timeLeft(until, new Date('2026-11-21T12:00:00.000Z'))).toBe(words);
});
