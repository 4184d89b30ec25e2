import { PRICES } from '../../../../kinds/registry.ts';
import { evidenceOfGroups } from '../../../../core/plan/together/groups.ts';
import { groupsOf } from '../../../../kinds/ebs-snapshot/copies/groups.ts';
import { describeSnapshot } from '../../../../kinds/ebs-snapshot/words/describe.ts';
import type { EbsSnapshot } from '../../../../kinds/ebs-snapshot/facts.ts';
import {
  NOW,
  aPolicy,
  aSnapshot,
  aVolume,
  anAttachment,
  daysAgo,
} from '../../../support/organizations/snapshots.ts';

const describedIn = (region: string, over: Partial<EbsSnapshot> = {}, policy = aPolicy()) =>
  describeSnapshot(aSnapshot(over), { region, now: NOW, policy, prices: PRICES.builtIn });

describe('a finding on a snapshot', () => {
  it('says what it is, how old and how large', () =>
    expect(
      describedIn('us-east-1', { startedAt: daysAgo(400.5), tags: { Name: 'db' } }),
    ).toMatchObject({
      resourceId: 'snap-0123456789abcdef0',
      startedAt: daysAgo(400.5),
      ageDays: 400,
      sizeGiB: 100,
      tags: { Name: 'db' },
    }));

  it('costs at most all its blocks where EC2 says how many, else all of its volume', () => {
    expect(describedIn('us-east-1').monthlyCostUsdUpTo).toBe(5);
    expect(describedIn('us-east-1', { fullSizeBytes: 20 * 2 ** 30 }).monthlyCostUsdUpTo).toBe(1);
    expect(describedIn('us-east-1', { storageTier: 'archive' }).monthlyCostUsdUpTo).toBe(1.25);
  });

  it('costs an unknown amount where the price is not known', () =>
    expect(describedIn('eu-west-1', { storageTier: 'archive' }).monthlyCostUsdUpTo).toBeNull());

  it('has for evidence which tags keep it, and which say nothing', () => {
    const tags = {
      Name: 'db',
      retain: 'yes',
      'aws:cloudformation:stack-id': 'x',
      CSIVolumeSnapshotName: 'x',
      'orgsweep:keep-until': '31.12.2026',
    };
    const policy = aPolicy({ protectTags: ['Retain'] });
    expect(describedIn('us-east-1', { tags }, policy).evidence).toMatchObject({
      tagsOfNeed: [
        {
          tag: 'CSIVolumeSnapshotName',
          setBy: 'the EBS CSI driver',
          reason: 'MANAGED_BY_KUBERNETES',
        },
      ],
      tagsThatSayNothing: [{ tag: 'aws:cloudformation:stack-id', setBy: 'CloudFormation' }],
      protection: [
        { key: 'retain', value: 'yes', meant: 'Retain', exact: false },
        { key: 'orgsweep:keep-until', value: '31.12.2026', exact: true, until: null },
      ],
    });
    const { evidence } = describedIn('us-east-1', { tags: { Name: 'db' } }, policy);
    for (const key of ['tagsOfNeed', 'tagsThatSayNothing', 'protection'])
      expect(evidence).not.toHaveProperty(key);
  });

  it('has for evidence what was seen, and what was not looked at', () => {
    const { evidence } = describedIn('us-east-1', {
      volume: aVolume(anAttachment()),
      usedBy: { amis: ['ami-1'] },
      fullSizeBytes: 1.5 * 2 ** 30,
      notLookedAt: ['amis'],
      incompleteReferences: ['instances'],
    });
    expect(evidence).toMatchObject({
      volumeId: 'vol-0123456789abcdef0',
      volumeState: 'in-use',
      attachments: [anAttachment()],
      usedBy: { amis: ['ami-1'] },
      fullSizeGiB: 1.5,
      notLookedAt: ['amis'],
      incompleteReferences: ['instances'],
    });
  });
});

describe('the lineage of a snapshot', () => {
  const ofVolume = { completedOfVolume: ['snap-old', 'snap-mid', 'snap-new'] };
  const lineage = (over: Partial<EbsSnapshot>) => {
    const snapshot = aSnapshot(over);
    return evidenceOfGroups(groupsOf(snapshot, aPolicy()), snapshot.tags).lineage;
  };

  it('counts all copies of the volume, and says which is the newest', () => {
    const id = 'vol-0123456789abcdef0';
    expect(lineage({ ...ofVolume, snapshotId: 'snap-mid' })).toEqual({
      id,
      size: 3,
      newest: false,
    });
    expect(lineage({ ...ofVolume, snapshotId: 'snap-new' })).toEqual({ id, size: 3, newest: true });
  });

  it('is not known for a copy of unknown origin, nor of a snapshot that is not complete', () => {
    expect(lineage({ volumeId: 'vol-ffffffff', completedOfVolume: [] })).toBeUndefined();
    expect(lineage({ ...ofVolume, snapshotId: 'snap-pending' })).toBeUndefined();
  });

  it('does not count what is marked for removal, which has a lineage all the same', () => {
    const tags = { 'orgsweep:marked': 'true' };
    expect(lineage({ ...ofVolume, snapshotId: 'snap-marked', tags })).toEqual({
      id: 'vol-0123456789abcdef0',
      size: 3,
      newest: false,
    });
    expect(lineage({ volumeId: 'vol-ffffffff', completedOfVolume: [], tags })).toBeUndefined();
  });

  it('has the others as copies, oldest first', () =>
    expect(
      groupsOf(aSnapshot({ ...ofVolume, snapshotId: 'snap-mid' }), aPolicy()).copies?.others,
    ).toEqual(['snap-old', 'snap-new']));
});

describe('how an archived snapshot is billed', () => {
  const archived = (archivedAt: string | null) =>
    describedIn('us-east-1', { storageTier: 'archive', archivedAt }).evidence;

  it('is for 90 days at least: until then its removal is allowed, and saves nothing', () => {
    const young = archived(daysAgo(89));
    expect(young.billing).toEqual({
      tier: 'archive',
      sharesWith: null,
      minimumUntil: daysAgo(-1),
    });
    expect(young).toMatchObject({
      archivedAt: daysAgo(89),
      removalSavesNothingBefore: daysAgo(-1),
    });
    const old = archived(daysAgo(90));
    expect(old.billing?.minimumUntil).toBe(NOW.toISOString());
    expect(old).not.toHaveProperty('removalSavesNothingBefore');
  });

  it('is not known to be over where EC2 did not say when it was archived', () => {
    const unknown = archived(null);
    expect(unknown).toHaveProperty('archivedAt', null);
    expect(unknown.billing).toEqual({ tier: 'archive', sharesWith: null, minimumUnknown: true });
  });

  it('says nothing of an archive where it is in none', () => {
    const { evidence } = describedIn('us-east-1');
    expect(evidence).not.toHaveProperty('archivedAt');
    expect(evidence.billing).toEqual({ tier: 'standard', sharesWith: 'vol-0123456789abcdef0' });
  });
});

describe('what fast restore of a snapshot costs', () => {
  const charges = (region: string, ...zones: string[]) =>
    describedIn(region, { usedBy: { 'fast-restores': zones } }).evidence.billing?.extraCharges;

  it('is told apart, by Availability Zone, whatever state it is in', () =>
    expect(charges('us-east-1', 'us-east-1a (enabled)', 'us-east-1b (disabling)')).toEqual([
      { charge: 'fast-restore', units: 2, monthlyCostUsdUpTo: 1116 },
    ]));

  it('counts a zone once that was seen in two states', () =>
    expect(charges('us-east-1', 'us-east-1a (optimizing)', 'us-east-1a (enabled)')).toMatchObject([
      { units: 1 },
    ]));

  it('is not known where the price is not', () =>
    expect(charges('eu-west-1', 'eu-west-1a (enabled)')).toEqual([
      { charge: 'fast-restore', units: 1, monthlyCostUsdUpTo: null },
    ]));
});
