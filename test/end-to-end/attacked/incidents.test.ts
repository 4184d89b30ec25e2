import { applyAct } from '../../../simulation/acts.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { ServiceError } from '../../../simulation/services/call/service.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import {
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  TINY,
} from '../../support/removal-sweep.ts';
import { openSimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

/** What went wrong elsewhere, each once. Those that another file tests aren't repeated here. */
const DAY_MS = 86_400_000;
const SOME = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 120, seed: 11 });

let sweep: RemovalSweep;
const opened: { close(): Promise<void> }[] = [];
const open = async (options: RemovalSweepOptions = {}) => {
  sweep = await openRemovalSweep(options);
  opened.push(sweep);
  const [estate] = sweep.estates;
  if (estate === undefined) throw new Error('no target');
  return estate;
};
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const idsOf = (removals: readonly { resourceId: string }[] = []) =>
  removals.map(({ resourceId }) => resourceId);
const outcomeOf = ({ removals }: Ended, id: string) =>
  removals.find(({ resourceId }) => resourceId === id)?.outcome;

/** What the tiny sweep would remove. */
async function removable(): Promise<string[]> {
  const { plan } = await sweep.run('preview', { mode: 'report' });
  const ids = idsOf(plan?.removals);
  if (ids.length < 2) throw new Error('nothing to remove');
  return ids;
}

it('a launch template that no group used still named it, and production went down: KEEP, in any version', async () => {
  const estate = await open();
  const [used = ''] = await removable();
  const launchTemplateId = 'lt-0a1b2c3d4e5f60718';
  applyAct(estate, { kind: 'create-launch-template', launchTemplateId, snapshotIds: [used] });
  const ended = await sweep.run('mine');
  expect(idsOf(ended.plan?.removals)).not.toContain(used);
  expect(sweep.gone()).not.toContain(used);
  expect(await findingOf('mine', used)).toMatchObject({
    verdict: 'KEEP',
    reasons: ['USED_BY_LAUNCH_TEMPLATE'],
  });
});

it('a shared snapshot was taken from those it was shared with: KEEP, before anybody approves a plan', async () => {
  const estate = await open();
  const [shared = ''] = await removable();
  applyAct(estate, { kind: 'share-snapshot', snapshotId: shared, accountIds: ['444455556666'] });
  const ended = await sweep.run('mine');
  expect(idsOf(ended.plan?.removals)).not.toContain(shared);
  expect(sweep.gone()).not.toContain(shared);
  expect(await findingOf('mine', shared)).toMatchObject({
    verdict: 'KEEP',
    reasons: ['SHARED'],
    evidence: { sharedWith: ['444455556666'] },
  });
});

it('use in other accounts was never seen: the plan holds it, and the finding says who uses it', async () => {
  const scenario = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
  const owner = await open({ scenario });
  const { plan } = await sweep.run('preview', { mode: 'report' });
  const used = plan?.removals.find(({ accountId }) => accountId === owner.accountId);
  const user = sweep.estates.find(({ accountId }) => accountId !== owner.accountId);
  if (used === undefined || user === undefined) throw new Error('nothing to remove');
  const launchTemplateId = 'lt-0a1b2c3d4e5f60718';
  const snapshotIds = [used.resourceId];
  applyAct(user, { kind: 'create-launch-template', launchTemplateId, snapshotIds });
  const ended = await sweep.run('mine');
  expect(sweep.gone()).not.toContain(used.resourceId);
  const held = ended.plan?.held.find(({ resourceId }) => resourceId === used.resourceId);
  expect(held?.held).toEqual(['USED_BY_ANOTHER_ACCOUNT']);
  expect(await findingOf('mine', used.resourceId)).toMatchObject({
    verdict: 'STALE',
    evidence: {
      usedByOtherAccounts: [
        {
          accountId: user.accountId,
          source: 'launch-templates',
          by: `${launchTemplateId} version 1`,
        },
      ],
    },
  });
});

async function findingOf(executionId: string, id: string): Promise<unknown> {
  const findings = (await sweep.store.get(`executions/${executionId}/findings.jsonl`))?.body ?? '';
  return JSON.parse(findings.split('\n').find((one) => one.includes(`"${id}"`)) ?? '{}');
}

it('an AMI was left without its snapshot: with the AMIs not looked at, it is PROTECTED and the finding says so', async () => {
  const { scenario, ofAmi } = withAmiOnPlanned();
  await open({ scenario });
  const ended = await sweep.run('mine', { policy: { skipReferences: ['amis'] } });
  const [used = ''] = ofAmi;
  expect(outcomeOf(ended, used)).toBe('PROTECTED');
  expect(sweep.gone()).not.toContain(used);
  expect(sweep.gone().length).toBeGreaterThan(0);
  const findings = (await sweep.store.get('executions/mine/findings.jsonl'))?.body ?? '';
  const line = findings.split('\n').find((one) => one.includes(used)) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ verdict: 'STALE', evidence: { notLookedAt: ['amis'] } });
  expect(ended.summary?.notLookedAt).toContain('amis');
});

it("an AMI's launch permission was cancelled in passing: a removal tags and deletes snapshots, nothing else", async () => {
  await open();
  await sweep.run('mine');
  const { total } = sweep.simulation.calls;
  const writes = Object.keys(total).filter((call) => !/:(Describe|List|Get)/.test(call));
  expect(writes.toSorted()).toEqual(
    ['ec2:CreateTags', 'ec2:DeleteSnapshot', 'sts:AssumeRole'].filter((call) => call in total),
  );
  expect(writes).toContain('ec2:DeleteSnapshot');
});

it("thousands of public and shared snapshots were taken for the account's own: none is counted or found", async () => {
  const one = await openSimulatedSweep(TINY, { enableDeletion: false });
  opened.push(one);
  const [target = { accountId: '', region: '' }] = visibleTargets(one.organization);
  const { accountId, region } = target;
  const others = new Set(idsOf(one.organization.publicSnapshots(region).map(withId)));
  expect(others.size).toBeGreaterThan(0);
  const { summary, findings } = await one.run();
  const own = [...one.organization.estate(accountId, region).groundTruths()];
  expect(summary.counts.resources).toBe(own.length);
  expect(idsOf(findings).filter((id) => others.has(id))).toEqual([]);
});
const withId = ({ snapshotId }: { snapshotId: string }) => ({ resourceId: snapshotId });

describe("an exclusion tag was ignored: the deployment's own tag protects", () => {
  const deploymentTag: RemovalSweepOptions = {
    deps: (deps) => ({ ...deps, settings: { ...deps.settings, protectTags: ['Deployment=keep'] } }),
  };

  it('whatever tags the execution input names instead', async () => {
    const estate = await open(deploymentTag);
    const [victim = ''] = idsOf((await sweep.run('report', { mode: 'report' })).plan?.removals);
    estate.tagSnapshot(victim, { Deployment: 'keep' });
    const { plan } = await sweep.run('mine', { policy: { protectTags: ['Other'] } });
    expect(idsOf(plan?.removals)).not.toContain(victim);
    expect(sweep.gone()).not.toContain(victim);
  });

  it('also at the last look before a plan of an earlier execution is applied', async () => {
    const estate = await open(deploymentTag);
    const [victim = ''] = idsOf((await sweep.run('report', { mode: 'report' })).plan?.removals);
    let listings = 0;
    sweep.simulation.onBeforeCall = ({ operation }) => {
      // The first listing of the new execution is its discovery's.
      if (operation === 'DescribeSnapshots' && (listings += 1) === 2) {
        estate.tagSnapshot(victim, { Deployment: 'keep' });
      }
    };
    const ended = await sweep.run('mine', { plan: 'report', policy: { protectTags: [] } });
    expect(outcomeOf(ended, victim)).toBe('NO_LONGER_STALE');
    expect(sweep.gone()).not.toContain(victim);
    expect(sweep.gone().length).toBeGreaterThan(0);
  });
});

it('deletions that failed were reported as done: what is called removed is exactly what is gone', async () => {
  let calls = 0;
  const scenario = withEstates(SOME, (estate) => ({
    deleteSnapshot: (id) => {
      calls += 1;
      if (calls % 3 === 0) throw new ServiceError('SomethingNew', 'not today');
      estate.deleteSnapshot(id);
    },
  }));
  await open({ scenario });
  const { plan, removals, summary } = await sweep.run('mine');
  const removed = removals.filter(({ outcome }) => outcome === 'REMOVED');
  expect(idsOf(removed).toSorted()).toEqual(sweep.gone());
  expect(removed.length).toBeLessThan(removals.length);
  expect(summary?.removals.byOutcome.REMOVED).toBe(removed.length);
  // Of those that share the blocks of one volume, the largest that is gone; what is archived, each.
  const gone = new Set(idsOf(removed));
  const sizes = new Map<string, number>();
  for (const { resourceId, sizeGiB, sharesWith } of plan?.removals ?? []) {
    const volume = sharesWith ?? resourceId;
    if (gone.has(resourceId)) sizes.set(volume, Math.max(sizes.get(volume) ?? 0, sizeGiB ?? 0));
  }
  expect(sizes.size).toBeLessThan(gone.size);
  const sum = [...sizes.values()].reduce((all, size) => all + size, 0);
  expect(summary?.removals.removedGiB).toBe(sum);
  expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
});

it('26,000 snapshots in one account got no report at all: many pages are all read, and the message stays small', async () => {
  const scenario = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 3500, seed: 7 });
  const estate = await open({ scenario });
  const { summary, published } = await sweep.run('report', { mode: 'report' });
  expect(summary?.status).toBe('COMPLETE');
  expect(summary?.counts.resources).toBe([...estate.groundTruths()].length);
  expect(sweep.simulation.calls.total['ec2:DescribeSnapshots']).toBe(5);
  expect(Buffer.byteLength(published?.Message ?? '')).toBeLessThan(25_000);
});

it('snapshots younger than the limit were reported in some Regions: in none here', async () => {
  const scenario = steadyScenario({ accounts: 2, regions: 3, snapshotsPerTarget: 60, seed: 15 });
  const wide = await openSimulatedSweep(scenario, { enableDeletion: false });
  opened.push(wide);
  const { findings } = await wide.run({ policy: { minAgeDays: 200 } });
  const estates = new Map<string, SimEstate>(
    visibleTargets(wide.organization).map(({ accountId, region }) => [
      `${accountId}/${region}`,
      wide.organization.estate(accountId, region),
    ]),
  );
  const stale = findings.filter(({ verdict }) => verdict === 'STALE');
  expect(new Set(stale.map(({ accountId, region }) => `${accountId}/${region}`)).size).toBe(6);
  for (const { accountId, region, resourceId } of stale) {
    const started = estates.get(`${accountId}/${region}`)?.snapshot(resourceId)?.startTime;
    expect(wide.clock.now().getTime() - (started?.getTime() ?? Infinity)).toBeGreaterThanOrEqual(
      200 * DAY_MS,
    );
  }
});

/** The first snapshots that would be removed, each made part of a disabled AMI from the beginning. */
function withAmiOnPlanned() {
  const ofAmi: string[] = [];
  const scenario = {
    ...TINY,
    build: (now: Date) => {
      const organization = TINY.build(now);
      for (const { accountId, region } of visibleTargets(organization)) {
        const estate = organization.estate(accountId, region);
        for (const { snapshotId, verdict } of estate.groundTruths()) {
          const volumeId = estate.snapshot(snapshotId)?.volumeId ?? '';
          const isOldOfMany = estate.snapshotsOfVolume(volumeId).length > 2;
          if (verdict !== 'STALE' || !isOldOfMany || ofAmi.length > 0) continue;
          ofAmi.push(snapshotId);
          const image = { imageId: 'ami-0abc', ownerId: accountId, name: 'disabled' };
          estate.putImage({ ...image, state: 'disabled', snapshotIds: [snapshotId] });
        }
      }
      return organization;
    },
  };
  return { scenario, ofAmi };
}
