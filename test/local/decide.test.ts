import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { makeFolderStore } from '../../adapters/folder-store.ts';
import { main } from '../../local/cli.ts';
import { findApproval } from '../../sweep/approval-record.ts';
import { keysOf } from '../../sweep/keys.ts';
import { requestApproval } from '../../sweep/request-approval.ts';
import { bodyOf } from '../../sweep/stored-json.ts';
import { makeManualClock } from '../support/manual-clock.ts';
import { planToApprove } from '../support/summaries.ts';
import { fakeTerminal } from './fake-terminal.ts';

const plan = planToApprove();
const { executionId } = plan;
let out: string;
beforeEach(async () => {
  out = mkdtempSync(path.join(tmpdir(), 'orgsweep-decide-'));
  const store = makeFolderStore(out);
  await store.put(keysOf(executionId).plan, bodyOf(plan));
  await requestApproval(
    { store, clock: makeManualClock(), notify: async () => undefined, approvalOptions: '' },
    { executionId, planDigest: plan.digest, taskToken: 'secret-token', timeoutSeconds: 60 },
  );
});
afterEach(() => rmSync(out, { recursive: true }));

async function orgsweep(...argv: string[]) {
  const { terminal, written } = fakeTerminal();
  const code = await main([...argv, '--out', out], terminal);
  return { code, ...written };
}

it('writes the decision into the folder, with a name that nobody has verified', async () => {
  const { code, stdout } = await orgsweep('approve', executionId);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/ is APPROVED by \S+ \(a local user, not verified\)/),
  });
  expect(await findApproval(makeFolderStore(out), executionId)).toMatchObject({
    decision: 'APPROVED',
    planDigest: plan.digest,
    by: { caller: userInfo().username, verified: false },
  });
  expect(stdout).not.toContain('secret-token');
});

it('exits with 4 where another decision stands, and with 0 where the same does', async () => {
  expect(await orgsweep('reject', executionId)).toMatchObject({ code: 0 });
  expect(await orgsweep('reject', executionId)).toMatchObject({ code: 0 });
  expect(await orgsweep('approve', executionId)).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('was REJECTED already'),
  });
});

it('prints the same for machines', async () => {
  const { stdout } = await orgsweep('reject', executionId, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ holds: true, decision: 'REJECTED' });
});

it('decides on no other plan than the one that was read', async () => {
  const { code, stderr } = await orgsweep('approve', executionId, '--digest', 'f'.repeat(64));
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`accepted: that of the plan which waits, ${plan.digest}`),
  });
  expect(await findApproval(makeFolderStore(out), executionId)).toBeUndefined();
  expect(await orgsweep('approve', executionId, '--digest', plan.digest)).toMatchObject({
    code: 0,
  });
});

it.each([
  [['approve'], 'EXECUTION_ID: missing'],
  [['approve', 'other'], 'EXECUTION_ID: "other" – accepted: an execution in '],
  [['approve', executionId, '--digest', 'abc'], '--digest: "abc" – accepted: the digest of a plan'],
])('refuses %j in words', async (argv, words) => {
  const { code, stderr } = await orgsweep(...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

it('says that it looked in the folder, where nobody named a hub and there is none', async () => {
  const { terminal, written } = fakeTerminal();
  expect(await main(['approve', 'e-nowhere'], terminal)).toBe(2);
  expect(written.stderr).toMatch(
    /^orgsweep: Execution e-nowhere doesn't wait for approval in \.\/orgsweep-out\. Another folder: --out DIR\. A simulated organization: --keep DIR\. A deployed hub was asked: /,
  );
});
