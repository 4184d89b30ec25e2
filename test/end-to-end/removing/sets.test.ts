import fc from 'fast-check';
import { applyAct, type SimAct } from '../../../simulation/acts.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import { putSet } from '../../support/organizations/put-sets.ts';
import {
  type Ended,
  openRemovalSweep,
  type RemovalSweepOptions,
} from '../../support/removal-sweep.ts';

type Sweep = Awaited<ReturnType<typeof openRemovalSweep>>;

async function withSweep(
  options: RemovalSweepOptions,
  use: (sweep: Sweep, estate: SimEstate) => Promise<void>,
): Promise<void> {
  const sweep = await openRemovalSweep(options);
  try {
    const [estate] = sweep.estates;
    if (estate === undefined) throw new Error('no estate');
    await use(sweep, estate);
  } finally {
    await sweep.close();
  }
}

const ANY_SHARE = { maxStalePercentPerAccount: 100, maxStalePercentOverall: 100 };
const ROOM = { limits: { maxRemovalsPerTarget: 200, maxStalePercent: 100, ...ANY_SHARE } };
const protect = (snapshotId: string): SimAct => ({
  kind: 'tag-snapshot',
  snapshotId,
  tags: { 'orgsweep:protect': '' },
});

/** Does it right before the first call of an operation, or a later one. */
function actBefore(sweep: Sweep, operation: string, act: () => void, which = 1): void {
  let calls = 0;
  sweep.simulation.onBeforeCall = (call) => {
    if (call.operation !== operation) return;
    calls += 1;
    if (calls === which) act();
  };
}

function endOf({ removals }: Ended, id: string | undefined): string {
  const end = removals.find(({ resourceId }) => resourceId === id);
  return end === undefined ? 'not planned' : [end.outcome, ...end.reasons].join(' ');
}

describe('a crash-consistent set', () => {
  it.each([[false], [true]])('goes as a whole (Recycle Bin: %s)', async (hasRecycleBin) => {
    await withSweep({ hasRecycleBin }, async (sweep, estate) => {
      const ids = putSet(estate, 4);
      const ended = await sweep.run('mine', ROOM);
      expect(ids.map((id) => endOf(ended, id))).toEqual(Array(4).fill('REMOVED'));
      expect(ended.summary?.status).toBe('COMPLETE');
      expect(ended.removals).toHaveLength(12);
    });
  });

  it('stays as a whole where a tag protects one of them', async () => {
    await withSweep({}, async (sweep, estate) => {
      const ids = putSet(estate, 3);
      applyAct(estate, protect(ids[1]!));
      const ended = await sweep.run('mine', ROOM);
      expect(ended.plan?.held.find(({ resourceId }) => resourceId === ids[0])).toMatchObject({
        held: ['SET_NOT_WHOLE'],
        notWhole: { resourceId: ids[1], reasons: ['PROTECTED_BY_TAG'] },
      });
      expect(sweep.gone().filter((id) => ids.includes(id))).toEqual([]);
    });
  });

  it('stays as a whole where the volume of one is in use, which no finding tells of', async () => {
    await withSweep({}, async (sweep, estate) => {
      const ids = putSet(estate, 2);
      attach(estate, ids[1]!);
      const ended = await sweep.run('mine', ROOM);
      expect(ended.plan?.held.find(({ resourceId }) => resourceId === ids[0])).toMatchObject({
        held: ['SET_NOT_WHOLE'],
        notWhole: { resourceId: ids[1], reasons: ['IN_USE'] },
      });
      expect(sweep.gone().filter((id) => ids.includes(id))).toEqual([]);
    });
  });

  it('stays as a whole where the closer look keeps one of them', async () => {
    await withSweep({}, async (sweep, estate) => {
      const ids = putSet(estate, 3);
      const accountIds = ['444455556666'];
      applyAct(estate, { kind: 'share-snapshot', snapshotId: ids[2]!, accountIds });
      const ended = await sweep.run('mine', ROOM);
      expect(ended.plan?.held.find(({ resourceId }) => resourceId === ids[0])).toMatchObject({
        held: ['SET_NOT_WHOLE'],
        notWhole: { resourceId: ids[2], reasons: ['SHARED'] },
      });
      expect(sweep.gone().filter((id) => ids.includes(id))).toEqual([]);
    });
  });

  it.each([[3], [60]])(
    'of %s stays as a whole where the second look keeps its last one',
    async (count) => {
      await withSweep({}, async (sweep, estate) => {
        const ids = putSet(estate, count);
        // Discovery lists all snapshots, then the public ones.
        actBefore(sweep, 'DescribeSnapshots', () => applyAct(estate, protect(ids.at(-1)!)), 3);
        const ended = await sweep.run('mine', ROOM);
        expect(endOf(ended, ids.at(-1))).toBe('NO_LONGER_STALE PROTECTED_BY_TAG');
        const others = ids.slice(0, -1).map((id) => endOf(ended, id));
        expect(new Set(others)).toEqual(new Set(['PROTECTED SET_NOT_WHOLE']));
        expect(sweep.gone()).toHaveLength(8);
        expect(ended.summary?.status).toBe('COMPLETE');
      });
    },
  );

  it('of more than a batch goes as a whole', async () => {
    await withSweep({ hasRecycleBin: true }, async (sweep, estate) => {
      const ids = putSet(estate, 60);
      const ended = await sweep.run('mine', ROOM);
      expect(new Set(ids.map((id) => endOf(ended, id)))).toEqual(new Set(['REMOVED']));
    });
  });

  it('stays as a whole where one of them can not be marked any more', async () => {
    await withSweep({}, async (sweep, estate) => {
      const ids = putSet(estate, 3);
      const tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`tag-${i}`, 'x']));
      actBefore(sweep, 'CreateTags', () => estate.tagSnapshot(ids[1]!, tags));
      const ended = await sweep.run('mine', ROOM);
      expect(ids.map((id) => endOf(ended, id))).toEqual([
        'PROTECTED SET_NOT_WHOLE',
        'PROTECTED TAG_LIMIT_REACHED',
        'PROTECTED SET_NOT_WHOLE',
      ]);
      expect(sweep.gone()).toHaveLength(8);
    });
  });

  it('stays as a whole where one of them never shows the marker', async () => {
    await withSweep({}, async (sweep, estate) => {
      const ids = putSet(estate, 3);
      sweep.simulation.onBeforeCall = ({ operation }) => {
        if (operation === 'DescribeSnapshots') estate.untagSnapshot(ids[1]!, ['orgsweep:marked']);
      };
      const ended = await sweep.run('mine', ROOM);
      expect(ids.map((id) => endOf(ended, id))).toEqual([
        'PROTECTED SET_NOT_WHOLE',
        'NOT_ATTEMPTED MARKER_NOT_SEEN',
        'PROTECTED SET_NOT_WHOLE',
      ]);
      expect(sweep.gone()).toHaveLength(8);
    });
  });

  it('that a refusal breaks in the middle is told as broken, and how to mend it', async () => {
    await withSweep({ hasRecycleBin: true }, async (sweep, estate) => {
      const ids = putSet(estate, 3);
      const isGone = () => ids.some((id) => estate.snapshot(id) === undefined);
      let isDone = false;
      sweep.simulation.onBeforeCall = ({ operation }) => {
        if (operation !== 'DeleteSnapshot' || isDone || !isGone()) return;
        isDone = true;
        const snapshotIds = ids.filter((id) => estate.snapshot(id) !== undefined).slice(0, 1);
        applyAct(estate, { kind: 'register-image', imageId: 'ami-0abc', snapshotIds });
      };
      const ended = await sweep.run('mine', ROOM);
      expect(ids.map((id) => endOf(ended, id)).toSorted()).toEqual([
        'PROTECTED SET_NOT_WHOLE SET_BROKEN',
        'PROTECTED USED_BY_AMI SET_BROKEN',
        'REMOVED SET_BROKEN',
      ]);
      expect(ended.summary?.status).toBe('REMOVALS_INCOMPLETE');
      const [removed] = ended.summary?.removals.removedOfBrokenSets ?? [];
      expect(estate.snapshot(removed?.resourceId ?? '')).toBeUndefined();
      expect(ended.published?.Message).toContain('SET_BROKEN');
    });
  });
});

it('whatever somebody does between any two calls, no part of a set goes untold', async () => {
  const world = fc.record({
    count: fc.integer({ min: 2, max: 5 }),
    sets: fc.integer({ min: 1, max: 3 }),
    victim: fc.nat(14),
    when: fc.integer({ min: 20, max: 90 }),
    hasRecycleBin: fc.boolean(),
    act: fc.constantFrom('protect', 'attach', 'image', 'delete', 'lock'),
  });
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(world, async ({ count, sets, victim, when, hasRecycleBin, act }) => {
      await withSweep({ hasRecycleBin }, async (sweep, estate) => {
        const all = Array.from({ length: sets }, (_, i) =>
          putSet(estate, count, { number: i + 1 }),
        );
        const id = all.flat()[victim % all.flat().length]!;
        let calls = 0;
        sweep.simulation.onBeforeCall = () => {
          calls += 1;
          if (calls !== when || estate.snapshot(id) === undefined) return;
          if (act === 'attach') attach(estate, id);
          if (act === 'protect') applyAct(estate, protect(id));
          if (act === 'image')
            applyAct(estate, { kind: 'register-image', imageId: 'ami-0abc', snapshotIds: [id] });
          if (act === 'delete') applyAct(estate, { kind: 'delete-snapshot', snapshotId: id });
          if (act === 'lock') applyAct(estate, { kind: 'lock-snapshot', snapshotId: id });
        };
        const ended = await sweep.run('mine', ROOM);
        for (const set of all) {
          const ends = set.map((one) => ended.removals.find((end) => end.resourceId === one));
          const removed = ends.filter((end) => end?.outcome === 'REMOVED');
          const isHere = (one: string) => estate.snapshot(one) !== undefined;
          if (removed.length === 0) kept += 1;
          if (removed.length === 0 || !set.some(isHere)) continue;
          for (const end of ends) expect(end?.reasons).toContain('SET_BROKEN');
        }
      });
    }),
    { numRuns: 25 },
  );
  expect(kept).toBeGreaterThan(0);
}, 240_000);

function attach(estate: SimEstate, snapshotId: string): void {
  const { volumeId, volumeSizeGiB: sizeGiB } = estate.snapshot(snapshotId)!;
  const instanceId = 'i-0123456789abcdef0';
  estate.putInstance({ instanceId, state: 'running', volumeIds: [volumeId] });
  estate.putVolume({
    ...{ volumeId, sizeGiB, state: 'in-use', createTime: estate.now(), tags: {} },
    attachments: [{ instanceId, device: '/dev/sdf', state: 'attached' }],
  });
}
