import { type Floors, noFloors } from '../../../core/floors/floors.ts';
import { SKIPPABLE_SOURCES } from '../../../kinds/registry.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { Settings } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const REGION = 'us-east-1';
const VOLUME = 'vol-0aaaaaaaaaaaaaaaa';
const CREATED = 'Created by CreateImage(i-0123456789abcdef0) for ami-0a1b2c3d4e5f60718';
const [OLDER, LEFT, NEWER] = [
  'snap-0000000000000000a',
  'snap-0000000000000000b',
  'snap-0000000000000000c',
];
const DELETE = { mode: 'delete', policy: { graceDays: 0 } };
const KEEPING = {
  ...DELETE,
  policy: { graceDays: 0, kinds: { 'ebs-snapshot': { keepLastLeftover: true } } },
};

let sweep: SimulatedSweep;
let own: SimEstate;
afterEach(async () => sweep.close());

/** Of a volume that is gone an AMI left the newest snapshot; `others` are no AMI's. */
async function open(...others: readonly (readonly [id: string, days: number])[]) {
  const size = { accounts: 3, regions: 2, snapshotsPerTarget: 8, seed: 7 };
  sweep = await openSimulatedSweep(steadyScenario(size));
  own = sweep.organization.estate(sweep.organization.accounts[0]!.id, REGION);
  put(LEFT, 200, CREATED);
  for (const [id, days] of others) put(id, days);
}

function put(snapshotId: string, days: number, description = ''): void {
  own.putSnapshot({
    ...{ snapshotId, ownerId: own.accountId, volumeId: VOLUME, state: 'completed', description },
    startTime: new Date(own.now().getTime() - days * 86_400_000),
    ...{ volumeSizeGiB: 8, fullSizeBytes: 2 ** 32, storageTier: 'standard', encrypted: false },
    ...{ tags: {}, public: false, sharedWith: [], productCodes: [] },
  });
}

function deploy(floors: Partial<Floors>): void {
  const settings: { -readonly [K in keyof Settings]: Settings[K] } =
    sweep.environment.deps.settings;
  settings.floors = { ...noFloors(SKIPPABLE_SOURCES), ...floors };
}

type Ran = Awaited<ReturnType<SimulatedSweep['run']>>;
const heldIn = ({ plan }: Ran, id: string) =>
  plan.held.find(({ resourceId }) => resourceId === id)?.held;
const isThere = (id: string) => own.snapshot(id) !== undefined;

it('what an AMI left goes as the last snapshot of a volume, as it was made for the AMI', async () => {
  await open([OLDER, 300]);
  await sweep.run(DELETE);
  expect([LEFT, OLDER].map(isThere)).toEqual([false, true]);
}, 60_000);

it('where its last leftover is to be kept, the last snapshot of a volume stays', async () => {
  await open();
  const run = await sweep.run(KEEPING);
  expect(heldIn(run, LEFT)).toEqual(['LAST_COPY']);
  expect(isThere(LEFT)).toBe(true);
}, 60_000);

it('so does the newest state of it, beside an older copy', async () => {
  await open([OLDER, 300]);
  const run = await sweep.run(KEEPING);
  expect([LEFT, OLDER].map((id) => heldIn(run, id))).toEqual([['LAST_COPY'], ['LAST_COPY']]);
  expect([LEFT, OLDER].map(isThere)).toEqual([true, true]);
}, 60_000);

it('it goes where a newer copy stays', async () => {
  await open([NEWER, 100]);
  await sweep.run(KEEPING);
  expect([LEFT, NEWER].map(isThere)).toEqual([false, true]);
}, 60_000);

it('a deployment that keeps last copies keeps it, whatever an input leaves out', async () => {
  await open();
  deploy({ keepLastCopy: true });
  const run = await sweep.run(DELETE);
  expect(heldIn(run, LEFT)).toEqual(['LAST_COPY']);
  expect(isThere(LEFT)).toBe(true);
}, 60_000);

it('such a deployment keeps it also where it became one after the plan', async () => {
  await open([OLDER, 300]);
  deploy({});
  const { store } = sweep.environment.deps;
  const { writeLines } = store;
  store.writeLines = async (key, lines) => {
    await writeLines(key, lines);
    if (key === keysOf('test-1').removalTargets) deploy({ keepLastCopy: true });
  };
  const { plan, removals } = await sweep.run(DELETE);
  expect(plan.removals.map(({ resourceId }) => resourceId)).toContain(LEFT);
  expect(removals.find(({ resourceId }) => resourceId === LEFT)).toMatchObject({
    ...{ outcome: 'PROTECTED', reasons: ['LAST_COPY'] },
  });
  expect(isThere(LEFT)).toBe(true);
}, 60_000);
