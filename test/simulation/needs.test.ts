import { DeleteSnapshotCommand } from '@aws-sdk/client-ec2';
import type { SimAct } from '../../simulation/acts.ts';
import { applyAct } from '../../simulation/acts.ts';
import { neededNow, needsOf } from '../../simulation/needs.ts';
import { ARCHETYPES } from '../../simulation/population/archetypes/registry.ts';
import { buildOrganization, visibleTargets } from '../../simulation/population/organization.ts';
import { DEFAULT_ORGANIZATION } from '../../simulation/scenarios/default.ts';
import { NOW } from '../support/manual-clock.ts';
import { serve } from '../support/organizations/served-organization.ts';
import {
  SPOKE,
  tinyId,
  tinyOrganization,
  tinySnapshot,
  tinyVolume,
} from '../support/organizations/tiny-organization.ts';

const SNAP = tinyId('snap', 1);
const VOLUME = tinyId('vol', 1);
const tags = { 'orgsweep:marked': 'true' };
const contents = { snapshots: [tinySnapshot(1, { tags })], volumes: [tinyVolume(1)] };
const estateOf = (organization: ReturnType<typeof tinyOrganization>) =>
  organization.estate(SPOKE, 'eu-west-1');
const tiny = () => estateOf(tinyOrganization({ estates: { [`${SPOKE}/eu-west-1`]: contents } }));

const attach: SimAct = { kind: 'attach-volume', volumeId: VOLUME, instanceId: tinyId('i', 1) };
const register: SimAct = {
  kind: 'register-image',
  imageId: tinyId('ami', 1),
  snapshotIds: [SNAP],
  state: 'disabled',
};
const tag = (added: Record<string, string>): SimAct => ({
  kind: 'tag-snapshot',
  snapshotId: SNAP,
  tags: added,
});

it('agrees with the ground truth: what is stale nobody needs, what is guarded somebody does', () => {
  // Age, state and a lost origin keep a snapshot that nobody needs; other tags only a policy knows.
  const nobodys = [
    'TOO_YOUNG',
    'NOT_COMPLETED',
    'COPY_ORIGIN_UNKNOWN',
    'PROTECTED_BY_TAG',
    'ON_OUTPOST',
  ];
  const weights = Object.fromEntries(ARCHETYPES.map(({ name, weight }) => [name, weight || 1]));
  const organization = buildOrganization({ ...DEFAULT_ORGANIZATION, weights }, NOW);
  let needed = 0;
  for (const { accountId, region } of visibleTargets(organization)) {
    const estate = organization.estate(accountId, region);
    for (const { snapshotId, verdict, reasons, archetype } of estate.groundTruths()) {
      const who = [archetype, needsOf(estate, snapshotId).length > 0];
      if (verdict === 'STALE') expect(who).toEqual([archetype, false]);
      else if (!reasons.every((reason) => nobodys.includes(reason))) {
        expect(who).toEqual([archetype, true]);
        needed += 1;
      }
    }
  }
  expect(needed).toBeGreaterThan(500);
});

it.each<[string, SimAct, SimAct | undefined, RegExp]>([
  [
    'its volume runs',
    attach,
    { kind: 'detach-volume', volumeId: VOLUME },
    /vol-.* on i-.* \(running\)/,
  ],
  [
    'an AMI is made of it',
    register,
    { kind: 'deregister-image', imageId: tinyId('ami', 1) },
    /ami-.* \(disabled\)/,
  ],
  [
    'AWS Backup has it',
    tag({ 'aws:backup:source-resource': '' }),
    undefined,
    /the tag aws:backup:/,
  ],
  [
    'somebody protects it',
    tag({ 'orgsweep:protect': '' }),
    { kind: 'untag-snapshot', snapshotId: SNAP, keys: ['orgsweep:protect'] },
    /the tag orgsweep:protect/,
  ],
  [
    'it is kept for another year',
    tag({ 'orgsweep:keep-until': '2027-11-01' }),
    undefined,
    /keep-until/,
  ],
  ['it is locked', { kind: 'lock-snapshot', snapshotId: SNAP }, undefined, /a lock \(governance\)/],
  [
    'it is shared',
    { kind: 'share-snapshot', snapshotId: SNAP, accountIds: ['600700800901'] },
    { kind: 'share-snapshot', snapshotId: SNAP, accountIds: [] },
    /account 600700800901/,
  ],
  [
    'a launch template names it',
    { kind: 'create-launch-template', launchTemplateId: 'lt-0a', snapshotIds: [SNAP] },
    undefined,
    /launch template lt-0a/,
  ],
])('a snapshot is needed as long as %s', (_, begin, end, who) => {
  const estate = tiny();
  expect(neededNow(estate, SNAP)).toBe(false);
  expect(applyAct(estate, begin)).toBe(true);
  expect(needsOf(estate, SNAP)).toEqual([expect.stringMatching(who)]);
  if (end === undefined) return;
  expect(applyAct(estate, end)).toBe(true);
  expect(neededNow(estate, SNAP)).toBe(false);
});

it.each([
  ['a terminated instance', 'terminated', false],
  ['an instance shutting down', 'shutting-down', false],
  ['a stopped instance', 'stopped', true],
] as const)('a volume on %s', (_, state, isNeeded) => {
  const estate = tiny();
  applyAct(estate, attach);
  estate.putInstance({ ...estate.instance(tinyId('i', 1))!, state });
  expect(neededNow(estate, SNAP)).toBe(isNeeded);
});

it('follows what refers to it: fast restore, ECS, launch configurations, gateways, the bin', () => {
  const estate = tiny();
  const base = { snapshotId: SNAP, availabilityZone: 'eu-west-1a' };
  const later = new Date(NOW.getTime() + 1);
  const times = { createTime: NOW, enterTime: NOW, exitTime: later };
  const who = () => needsOf(estate, SNAP);
  estate.putFastRestore({ ...base, state: 'enabling' });
  expect(who()).toEqual(['fast restore in eu-west-1a']);
  estate.putFastRestore({ ...base, state: 'disabling' });
  expect(who()).toEqual([]);
  estate.putEcsService({ clusterName: 'c', name: 's', deployments: [[], [SNAP]] });
  estate.putLaunchConfiguration({ name: 'lc', imageId: 'ami-0a', snapshotIds: [SNAP] });
  estate.putGatewayVolume({ gatewayId: 'sgw-1', volumeId: VOLUME, sizeGiB: 1 });
  estate.putVolumeInRecycleBin({ volumeId: VOLUME, sizeGiB: 1, ...times });
  expect(who()).toEqual([
    `${VOLUME} in the Recycle Bin`,
    'launch configuration lc',
    'ECS service c/s',
    'gateway sgw-1',
  ]);
});

it('tells of a deleted snapshot who would need it, and of an unknown one nothing', () => {
  const estate = tiny();
  estate.deleteSnapshot(SNAP);
  expect(neededNow(estate, SNAP)).toBe(false);
  applyAct(estate, attach);
  expect(neededNow(estate, SNAP)).toBe(true);
  expect(() => needsOf(estate, tinyId('snap', 9))).toThrow('snap-');
});

it('is on record with every deletion: when, by whom, and who needed it then', async () => {
  const served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: contents } });
  const estate = estateOf(served.organization);
  estate.putSnapshot(tinySnapshot(2, { tags, volumeId: VOLUME }));
  const deletion = await served.assume('orgsweep-deletion');
  const remove = async (SnapshotId: string) =>
    served.ec2(deletion).send(new DeleteSnapshotCommand({ SnapshotId }));
  await remove(SNAP);
  served.clock.advance(60_000);
  // Another user comes first, after everything was checked.
  served.simulation.onBeforeCall = () => void applyAct(estate, attach);
  await remove(tinyId('snap', 2));
  estate.putSnapshot(tinySnapshot(3));
  applyAct(estate, { kind: 'delete-snapshot', snapshotId: tinyId('snap', 3) });
  const at = served.clock.now();
  expect(estate.deletions()).toEqual([
    {
      snapshot: contents.snapshots[0],
      at: new Date(at.getTime() - 60_000),
      by: { role: 'deletion', accessKeyId: deletion.accessKeyId },
      neededBy: [],
    },
    {
      snapshot: expect.objectContaining({ snapshotId: tinyId('snap', 2) }),
      at,
      by: { role: 'deletion', accessKeyId: deletion.accessKeyId },
      neededBy: [expect.stringContaining(VOLUME)],
    },
    expect.objectContaining({ by: { role: 'another user' } }),
  ]);
  await served.close();
});
