import {
  defaultScenario,
  WITH_PENDING_RETENTION_RULE,
  WITHOUT_RETENTION_RULE,
} from '../../../simulation/scenarios/default.ts';
import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import { exitTime } from '../../../simulation/model/recycle-bin.ts';
import type { SimRetentionRule } from '../../../simulation/model/recycle-bin.ts';
import { makeManualClock, NOW } from '../../support/manual-clock.ts';
import {
  SPOKE,
  tinyId,
  tinyOrganization,
  tinySnapshot,
} from '../../support/organizations/tiny-organization.ts';

const DAY_MS = 86_400_000;
const SNAP = tinyId('snap', 1);
const marked = { 'orgsweep:marked': 'true' };
const byMarker = (retentionDays: number): SimRetentionRule => ({
  identifier: 'rule0000001',
  status: 'available',
  retentionDays,
  resourceTags: [{ key: 'orgsweep:marked', value: 'true' }],
});
const regionLevel: SimRetentionRule = {
  identifier: 'rule0000002',
  status: 'available',
  retentionDays: 7,
  excludeResourceTags: [{ key: 'bin', value: 'no' }],
};

function estateWith(tags: Record<string, string>, ...retentionRules: SimRetentionRule[]) {
  const clock = makeManualClock();
  const snapshots = [tinySnapshot(1, { tags }), tinySnapshot(2, { tags })];
  const estates = { [`${SPOKE}/eu-west-1`]: { snapshots, retentionRules } };
  const organization = tinyOrganization({ estates });
  organization.followClock(clock);
  return { clock, estate: organization.estate(SPOKE, 'eu-west-1') };
}

describe('which rule keeps a deleted snapshot', () => {
  const daysFor = (tags: Record<string, string>, ...rules: SimRetentionRule[]) => {
    const exit = exitTime(rules, { tags, now: NOW });
    return exit && (exit.getTime() - NOW.getTime()) / DAY_MS;
  };

  it.each<[string, number | undefined, Record<string, string>, SimRetentionRule[]]>([
    ['none without rules', undefined, marked, []],
    ['a tag-level one, by key and value', 14, marked, [byMarker(14)]],
    ['none by another value', undefined, { 'orgsweep:marked': 'TRUE' }, [byMarker(14)]],
    [
      'none by a key of every object',
      undefined,
      {},
      [{ ...byMarker(14), resourceTags: [{ key: 'constructor', value: '' }] }],
    ],
    ['none while it is pending', undefined, marked, [{ ...byMarker(14), status: 'pending' }]],
    ['a Region-level one, whatever the tags', 7, {}, [regionLevel]],
    ['none with a tag that a Region-level one excludes', undefined, { bin: 'no' }, [regionLevel]],
    ['the one with the longest retention', 14, marked, [regionLevel, byMarker(14), byMarker(3)]],
    [
      'a tag-level one in spite of an exclusion',
      3,
      { ...marked, bin: 'no' },
      [regionLevel, byMarker(3)],
    ],
  ])('%s', (_, days, tags, rules) => {
    expect(daysFor(tags, ...rules)).toBe(days);
  });
});

describe('an estate', () => {
  it('puts a deleted snapshot in the bin, restores it as it was, and forgets it at the exit', () => {
    const { clock, estate } = estateWith(marked, byMarker(2));
    const before = estate.snapshot(SNAP);
    estate.deleteSnapshot(SNAP);
    expect(estate.snapshot(SNAP)).toBeUndefined();
    expect(estate.deletedSnapshotIds()).toContain(SNAP);
    expect(estate.existsOrIsRestorable(SNAP)).toBe(true);
    expect(estate.binnedSnapshots()).toEqual([
      { snapshot: before, enteredAt: NOW, exitsAt: new Date(NOW.getTime() + 2 * DAY_MS) },
    ]);

    clock.advance(2 * DAY_MS - 1);
    estate.restoreSnapshot(SNAP);
    expect(estate.snapshot(SNAP)).toEqual(before);
    expect(estate.snapshots(0, 10).items).toHaveLength(2);
    expect(estate.deletedSnapshotIds()).not.toContain(SNAP);
    expect(estate.binnedSnapshots()).toEqual([]);
    expect(() => estate.restoreSnapshot(SNAP)).toThrow(SNAP);

    estate.deleteSnapshot(SNAP);
    clock.advance(2 * DAY_MS);
    expect(estate.existsOrIsRestorable(SNAP)).toBe(false);
    expect(estate.binnedSnapshots()).toEqual([]);
    expect(() => estate.restoreSnapshot(SNAP)).toThrow(SNAP);
  });

  it('keeps what entered under a rule that is taken away, and nothing after', () => {
    const { estate } = estateWith(marked, byMarker(2));
    estate.deleteSnapshot(SNAP);
    estate.setRetentionRules([]);
    estate.deleteSnapshot(tinyId('snap', 2));
    expect(estate.binnedSnapshots().map(({ snapshot }) => snapshot.snapshotId)).toEqual([SNAP]);
    expect(estate.existsOrIsRestorable(tinyId('snap', 2))).toBe(false);
    expect(estate.deletedSnapshotIds().size).toBe(2);
  });

  it('pages over the bin by positions that do not move', () => {
    const { estate } = estateWith(marked, byMarker(2));
    estate.deleteSnapshot(SNAP);
    estate.deleteSnapshot(tinyId('snap', 2));
    const { next } = estate.binnedPage(0, 1);
    estate.restoreSnapshot(SNAP);
    const { items } = estate.binnedPage(next!, 1);
    expect(items.map(({ snapshot }) => snapshot.snapshotId)).toEqual([tinyId('snap', 2)]);
  });
});

describe('the rules of a scenario', () => {
  const rulesOf = (target: string, organization = defaultScenario.build(NOW)) => {
    const [accountId = '', region = ''] = target.split('/');
    return organization.estate(accountId, region).retentionRules();
  };

  it('default: for the marker nearly everywhere, with identifiers of their own: snapshots for 14 days, volumes for 7', () => {
    const here = rulesOf('210000000011/us-east-1');
    const rule = {
      identifier: expect.stringMatching(/^[0-9a-z]{11}$/) as string,
      description: 'orgsweep',
      status: 'available',
      resourceTags: [{ key: 'orgsweep:marked', value: 'true' }],
    };
    expect(here).toEqual([
      { ...rule, retentionDays: 14 },
      { ...rule, resourceType: 'EBS_VOLUME', retentionDays: 7 },
    ]);
    expect(new Set(here.map(({ identifier }) => identifier)).size).toBe(2);
    expect(rulesOf('210000000011/us-west-2')[0]?.identifier).not.toBe(here[0]?.identifier);
    expect(rulesOf('210000000011/us-east-1')).toEqual(here);
    expect(WITHOUT_RETENTION_RULE.map((target) => rulesOf(target))).toEqual([[], [], []]);
    expect(WITH_PENDING_RETENTION_RULE.map((target) => rulesOf(target)[0]?.status)).toEqual([
      'pending',
    ]);
  });

  const fileWith = (retentionRules: unknown) =>
    parseScenarioFile(
      JSON.stringify({
        accounts: 2,
        regions: ['us-east-1'],
        snapshotsPerTarget: 5,
        retentionRules,
      }),
    ).build(NOW);

  it('from a file: what it says, or the marker rule everywhere', () => {
    const target = '310000000002/us-east-1';
    expect(rulesOf(target, fileWith(undefined))[0]?.retentionDays).toBe(14);
    expect(rulesOf(target, fileWith([]))).toEqual([]);
    const rule = { retentionDays: 30, excludeResourceTags: [{ key: 'a', value: '' }] };
    const some = fileWith([
      { ...rule, only: [target] },
      { retentionDays: 1, except: [target] },
    ]);
    expect(rulesOf(target, some)).toMatchObject([{ status: 'available', ...rule }]);
    expect(rulesOf('310000000001/us-east-1', some)).toMatchObject([{ retentionDays: 1 }]);
  });

  it.each([
    [{ retentionDays: 366 }, /retentionRules\.0\.retentionDays: 366: accepted: 1 to 365 days/],
    [{ retentionDays: 0 }, /retentionRules\.0\.retentionDays: 0/],
    [{ retentionDays: 3, only: ['x'] }, /only\.0: "x": accepted: an account id and a Region/],
    [
      {
        retentionDays: 3,
        resourceTags: [{ key: 'a', value: '' }],
        excludeResourceTags: [{ key: 'b', value: '' }],
      },
      /not both/,
    ],
  ])('from a file: refuses %j', (rule, words) => {
    expect(() => fileWith([rule])).toThrow(words);
  });
});

it('forgets volumes and AMIs whose time in the bin is over', () => {
  const clock = makeManualClock();
  const organization = defaultScenario.build(NOW);
  organization.followClock(clock);
  const estate = organization.estate(organization.hubAccountId, 'eu-west-1');
  const binned = () => [
    ...estate.volumesInRecycleBin(0, 1000).items,
    ...estate.imagesInRecycleBin(0, 1000).items,
  ];
  const [volume] = estate.volumesInRecycleBin(0, 1).items;
  const [image] = estate.imagesInRecycleBin(0, 1).items;
  clock.advance(5 * DAY_MS - 1);
  expect(estate.volumeInRecycleBin(volume!.volumeId)).toEqual(volume);
  clock.advance(1);
  expect(estate.volumeInRecycleBin(volume!.volumeId)).toBeUndefined();
  expect(binned()).toContainEqual(image);
  clock.advance(22 * DAY_MS);
  expect(estate.imageInRecycleBin(image!.imageId)).toBeUndefined();
  expect(binned()).toEqual([]);
});
