import { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { keysOf } from '../../../store/keys.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';

/** What a deployed execution removed, brought back and explained by the hub's own files. */
let hub: ServedHub;
let removed: RemovalOutcome[];
beforeAll(async () => {
  hub = await serveHub(sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 40, seed: 5 }));
  const input = JSON.stringify({ policy: { graceDays: 0 }, limits: { maxRemovalsPerTarget: 3 } });
  const argv = ['start', '--name', 'first', '--mode', 'delete', '--input', input, '--watch'];
  expect(await hub.cli(...argv)).toMatchObject({ exitCode: 0 });
  const lines = hub.read(keysOf('first').removals).split('\n').filter(Boolean);
  removed = lines.map((line) => RemovalOutcome.parse(JSON.parse(line)));
  expect(removed.length).toBeGreaterThan(1);
  expect(new Set(removed.map(({ outcome }) => outcome))).toEqual(new Set(['REMOVED']));
}, 60_000);
afterAll(async () => hub.close());

const idsOf = (many: readonly { resourceId: string }[]) =>
  many.map(({ resourceId }) => resourceId).toSorted();

it('restores what the execution removed, in sessions of the restore role alone', async () => {
  const before = hub.simulation.calls.total['sts:AssumeRole'] ?? 0;
  const dry = await hub.cli('restore', 'first', '--hub', '--dry-run', '--json');
  expect(dry.exitCode).toBe(0);
  expect(JSON.parse(dry.stdout).counts).toEqual({ RESTORABLE: removed.length });
  const { exitCode, stdout } = await hub.cli('restore', 'first', '--hub', '--json');
  expect(exitCode).toBe(0);
  const { counts, resources } = JSON.parse(stdout);
  expect(counts).toEqual({ RESTORED: removed.length });
  expect(idsOf(resources)).toEqual(idsOf(removed));
  // The operator's, and one for each account, both times: the hub's own is entered by role as well.
  const accounts = new Set(removed.map(({ accountId }) => accountId)).size;
  expect((hub.simulation.calls.total['sts:AssumeRole'] ?? 0) - before).toBe(2 * (1 + accounts));
  expect(hub.read(keysOf('first').restores)).toContain(removed[0]!.resourceId);
});

it('explains a resource by all executions of the hub', async () => {
  expect((await hub.cli('start', '--name', 'first-b', '--watch')).exitCode).toBe(0);
  const [{ resourceId }] = removed as [RemovalOutcome];
  const { exitCode, stdout } = await hub.cli('explain', resourceId, '--hub', '--json');
  expect(exitCode).toBe(0);
  const [explained] = JSON.parse(stdout).resources;
  const executions = explained.executions as { executionId: string; mode: string }[];
  expect(executions.map(({ executionId }) => executionId).toSorted()).toEqual(['first', 'first-b']);
});

it('names the hub where an execution or a resource is not known there', async () => {
  const restoring = await hub.cli('restore', 'nothing', '--hub');
  expect(restoring).toMatchObject({ exitCode: 2, stdout: '' });
  expect(restoring.stderr).toContain(
    "Execution nothing isn't in s3://orgsweep-hub. Of the 2 executions there the newest is first-b.",
  );
  const explaining = await hub.cli('explain', 'snap-nothing', '--hub');
  expect(explaining.exitCode).toBe(2);
  expect(explaining.stderr).toContain(
    "snap-nothing isn't in any of the 2 executions in s3://orgsweep-hub/ (the newest: first-b). ",
  );
});
