import type { Volume } from '../../../kinds/ebs-snapshot/facts.ts';
import type { ListedSnapshot } from '../../../kinds/ebs-snapshot/listing.ts';
import { findSets } from '../../../kinds/ebs-snapshot/sets.ts';
import { anAttachment, aSnapshot, NOW } from '../../support/organizations/snapshots.ts';

const INSTANCE = 'i-0123456789abcdef0';
const OTHER_INSTANCE = 'i-0fedcba9876543210';

/** Of volume `n`, a hundred days old. */
function listed(n: number, over: Partial<ListedSnapshot> = {}): ListedSnapshot {
  return aSnapshot({
    snapshotId: `snap-${n}`,
    volumeId: `vol-${n}`,
    startedAt: '2026-08-13T12:00:07.100Z',
    description: 'nightly',
    ...over,
  });
}

function attached(...to: [number, ...string[]][]): ReadonlyMap<string, Volume> {
  return new Map(
    to.map(([n, ...instanceIds]) => {
      const attachments = instanceIds.map((instanceId) => anAttachment({ instanceId }));
      return [`vol-${n}`, { volumeId: `vol-${n}`, state: 'in-use', attachments }];
    }),
  );
}

/** The ids of each set. */
function setsOf(
  snapshots: readonly ListedSnapshot[],
  { volumes = attached(), protectTags = [] as string[] } = {},
): string[][] {
  const sets = findSets(snapshots, volumes, { protectTags }, NOW);
  return [...new Set(sets.values())].map(({ members }) => members);
}

const both = [['snap-1', 'snap-2']];

describe('a crash-consistent set is found', () => {
  it('by an instance that the description names', () => {
    const description = `Created by CreateImage(${INSTANCE}) for ami-0123456789abcdef0`;
    const volumes = attached([1, INSTANCE], [2, OTHER_INSTANCE]);
    const two = [listed(1, { description }), listed(2, { description, tags: { Name: 'b' } })];
    expect(setsOf(two, { volumes })).toEqual(both);
  });

  it('by an instance that the volumes are attached to, whatever tags were changed since', () => {
    const volumes = attached([1, INSTANCE], [2, OTHER_INSTANCE, INSTANCE]);
    const tags = { Name: 'a' };
    expect(setsOf([listed(1, { tags }), listed(2, { tags: { Name: 'b' } })], { volumes })).toEqual(
      both,
    );
  });

  it('where nobody knows the instance any more', () => {
    expect(setsOf([listed(1), listed(2)])).toEqual(both);
    expect(setsOf([listed(1), listed(2)], { volumes: attached([1, INSTANCE], [2]) })).toEqual(both);
  });

  it('whatever part of a second lies between them, and whatever state they are in', () => {
    const later = listed(2, { startedAt: '2026-08-13T12:00:07.999Z', state: 'pending' });
    expect(setsOf([listed(1), later])).toEqual(both);
  });

  it.each([
    ['orgsweep:protect', '', 'on one of them only'],
    ['orgsweep:keep-until', '2027-01-01', 'on one of them only'],
    ['orgsweep:marked', 'true', 'on one of them only'],
    ['Ticket', 'OPS-1', 'on one of them only'],
  ])('although the tag %s=%s was put %s', (key, value) => {
    expect(setsOf([listed(1, { tags: { [key]: value } }), listed(2)])).toEqual(both);
  });

  it('although a tag that protects was changed on one of them', () => {
    const [keep, drop] = [{ Retain: 'yes' }, { Retain: 'no' }];
    const two = [listed(1, { tags: keep }), listed(2, { tags: drop })];
    expect(setsOf(two, { protectTags: ['Retain=yes'] })).toEqual(both);
    expect(setsOf(two)).toEqual([]);
  });

  it('with all its members, and their number', () => {
    const sets = findSets(
      [1, 2, 3].map((n) => listed(n)),
      attached(),
      { protectTags: [] },
      NOW,
    );
    const members = ['snap-1', 'snap-2', 'snap-3'];
    expect([...sets.keys()]).toEqual(members);
    expect(sets.get('snap-2')).toEqual({ id: 'snap-1', size: 3, members });
  });
});

describe('no set', () => {
  it.each<[string, Partial<ListedSnapshot>]>([
    ['another second', { startedAt: '2026-08-13T12:00:08.000Z' }],
    ['no start', { startedAt: null }],
    ['another description', { description: 'nightly 2' }],
    ['tags that contradict', { tags: { volume: 'b' } }],
    ['the same volume', { volumeId: 'vol-1' }],
    ['a copy, of no volume that is known', { volumeId: 'vol-ffffffff' }],
  ])('is made of two with %s', (_what, over) => {
    expect(setsOf([listed(1, { tags: { volume: 'a' } }), listed(2, over)])).toEqual([]);
  });

  it('is made of two whose volumes name different instances', () => {
    const volumes = attached([1, INSTANCE], [2, OTHER_INSTANCE]);
    expect(setsOf([listed(1), listed(2)], { volumes })).toEqual([]);
  });
});

it('of one moment there may be several sets', () => {
  const volumes = attached([1, INSTANCE], [2, INSTANCE], [3, OTHER_INSTANCE], [4, OTHER_INSTANCE]);
  expect(
    setsOf(
      [1, 2, 3, 4].map((n) => listed(n)),
      { volumes },
    ),
  ).toEqual([
    ['snap-1', 'snap-2'],
    ['snap-3', 'snap-4'],
  ]);
});

it('a hundred thousand snapshots take a second at most, of one moment or of many', () => {
  const many = Array.from({ length: 100_000 }, (_, n) =>
    listed(n + 1, { startedAt: new Date(NOW.getTime() - n * 500).toISOString() }),
  );
  const atOnce = Array.from({ length: 20_000 }, (_, n) => listed(n + 1));
  const began = performance.now();
  expect(findSets(many, attached(), { protectTags: [] }, NOW).size).toBeGreaterThan(90_000);
  const of = findSets(atOnce, attached(), { protectTags: [] }, NOW).get('snap-7');
  expect(of).toMatchObject({ size: 20_000 });
  expect(of?.members).toHaveLength(130);
  expect(performance.now() - began).toBeLessThan(4_000);
});
