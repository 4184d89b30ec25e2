import { visibleTargets } from '../../../simulation/population/organization.ts';
import { applyAct } from '../../../simulation/acts.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { openRemovalSweep } from '../../support/removal-sweep.ts';
import {
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

// Of fewer, no two that are planned rely on each other alone.
const SCENARIO = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 120, seed: 11 });
const DELETE = { mode: 'delete', policy: { graceDays: 0, requireUndo: false } };

/** Another user of the account, acting after the plan is made and before anything is removed. */
type Act = (
  estate: SimEstate,
  snapshot: SimSnapshot,
  planned: readonly string[],
) => string[] | void;

const attachVolume: Act = (estate, snapshot) => {
  estate.putInstance({ instanceId: 'i-0abc', state: 'running', volumeIds: [snapshot.volumeId] });
  estate.putVolume({
    volumeId: snapshot.volumeId,
    sizeGiB: snapshot.volumeSizeGiB,
    state: 'in-use',
    createTime: new Date(),
    tags: {},
    attachments: [{ instanceId: 'i-0abc', device: '/dev/sdf', state: 'attached' }],
  });
};
const registerAmi =
  (state: 'available' | 'disabled'): Act =>
  (estate, snapshot) =>
    estate.putImage({
      imageId: 'ami-0abc',
      ownerId: estate.accountId,
      name: 'made meanwhile',
      state,
      snapshotIds: [snapshot.snapshotId],
    });
const tag =
  (tags: Record<string, string>): Act =>
  (estate, snapshot) =>
    estate.tagSnapshot(snapshot.snapshotId, tags);
const act =
  (kind: 'lock-snapshot' | 'share-snapshot' | 'create-launch-template'): Act =>
  (estate, { snapshotId }) => {
    const launchTemplateId = 'lt-0a1b2c3d4e5f60718';
    const accountIds = ['444455556666'];
    const done = applyAct(
      estate,
      kind === 'create-launch-template'
        ? { kind, launchTemplateId, snapshotIds: [snapshotId] }
        : kind === 'share-snapshot'
          ? { kind, snapshotId, accountIds }
          : { kind, snapshotId },
    );
    if (!done) throw new Error(`${kind} was refused`);
  };

describe('between plan and removal, another user', () => {
  it.each<[string, Act, string, string]>([
    ['attaches the volume', attachVolume, 'NO_LONGER_STALE', 'IN_USE'],
    ['registers an AMI', registerAmi('available'), 'NO_LONGER_STALE', 'USED_BY_AMI'],
    ['registers and disables an AMI', registerAmi('disabled'), 'NO_LONGER_STALE', 'USED_BY_AMI'],
    ['protects it', tag({ 'orgsweep:protect': '' }), 'NO_LONGER_STALE', 'PROTECTED_BY_TAG'],
    [
      'lets AWS Backup take it over',
      tag({ 'aws:backup:source-resource': 'x' }),
      'NO_LONGER_STALE',
      'MANAGED_BY_AWS_BACKUP',
    ],
    ['locks it', act('lock-snapshot'), 'NO_LONGER_STALE', 'LOCKED'],
    ['shares it', act('share-snapshot'), 'NO_LONGER_STALE', 'SHARED'],
    [
      'names it in a launch template',
      act('create-launch-template'),
      'NO_LONGER_STALE',
      'USED_BY_LAUNCH_TEMPLATE',
    ],
  ])('%s: it is kept', async (_what, act, outcome, reason) => {
    const { files, victim, estate } = await sweepWithAct(act);
    expect(removalOf(files, victim)).toMatchObject({ outcome, reasons: [reason], intentAt: null });
    expect(estate.snapshot(victim)).toBeDefined();
    expect(files.summary.status).toBe('COMPLETE');
    // The others aren't held up, unless they are of the same volume.
    const volumeOf = new Map(files.plan.removals.map((one) => [one.resourceId, one.lineage?.id]));
    const others = files.removals.filter(
      ({ resourceId }) => volumeOf.get(resourceId) !== volumeOf.get(victim),
    );
    expect(others.length).toBeGreaterThan(20);
    expect(new Set(others.map((one) => one.outcome))).toEqual(new Set(['REMOVED']));
  });

  it('deletes it: it is ALREADY_GONE, not removed by us', async () => {
    const { files, victim } = await sweepWithAct((estate, { snapshotId }) =>
      estate.deleteSnapshot(snapshotId),
    );
    expect(removalOf(files, victim)).toMatchObject({ outcome: 'ALREADY_GONE', intentAt: null });
  });

  it('deletes the copy that was to remain: the last one is protected', async () => {
    const { files, victim, estate } = await sweepWithAct((estate, snapshot) => {
      for (const { snapshotId } of estate.snapshotsOfVolume(snapshot.volumeId)) {
        if (snapshotId !== snapshot.snapshotId) estate.deleteSnapshot(snapshotId);
      }
    });
    // Not even marked.
    expect(removalOf(files, victim)).toMatchObject({
      outcome: 'PROTECTED',
      reasons: ['LAST_COPY'],
      intentAt: null,
    });
    expect(estate.snapshot(victim)).toBeDefined();
  });

  it('deletes what was to remain of two that are planned: neither relies on the other', async () => {
    const { files, act, estate } = await sweepWithAct((ofTarget, _, planned) => {
      const volumeOf = (id: string) => ofTarget.snapshot(id)?.volumeId ?? '';
      const siblings = (id: string) => planned.filter((one) => volumeOf(one) === volumeOf(id));
      const pair = siblings(planned.find((id) => siblings(id).length === 2) ?? '');
      const volumeId = volumeOf(pair[0] ?? '');
      for (const { snapshotId } of ofTarget.snapshotsOfVolume(volumeId)) {
        if (!pair.includes(snapshotId)) ofTarget.deleteSnapshot(snapshotId);
      }
      return pair;
    });
    expect(act).toHaveLength(2);
    for (const id of act ?? []) {
      expect(removalOf(files, id)).toMatchObject({ outcome: 'PROTECTED', reasons: ['LAST_COPY'] });
      expect(estate.snapshot(id)).toBeDefined();
    }
  });
});

it('is judged as of its own time: what a date frees during the look was not looked at closely', async () => {
  const sweep = await openRemovalSweep();
  try {
    const { plan } = await sweep.run('preview', { mode: 'report' });
    const [victim] = plan?.removals.map(({ resourceId }) => resourceId) ?? [];
    const [estate] = sweep.estates;
    if (victim === undefined || estate === undefined) throw new Error('nothing planned');
    const today = sweep.clock.now().toISOString().slice(0, 10);
    // A day ends last where the clock is twelve hours behind UTC.
    const endsEverywhere = Date.parse(`${today}T00:00:00Z`) + 36 * 3_600_000;
    sweep.clock.advance(endsEverywhere - 1_000 - sweep.clock.now().getTime());
    let listings = 0;
    sweep.simulation.onBeforeCall = ({ operation }) => {
      if (operation !== 'DescribeSnapshots') return;
      listings += 1;
      if (listings !== 3) return;
      estate.tagSnapshot(victim, { 'orgsweep:keep-until': today });
      act('create-launch-template')(estate, estate.snapshot(victim)!, []);
      sweep.clock.advance(2_000);
    };
    // Alone: another candidate would have all of them looked at.
    const { removals } = await sweep.run('mine', { limits: { maxRemovalsPerTarget: 1 } });
    expect(removals.find(({ resourceId }) => resourceId === victim)).toMatchObject({
      outcome: 'NO_LONGER_STALE',
    });
    expect(sweep.gone()).not.toContain(victim);
  } finally {
    await sweep.close();
  }
});

/** Runs a delete execution; the act happens to the first planned snapshot, before any is tagged. */
async function sweepWithAct(act: Act) {
  const sweep = await openSimulatedSweep(SCENARIO, { clock: makeManualClock(new Date()) });
  try {
    const [target] = visibleTargets(sweep.organization);
    if (target === undefined) throw new Error('no target');
    const estate = sweep.organization.estate(target.accountId, target.region);
    const planned = await plannedBeforehand(sweep);
    const [victim] = planned;
    const snapshot = estate.snapshot(victim ?? '');
    if (victim === undefined || snapshot === undefined) throw new Error('nothing planned');
    let listings = 0;
    let acted: string[] | undefined;
    sweep.simulation.onBeforeCall = ({ operation }) => {
      if (operation !== 'DescribeSnapshots') return;
      listings += 1;
      // The discovery lists all snapshots, then the public ones; the third listing is the removal's.
      if (listings === 3) acted = act(estate, snapshot, planned) ?? undefined;
    };
    const files = await sweep.run(DELETE);
    return { files, victim, estate, act: acted };
  } finally {
    await sweep.close();
  }
}

async function plannedBeforehand(sweep: SimulatedSweep): Promise<string[]> {
  const { plan } = await sweep.run({ policy: DELETE.policy });
  return plan.removals.map(({ resourceId }) => resourceId);
}

function removalOf({ removals }: SweepFiles, id: string) {
  return removals.find(({ resourceId }) => resourceId === id);
}
