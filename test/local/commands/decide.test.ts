import { KINDS } from '../../../kinds/registry.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { planDigest } from '../../../core/plan/digest.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import { main } from '../../../local/cli/cli.ts';
import { findApproval, recordApproval } from '../../../steps/approve/approval-record.ts';
import { keysOf } from '../../../store/keys.ts';
import { requestApproval } from '../../../steps/approve/request-approval.ts';
import { bodyOf } from '../../../store/stored-json.ts';
import { expectGolden } from '../../support/golden.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { heldWhileAsked, planToApprove, questionAsked } from '../../support/summaries/summaries.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const plan = planToApprove(heldWhileAsked());
const { executionId } = plan;
let out: string;
beforeEach(async () => {
  out = mkdtempSync(path.join(tmpdir(), 'orgsweep-decide-'));
  const store = makeFolderStore(out);
  await store.put(keysOf(executionId).plan, bodyOf(plan));
  await requestApproval(
    {
      ...{ store, clock: makeManualClock(), kinds: KINDS, approvalOptions: '' },
      notify: async () => undefined,
    },
    {
      ...{ executionId, planDigest: plan.digest, taskToken: 'secret-token' },
      ...{ timeoutSeconds: 259_200, shown: questionAsked().shown ?? undefined },
    },
  );
});
afterEach(() => rmSync(out, { recursive: true }));

/** At a terminal where somebody answers so, after something has happened meanwhile. */
async function answering(
  answer: string,
  argv: readonly string[],
  meanwhile: () => Promise<unknown> = async () => undefined,
) {
  const { terminal, written } = fakeTerminal({ isTerminal: true });
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    await meanwhile();
    return answer;
  };
  const code = await main([...argv, '--out', out], { ...terminal, ask });
  return { code, ...written, questions };
}

const decided = async () => findApproval(makeFolderStore(out), executionId);

async function orgsweep(...argv: string[]) {
  const { terminal, written } = fakeTerminal();
  const code = await main([...argv, '--out', out], terminal);
  return { code, ...written };
}

it('writes the decision into the folder, with a name that nobody has verified', async () => {
  const { code, stdout } = await orgsweep('approve', executionId, '--yes');
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
  expect(await orgsweep('approve', executionId, '--yes')).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('was REJECTED already'),
  });
});

it('prints the same for machines', async () => {
  const { stdout } = await orgsweep('reject', executionId, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ holds: true, decision: 'REJECTED' });
});

it('decides on no other plan than the one that was read', async () => {
  const { code, stderr } = await orgsweep(
    'approve',
    executionId,
    '--yes',
    '--digest',
    'f'.repeat(64),
  );
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`accepted: that of the plan which waits, ${plan.digest}`),
  });
  expect(await findApproval(makeFolderStore(out), executionId)).toBeUndefined();
  expect(await orgsweep('approve', executionId, '--yes', '--digest', plan.digest)).toMatchObject({
    code: 0,
  });
});

it.each([
  [['approve'], 'EXECUTION_ID: missing'],
  [['approve', 'other', '--yes'], 'EXECUTION_ID: "other" – accepted: an execution in '],
  [['approve', executionId, '--digest', 'abc'], '--digest: "abc" – accepted: the digest of a plan'],
])('refuses %j in words', async (argv, words) => {
  const { code, stderr } = await orgsweep(...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

it('says that it looked in the folder, where nobody named a hub and there is none', async () => {
  const { terminal, written } = fakeTerminal();
  expect(await main(['approve', 'e-nowhere', '--yes'], terminal)).toBe(2);
  expect(written.stderr).toMatch(
    /^orgsweep: Execution e-nowhere doesn't wait for approval in \.\/orgsweep-out\. Another folder: --out DIR\. A simulated organization: --keep DIR\. The hub answered: /,
  );
});

describe('orgsweep approve', () => {
  it('shows what it approves in at most 25 lines, and asks', async () => {
    const { code, stderr, stdout, questions } = await answering('yes', ['approve', executionId]);
    const timeless = stderr
      .replace(out, 'OUT')
      .replace(/\([^()]* left\)|\(that is over\)/, '(… left)');
    expectGolden('approve.golden.txt', timeless);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
    expect(questions).toEqual(['Type yes to approve this plan: ']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('is APPROVED') });
    expect(await decided()).toMatchObject({ decision: 'APPROVED', planDigest: plan.digest });
  });

  it.each(['', 'y', 'no', 'yes please'])('takes %j for no answer at all', async (answer) => {
    const { code, stdout, stderr } = await answering(answer, ['approve', executionId]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/Nothing was decided\.\n$/);
    expect(await decided()).toBeUndefined();
  });

  it('refuses where nobody can be asked, and names --yes', async () => {
    const { code, stdout, stderr } = await orgsweep('approve', executionId);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^orgsweep: --yes is needed, .*nothing was decided/);
    expect(await decided()).toBeUndefined();
  });

  it('shows it with --yes too, and asks nothing', async () => {
    const { code, stderr, questions } = await answering('no', ['approve', executionId, '--yes']);
    expect({ code, questions }).toEqual({ code: 0, questions: [] });
    expect(stderr).toContain('Delete 24 unused snapshots in 4 accounts');
  });

  it('prints nothing but JSON where that is asked for', async () => {
    const { stdout, stderr } = await orgsweep('approve', executionId, '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ holds: true, decision: 'APPROVED' });
    expect(stderr).toBe('');
  });

  it('approves the plan that it showed, and no other that lies there by then', async () => {
    const store = makeFolderStore(out);
    const other = makePlanOf(plan, { removals: plan.removals.slice(1) });
    const { code, stderr } = await answering('yes', ['approve', executionId], async () =>
      store.put(keysOf(executionId).plan, bodyOf(other)),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`digest: "${plan.digest}" – accepted: that of the plan which waits`);
    expect(await decided()).toBeUndefined();
  });

  it('shows no plan that is not what its digest says', async () => {
    const forged = { ...plan, removals: plan.removals.slice(1) };
    await makeFolderStore(out).put(keysOf(executionId).plan, bodyOf(forged));
    const { code, stderr, questions } = await answering('yes', ['approve', executionId]);
    expect({ code, questions }).toEqual({ code: 1, questions: [] });
    expect(stderr).toContain('somebody changed it. Nothing was approved');
    expect(await decided()).toBeUndefined();
  });

  it.each(['REJECTED', 'EXPIRED'] as const)('asks nothing where it is %s', async (decision) => {
    await recordApproval(makeFolderStore(out), {
      ...{ schemaVersion: 1, executionId, planDigest: plan.digest, decision },
      ...{ by: null, at: '2026-11-23T12:00:00.000Z' },
    });
    const { code, stdout, questions } = await answering('yes', ['approve', executionId]);
    expect({ code, questions }).toEqual({ code: 4, questions: [] });
    expect(stdout).toContain(`was ${decision} already`);
  });

  it('is told of a decision that came while it asked', async () => {
    const { code, stdout } = await answering('yes', ['approve', executionId], async () =>
      orgsweep('reject', executionId),
    );
    expect({ code, stdout }).toEqual({
      code: 4,
      stdout: expect.stringContaining('was REJECTED already'),
    });
  });

  it('believes no names and no deadline of another plan', async () => {
    const store = makeFolderStore(out);
    const key = keysOf(executionId).question;
    await store.put(key, bodyOf(questionAsked({ planDigest: 'f'.repeat(64) })));
    const { stderr } = await answering('no', ['approve', executionId]);
    expect(stderr).toContain('The deadline is not known');
    expect(stderr).not.toContain('shop-prod');
  });
});

it('orgsweep reject asks nothing, and knows no --yes', async () => {
  expect(await answering('no', ['reject', executionId])).toMatchObject({ code: 0, questions: [] });
  expect((await orgsweep('reject', executionId, '--yes')).stderr).toContain(
    '--yes: unknown option',
  );
});

function makePlanOf(of: Plan, more: Partial<Plan>): Plan {
  const { digest: _digest, ...content } = { ...of, ...more };
  return { ...content, digest: planDigest(content) };
}
