import { Gathering, MOST_FOREIGN } from '../../../kinds/listings/gathering.ts';
import type { Source } from '../../../kinds/listings/listing.ts';

const listing = {
  ...{ name: 'balancers', iam: [], cost: '1 call', service: 'elb', list: () => from([]) },
};
const source: Source<unknown> = {
  ...{ name: 'balancers', skippable: true, crossesAccounts: true, take: () => null },
  listing: { ...listing, reach: 'regional' },
};
const LOOK = { policy: { skipReferences: [] as string[] }, absentServices: [] as string[] };
const referrers = [
  { by: 'one', keys: ['a', 'b'] },
  { by: 'two', keys: ['a'] },
];
const known = (key: string) => (key === 'a' ? ['a'] : []);

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  await Promise.resolve();
  yield* items;
}

it('says who uses a resource, how much was listed, and what is nobody of these', async () => {
  const found = new Gathering(LOOK);
  await found.addSource(source, from(referrers), known);
  expect([...found.usedBy]).toEqual([['a', { balancers: ['one', 'two'] }]]);
  expect(found.counts).toEqual({ balancers: 2 });
  expect(found.foreign).toEqual([{ resourceId: 'b', source: 'balancers', by: 'one' }]);
});

it('a source that names more than is handed on counts as one that was not read', async () => {
  const found = new Gathering(LOOK);
  const keys = Array.from({ length: MOST_FOREIGN + 1 }, (_, index) => `b-${index}`);
  await found.addSource(source, from([{ by: 'one', keys }]), known);
  expect(found.incomplete).toMatchObject([{ code: 'TooManyReferences', source: 'balancers' }]);
  expect(found.counts).toEqual({});
});

it('keeps nothing of a source that broke off, and names it', async () => {
  const broken = async function* () {
    yield* from(referrers);
    throw Object.assign(new Error('no'), { name: 'AccessDenied' });
  };
  const found = new Gathering(LOOK);
  await found.addSource(source, broken(), known);
  expect([found.usedBy.size, found.foreign, found.counts]).toEqual([0, [], {}]);
  expect(found.incomplete).toMatchObject([{ code: 'AccessDenied', source: 'balancers' }]);
});

it.each([
  ['that the policy switches off', { policy: { skipReferences: ['balancers'] } }, {}, 0],
  [
    'that may not be switched off',
    { policy: { skipReferences: ['balancers'] } },
    { skippable: false },
    1,
  ],
  ['of a service that the Region does not have', { absentServices: ['elb'] }, {}, 0],
  [
    'of a global service, whatever the Region has',
    { absentServices: ['elb'] },
    { listing: { ...listing, reach: 'global' as const } },
    1,
  ],
])('a source %s', async (_what, look, of, looked) => {
  const found = new Gathering({ ...LOOK, ...look });
  await found.addSource({ ...source, ...of }, from(referrers), known);
  expect(Object.keys(found.counts)).toHaveLength(looked);
});
