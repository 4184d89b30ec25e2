import { Floors, noFloors } from '../../../core/floors/floors.ts';
import { SKIPPABLE_SOURCES } from '../../../kinds/registry.ts';
import type { Settings } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import {
  openVolumesSweep,
  unattached,
  volumeId,
} from '../../support/organizations/volumes-sweep.ts';

const [SC1, GP3] = [1, 2];
/** What no copy is made of goes without one. */
const ANYWAY = { policy: { graceDays: 0, kinds: { 'ebs-volume': { allowNoCopy: true } } } };
const KEPT: Partial<Floors> = { keepLastCopy: true, requireUndo: false };

let sweep: Awaited<ReturnType<typeof openVolumesSweep>>;
afterEach(async () => sweep.close());

async function open(): Promise<void> {
  sweep = await openVolumesSweep([unattached(SC1, { type: 'sc1' }), unattached(GP3)]);
  deploy(noFloors(SKIPPABLE_SOURCES));
}

function deploy(floors: Floors): void {
  const settings: { -readonly [K in keyof Settings]: Settings[K] } =
    sweep.environment.deps.settings;
  settings.floors = floors;
}

/** As who deploys does it while an execution runs: right after that file was written. */
function raiseAfter(file: 'expected' | 'removalTargets', named: Partial<Floors> = KEPT): void {
  const { store } = sweep.environment.deps;
  const { put, writeLines } = store;
  const key = keysOf('test-1')[file];
  const raise = (written: string) => {
    if (written === key) deploy(Floors.parse(named));
  };
  store.put = async (written, ...more) => {
    const stored = await put(written, ...more);
    raise(written);
    return stored;
  };
  store.writeLines = async (written, lines) => {
    await writeLines(written, lines);
    raise(written);
  };
}

async function endings() {
  const { removals } = await sweep.run(ANYWAY);
  return removals.map(({ resourceId, step, outcome, reasons }) => [
    ...[resourceId, step, outcome, ...reasons],
  ]);
}

const COPIED = [volumeId(GP3), 'copy', 'STEP_DONE'];

it('without a floor what no copy is made of goes where the policy says so', async () => {
  await open();
  expect(await endings()).toEqual([[volumeId(SC1), 'delete', 'REMOVED'], COPIED]);
});

// Which step is next was decided by the scan. Neither a plan nor a policy from before ends that.
it.each(['expected', 'removalTargets'] as const)(
  'a floor that is raised after %s was written holds at the removal, and the rest goes on',
  async (file) => {
    await open();
    raiseAfter(file);
    expect(await endings()).toEqual([[volumeId(SC1), 'delete', 'PROTECTED', 'NO_COPY'], COPIED]);
  },
);

it('a floor on the grace is the least for which a volume has to be unattached', async () => {
  await open();
  raiseAfter('removalTargets', { ...KEPT, keepLastCopy: false, graceDays: 200 });
  expect((await endings()).map(([id, , ...why]) => [id, ...why])).toEqual([
    [volumeId(SC1), 'NO_LONGER_STALE', 'ATTACHED_LATELY'],
    [volumeId(GP3), 'NO_LONGER_STALE', 'ATTACHED_LATELY'],
  ]);
});
