import { renderApprovalRequest } from '../../../core/report/approval-text.ts';
import { expectGolden } from '../../support/golden.ts';
import { planToApprove, questionAsked } from '../../support/summaries.ts';

const plan = planToApprove();
const question = questionAsked();
const ask = {
  plan,
  question,
  location: 's3://orgsweep-111122223333/executions/weekly-2026-11-21',
  commandOptions: '',
};
const { subject, body } = renderApprovalRequest(ask);

it('reads as the golden file', () => {
  expectGolden('approval-request.golden.txt', `Subject: ${subject}\n\n${body}`);
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
    'APPROVE? orgsweep: Delete 3 unused snapshots in 1 account, up to $5/month',
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
