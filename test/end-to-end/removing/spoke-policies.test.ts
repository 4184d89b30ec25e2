import type { Deps } from '../../../steps/deps.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import { openRemovalSweep, tally } from '../../support/removal-sweep.ts';
import type { RemovalSweep } from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { synthesizedConditions } from '../../support/hub/synthesized-conditions.ts';

// The simulated EC2 asks a simulation of IAM, which reads the policies as they are deployed.
describe('under the deployed policies', () => {
  let sweep: RemovalSweep;
  let deps: Deps;
  /** The hub's own account needs no role here: the other one is looked at. */
  const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 60, seed: 5 });
  const { mayChange, asked } = synthesizedConditions({ protectTags: ['Legal'] });
  const runInSpoke = async (maxRemovalsPerTarget = 500) =>
    sweep.run('first', {
      scope: { accounts: [sweep.ids[1]!.split('/')[0]] },
      policy: { requireUndo: true },
      limits: { maxRemovalsPerTarget },
    });
  const actions = () => [...new Set(asked.map(({ action }) => action))].toSorted();
  const denied = () => asked.filter(({ isAllowed }) => !isAllowed);

  beforeEach(async () => {
    asked.length = 0;
    const keep = (own: Deps) => (deps = own);
    sweep = await openRemovalSweep({ scenario, mayChange, hasRecycleBin: true, deps: keep });
  });
  afterEach(async () => sweep.close());

  it('all that was planned is removed, and all of it comes back', async () => {
    const { plan, removals } = await runInSpoke();
    expect(plan?.removals).toHaveLength(12);
    expect(tally(removals)).toEqual({ REMOVED: 12 });
    expect(sweep.gone()).toHaveLength(12);
    expect(actions()).toEqual(['ec2:CreateTags', 'ec2:DeleteSnapshot']);
    expect(denied()).toEqual([]);

    asked.length = 0;
    const request = { executionId: 'first', resourceIds: [], dryRun: false };
    const { resources: restored } = await restoreExecution(deps, request);
    expect(restored.map(({ result }) => result)).toEqual(Array(12).fill('RESTORED'));
    expect(actions()).toEqual(['ec2:CreateTags', 'ec2:RestoreSnapshotFromRecycleBin']);
    expect(denied()).toEqual([]);
  });

  it('IAM keeps what somebody protected after its last check', async () => {
    const [, estate] = sweep.estates;
    let isProtected = false;
    sweep.simulation.onBeforeCall = ({ operation }) => {
      if (operation !== 'DeleteSnapshot' || isProtected) return;
      isProtected = true;
      for (const { snapshotId } of estate!.snapshots(0, 100).items) {
        estate!.tagSnapshot(snapshotId, { Legal: 'hold' });
      }
    };
    const { removals } = await runInSpoke(2);
    expect(sweep.gone()).toEqual([]);
    expect(new Set(removals.map(({ outcome }) => outcome))).toEqual(new Set(['DENIED']));
    expect(denied().map(({ action }) => action)).toContain('ec2:DeleteSnapshot');
  });
});
