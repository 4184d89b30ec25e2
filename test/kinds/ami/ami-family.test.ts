import type { Ami } from '../../../kinds/ami/facts.ts';
import { familiesOf, stemOf } from '../../../kinds/ami/family.ts';
import type { AmiListed } from '../../../kinds/ami/listing.ts';
import { MARKER } from '../../../core/tags/marker.ts';
import { anAmi } from '../../support/organizations/amis.ts';
import { daysAgo } from '../../support/organizations/snapshots.ts';

it.each([
  ['web-2026-01-02', 'web-2026-02-01'],
  ['web 1767312245', 'web 1767398645'],
  ['api-v1.2.3', 'api-v1.10.0'],
  ['api_2026-01-02T03-04-05Z', 'api_2025-12-31T23-59-59Z'],
  ['api-20260102T030405Z', 'api-20251231T235959Z'],
  ['worker-3f9a2b1', 'worker-0c7e1f2a3b4d5e6f708192a3b4c5d6e7f8091a2b'],
  ['base-6d1f0a52-1b2c-4d3e-8f90-a1b2c3d4e5f6', 'base-0f1e2d3c-4b5a-4978-8685-94a3b2c1d0e9'],
  ['Web-1', 'web-2'],
])('%s and %s are of one family', (one, other) => {
  expect(stemOf(one)).not.toBeNull();
  expect(stemOf(one)).toBe(stemOf(other));
});

it.each([
  ['web1-2026', 'db1-2026'],
  ['web-amd64-1', 'web-arm64-1'],
  ['facade-1', 'decade-1'],
  ['ubuntu22-1', 'debian12-1'],
])('%s and %s are not', (one, other) => {
  expect(stemOf(one)).not.toBe(stemOf(other));
});

it.each(['legacy database', 'before-the-move', ''])(
  '"%s" has nothing that tells builds apart: it is of no family',
  (name) => expect(stemOf(name)).toBeNull(),
);

const listed = (imageId: string, ageDays: number | null, given: Partial<Ami> = {}): AmiListed => ({
  ...anAmi({
    ...{ imageId, name: `web-${imageId.length}${ageDays ?? 0}` },
    createdAt: ageDays === null ? null : daysAgo(ageDays),
    ...given,
  }),
  snapshotIds: [],
});
const newerOf = (amis: readonly AmiListed[], keepNewestPerName = 1, familyTag?: string) => {
  const families = familiesOf(amis, {
    ...{ minUnusedDays: 180, keepNewestPerName },
    ...(familyTag !== undefined && { familyTag }),
  });
  return Object.fromEntries([...families].map(([id, family]) => [id, family?.newer]));
};

it('names as many of the newest as stay, and before each those that are newer', () => {
  const amis = [listed('ami-b', 200), listed('ami-a', 100), listed('ami-c', 300)];
  expect(newerOf(amis)).toEqual({ 'ami-a': [], 'ami-b': ['ami-a'], 'ami-c': ['ami-a'] });
  expect(newerOf(amis, 2)).toEqual({
    ...{ 'ami-a': [], 'ami-b': ['ami-a'] },
    'ami-c': ['ami-a', 'ami-b'],
  });
  expect(newerOf(amis, 0)).toEqual({ 'ami-a': [], 'ami-b': [], 'ami-c': [] });
});

it.each<[string, Partial<Ami>]>([
  ['has failed', { state: 'failed' }],
  ['is disabled', { state: 'disabled' }],
  ['is being made', { state: 'pending' }],
  ['is marked for removal', { tags: { [MARKER.key]: MARKER.value } }],
  ['has no date', { createdAt: null }],
])('one that %s takes the place of no older one', (_what, given) => {
  const amis = [listed('ami-new', 100, given), listed('ami-old', 200)];
  expect(newerOf(amis)['ami-old']).toEqual([]);
});

it('a build for another processor takes the place of none', () => {
  const amis = [listed('ami-new', 100, { architecture: 'arm64' }), listed('ami-old', 200)];
  expect(newerOf(amis)).toEqual({ 'ami-new': [], 'ami-old': [] });
});

it('a tag tells the family, where the policy names one; what lacks it goes by its name', () => {
  const amis = [
    listed('ami-a', 100, { name: 'one', tags: { role: 'web' } }),
    listed('ami-b', 200, { name: 'two', tags: { role: 'web' } }),
    listed('ami-c', 300, { name: 'web-1' }),
    listed('ami-d', 400, { name: 'web-2' }),
  ];
  expect(newerOf(amis, 1, 'role')).toEqual({
    ...{ 'ami-a': [], 'ami-b': ['ami-a'] },
    ...{ 'ami-c': [], 'ami-d': ['ami-c'] },
  });
});
