import { Ami } from '../../../kinds/ami/facts.ts';
import { ami } from '../../../kinds/ami/index.ts';
import { askAbout } from '../../../kinds/ask.ts';
import type { SimImage } from '../../../simulation/model/image.ts';
import { daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { SPOKE, tinyId, tinySnapshot } from '../../support/organizations/tiny-organization.ts';
import { aPolicy } from '../../support/organizations/snapshots.ts';
import { lookAt } from '../../support/aws/fake-ec2.ts';
import { amiId, serveSources } from './sources/served-sources.ts';

let served: Awaited<ReturnType<typeof serveSources>>;
beforeEach(async () => {
  served = await serveSources();
});
afterEach(async () => served.close());

/** Unused, but for what is given. */
const put = (number: number, given: Partial<SimImage> = {}) =>
  served.estate.putImage({
    ...{ imageId: amiId(number), ownerId: SPOKE, name: `made once ${'x'.repeat(number)}` },
    ...{ state: 'available', snapshotIds: [], lastLaunchedAt: null },
    createTime: new Date(daysAgo(400)),
    ...given,
  });

async function seen(over: Parameters<typeof served.look>[0] = {}) {
  const look = served.look(over);
  const { resources, incomplete, foreignReferences } = await ami.discover(look);
  const all = [...resources].map((facts) => Ami.parse(facts));
  const verdicts = Object.fromEntries(
    all.map((facts) => [facts.imageId, ami.assess(facts, look.policy, NOW).reasons.join()]),
  );
  return { look, all, verdicts, incomplete, foreignReferences, calls: look.clients.calls };
}

it('an AMI that nothing names is unused, and what names another account’s is handed on', async () => {
  put(1);
  const instanceId = tinyId('i', 1);
  served.estate.putInstance({ instanceId, imageId: amiId(9), state: 'running', volumeIds: [] });
  const { verdicts, foreignReferences, incomplete } = await seen();
  expect(incomplete).toEqual([]);
  expect(verdicts).toEqual({ [amiId(1)]: 'AMI_NEVER_LAUNCHED' });
  expect(foreignReferences).toContainEqual({
    ...{ resourceId: amiId(9), source: 'instances', by: instanceId },
  });
});

it('says which services a Region does not have: a positive sign that they name nothing', async () => {
  put(1);
  const { all, verdicts } = await seen({ absentServices: ['codebuild'] });
  expect(verdicts).toEqual({ [amiId(1)]: 'AMI_NEVER_LAUNCHED' });
  expect(all[0]?.notOffered).toEqual(['codebuild-fleets']);
});

it('tells a source once that the policy skips and the Region does not have', async () => {
  put(1);
  const { all } = await seen({
    absentServices: ['codebuild'],
    policy: aPolicy({ skipReferences: ['codebuild-fleets'] }),
  });
  expect(all[0]).toMatchObject({ notLookedAt: ['codebuild-fleets'], notOffered: [] });
});

// T7, of https://github.com/cloud-custodian/cloud-custodian/issues/6554
it('keeps an AMI named by any version of any launch template, attached or not', async () => {
  put(1);
  put(2);
  served.estate.putLaunchTemplate({
    ...{ launchTemplateId: tinyId('lt', 1), name: 'by-hand', createTime: NOW, defaultVersion: 3 },
    versions: [
      { number: 1, imageId: amiId(1), snapshotIds: [] },
      { number: 2, imageId: amiId(8), snapshotIds: [] },
      { number: 3, imageId: amiId(8), snapshotIds: [] },
    ],
  });
  const { verdicts, all } = await seen();
  expect(verdicts).toEqual({
    [amiId(1)]: 'USED_BY_LAUNCH_TEMPLATE',
    [amiId(2)]: 'AMI_NEVER_LAUNCHED',
  });
  expect(all[0]?.usedBy['launch-templates']?.join()).toContain('version 1');
});

// T8, of https://github.com/widdix/aws-amicleaner/issues/5
it('keeps what only an unused launch configuration names', async () => {
  put(1);
  served.estate.putLaunchConfiguration({ name: 'old', imageId: amiId(1), snapshotIds: [] });
  expect((await seen()).verdicts).toEqual({ [amiId(1)]: 'USED_BY_LAUNCH_CONFIGURATION' });
});

it('where all AMIs are kept anyway, what costs calls for each thing is not asked', async () => {
  put(1, { deregistrationProtection: 'enabled' });
  const { verdicts, calls } = await seen();
  expect(verdicts).toEqual({ [amiId(1)]: 'LOCKED' });
  expect(Object.keys(calls).filter((name) => /Templates|Parameters|Fleet/.test(name))).toEqual([]);
});

it('somebody else’s AMI is no resource, and holds its snapshots all the same', async () => {
  const shared = { snapshotIds: [tinyId('snap', 1)] };
  put(1, shared);
  // As EC2 shows those of a vault: they are another owner's.
  put(2, { ...shared, ownerId: '444455556666', ownerAlias: 'aws-backup-vault' });
  const { all } = await seen();
  expect(all.map(({ imageId }) => imageId)).toEqual([amiId(1)]);
  expect(all[0]?.snapshots).toEqual([
    { snapshotId: tinyId('snap', 1), holders: [amiId(1), amiId(2)] },
  ]);
});

it('disabled AMIs are listed too, and a deregistered one that EC2 shows yet is gone', async () => {
  put(1, { state: 'disabled' });
  expect(Object.keys((await seen()).verdicts)).toEqual([amiId(1)]);
  const image = (state: string) =>
    `<imagesSet><item><imageId>ami-1</imageId><imageOwnerId>111122223333</imageOwnerId><imageState>${state}</imageState></item></imagesSet>`;
  const { look } = lookAt({ DescribeImages: () => image('deregistered') });
  expect([...(await ami.discover(look)).resources]).toEqual([]);
});

it('an AMI without an owner breaks the listing: whose it is decides', async () => {
  const answer = '<imagesSet><item><imageId>ami-1</imageId></item></imagesSet>';
  const { look } = lookAt({ DescribeImages: () => answer });
  await expect(ami.discover(look)).rejects.toThrow('an AMI came without its owner');
});

it('whether Allowed AMIs is on is told; where nobody may ask, no verdict is another one', async () => {
  put(1);
  const [told] = (await seen()).all;
  expect(['disabled', 'audit-mode', 'enabled']).toContain(told?.allowedAmis);
  served.simulation.setFaults([{ operation: 'GetAllowedImagesSettings', answer: 'deny' }]);
  const { all, verdicts, incomplete } = await seen();
  expect(all[0]?.allowedAmis).toBeNull();
  expect([incomplete, verdicts]).toEqual([[], { [amiId(1)]: 'AMI_NEVER_LAUNCHED' }]);
});

it('asks whom stale ones are shared with, and what their snapshots are', async () => {
  served.estate.putSnapshot(tinySnapshot(1, { ownerId: SPOKE, volumeSizeGiB: 8 }));
  put(1, { snapshotIds: [tinySnapshot(1).snapshotId, tinyId('snap', 7)] });
  put(2, { sharedWith: ['444455556666'] });
  const { look, all } = await seen();
  const { asked, failures } = await askAbout(ami, look, ami.questions, {
    ...{ resources: all, known: all },
  });
  expect(failures).toEqual([]);
  const facts = (number: number) => Ami.parse(asked.get(amiId(number))?.facts);
  expect(facts(1).sharedWith).toEqual([]);
  expect(facts(2).sharedWith).toEqual(['444455556666']);
  // The other one isn't there: it costs nothing.
  expect(Object.keys(facts(1).billed ?? {})).toEqual([tinySnapshot(1).snapshotId]);
  expect(ami.assess(facts(2), look.policy, NOW).reasons).toEqual(['SHARED']);
});

it.each([
  ['<group>all</group>', 'all'],
  ['<organizationArn>arn:x</organizationArn>', 'arn:x'],
  ['<organizationalUnitArn>arn:y</organizationalUnitArn>', 'arn:y'],
  // In a form that is new.
  ['<everyone>yes</everyone>', 'unknown'],
])('whoever it is shared with is somebody: %s', async (item, told) => {
  put(1);
  const { all } = await seen();
  const { look } = lookAt({
    DescribeImageAttribute: () =>
      `<imageId>${amiId(1)}</imageId><launchPermission><item>${item}</item></launchPermission>`,
  });
  const of = { resources: all, known: all };
  const { asked } = await askAbout(ami, look, [ami.questions[0]!], of);
  expect(asked.get(amiId(1))?.facts).toMatchObject({ sharedWith: [told] });
});
