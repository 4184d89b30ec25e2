import { parseArguments } from '../../../local/cli/arguments.ts';
import type { StartArguments } from '../../../local/arguments/start-arguments.ts';
import { startOnHub } from '../../../local/commands/start-command.ts';
import { watchExecution } from '../../../local/commands/watch-command.ts';
import { keysOf } from '../../../store/keys.ts';
import { findApprovalRequest } from '../../../steps/approve/request-approval.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const INPUT = JSON.stringify({
  approval: 'required',
  policy: { graceDays: 0, requireUndo: false },
});

let hub: ServedHub;
beforeAll(async () => {
  hub = await serveHub(
    steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 20, seed: 5 }),
  );
});
afterAll(async () => hub.close());

/** Starts an execution and comes back when it waits. */
async function waiting(name: string): Promise<string> {
  const argv = ['start', '--name', name, '--mode', 'delete', '--input', INPUT];
  await startOnHub(parseArguments(argv) as StartArguments, hub.connection, new Date());
  // In this process the Task begins to wait only once its function has returned.
  while (!(await isPublished(name))) await pause(50);
  await pause(200);
  return name;
}

const pause = async (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function isPublished(executionId: string): Promise<boolean> {
  const request = await findApprovalRequest(hub.connection.store, executionId);
  return typeof request?.publishedAt === 'string';
}

async function watch(executionId: string) {
  const { terminal, written } = fakeTerminal();
  const options = { executionId, json: false, terminal, pollMilliseconds: 50 };
  return { exitCode: await watchExecution(hub.connection, options), ...written };
}

it('rejects, with the identity that STS tells, and nothing is removed', async () => {
  const executionId = await waiting('weekly-1');
  expect(await hub.cli('reject', executionId, '--hub')).toEqual({
    ...{ exitCode: 0, stderr: '' },
    stdout: expect.stringMatching(/^weekly-1 is REJECTED by arn:aws:iam::\d{12}:user\/orgsweep: /),
  });
  expect(await hub.cli('approve', '--yes', executionId, '--hub')).toMatchObject({
    exitCode: 4,
    stdout: expect.stringContaining('weekly-1 was REJECTED already, by arn:aws:iam::'),
  });
  const { exitCode, stdout } = await watch(executionId);
  expect(exitCode).toBe(4);
  expect(stdout).toContain('UNAPPROVED');
  expect(JSON.parse(hub.read(keysOf(executionId).approval))).toMatchObject({
    by: { verified: true },
  });
});

it('finds the hub by itself, decides on the plan that was read, and it is removed', async () => {
  const executionId = await waiting('weekly-2');
  const other = 'f'.repeat(64);
  expect(await hub.cli('approve', '--yes', executionId, '--digest', other)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`digest: "${other}" – accepted: that of the plan which waits`),
  });
  const { digest } = JSON.parse(hub.read(keysOf(executionId).plan)) as { digest: string };
  expect(
    await hub.cli('approve', '--yes', executionId, '--digest', digest, '--json'),
  ).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('"holds": true'),
  });
  const { exitCode, stdout } = await watch(executionId);
  expect(exitCode).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/Approved by arn:aws:iam::\d{12}:user\/orgsweep on/);
  const asked = hub.simulation.publishedMessages.filter(({ subject }) =>
    subject?.startsWith('APPROVE? orgsweep: delete 8 unused snapshots in 1 account'),
  );
  expect(asked).toHaveLength(2);
  const page = hub.read(keysOf(executionId).report);
  expect(page).not.toContain('Waiting for approval');
  const { taskToken } = JSON.parse(hub.read(keysOf(executionId).approvalRequest)) as {
    taskToken: string;
  };
  expect(JSON.stringify([hub.simulation.publishedMessages, stdout])).not.toContain(taskToken);
  expect(await hub.cli('approve', '--yes', executionId)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('it does not wait any more'),
  });
}, 30_000);

it('says where there is no such execution', async () => {
  expect(await hub.cli('approve', '--yes', 'nobody', '--hub')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /^orgsweep: EXECUTION_ID: "nobody" – accepted: an execution in the hub .* there is no plan of it \(yet/,
    ),
  });
});
