import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import type { Limits } from '../../../core/input/input.ts';
import { emptyHistory } from '../../../core/history/history.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';
import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';
import type { Discovery, Kind } from '../../../kinds/kind.ts';
import { lookCloser } from '../../../steps/discover/closer-look.ts';
import type { Expected } from '../../../steps/expected.ts';
import { someLimits } from '../../support/summaries/builders.ts';
import { lookAt } from '../../support/aws/fake-ec2.ts';
import { NOW, aPolicy, aSnapshot, daysAgo } from '../../support/organizations/snapshots.ts';

/** Snapshots of volumes that have a newer one elsewhere, the oldest first. */
function snapshots(count: number): EbsSnapshot[] {
  return Array.from({ length: count }, (_, index) => {
    const snapshotId = `snap-${String(index).padStart(4, '0')}`;
    return aSnapshot({
      snapshotId,
      volumeId: `vol-${index + 1}`,
      startedAt: daysAgo(2_000 - index),
      completedOfVolume: [snapshotId, 'snap-kept'],
    });
  });
}

async function lookedAt(given: {
  facts: readonly EbsSnapshot[];
  shared?: (facts: EbsSnapshot) => boolean;
  gone?: (facts: EbsSnapshot) => boolean;
  limits?: Partial<Limits>;
  graceDays?: number;
  staleSince?: string;
  incomplete?: Discovery<EbsSnapshot>['incomplete'];
}) {
  const { facts, shared = () => false, gone = () => false } = given;
  const asked: string[] = [];
  const kind: Kind = {
    ...ebsSnapshot,
    questions: ebsSnapshot.questions.map((question) => ({
      ...question,
      ask: async (_, batch) => {
        const some = batch as readonly EbsSnapshot[];
        asked.push(...some.map(({ snapshotId }) => snapshotId));
        const there = some.filter((one) => !gone(one));
        const answers = there.map((one): [string, unknown] => [
          one.snapshotId,
          { sharedWith: shared(one) ? ['444455556666'] : [], productCodes: [] },
        ]);
        return { of: new Map(answers) };
      },
    })),
  };
  const policy = aPolicy({ graceDays: given.graceDays ?? 0, requireUndo: false });
  const { look } = lookAt({}, { policy, now: NOW });
  const { staleSince } = given;
  const entries = Object.fromEntries(
    staleSince === undefined
      ? []
      : facts.map(({ snapshotId }) => [
          `ebs-snapshot:${snapshotId}`,
          { staleSince, lastSeen: daysAgo(1) },
        ]),
  );
  const discovery = {
    resources: facts,
    incomplete: given.incomplete ?? [],
    counts: {},
    foreignReferences: [],
  };
  const limits = someLimits({ maxStalePercent: 100, ...given.limits });
  const expected = { limits, remove: ['ebs-snapshot'], basedOn: null } as unknown as Expected;
  const closer = await lookCloser(makeMemoryStore(), {
    kind,
    look,
    discovery,
    expected,
    history: { ...emptyHistory(), entries },
    rules: async () => ({ rules: [] }),
  });
  return { asked, closer };
}

describe('looking closer at what a plan could remove', () => {
  it('takes the oldest, as many as the target may lose', async () => {
    const { asked } = await lookedAt({
      facts: snapshots(10).toReversed(),
      limits: { maxRemovalsPerTarget: 3 },
    });
    expect(asked).toEqual(['snap-0000', 'snap-0001', 'snap-0002']);
  });

  it('goes on until that many are left that nobody shares', async () => {
    const { asked } = await lookedAt({
      facts: snapshots(10),
      shared: ({ snapshotId }) => snapshotId < 'snap-0004',
      limits: { maxRemovalsPerTarget: 2 },
    });
    expect(asked).toHaveLength(6);
  });

  it('asks once for what is gone when it looks', async () => {
    const { asked } = await lookedAt({
      facts: snapshots(3),
      gone: ({ snapshotId }) => snapshotId === 'snap-0001',
    });
    expect(asked).toEqual(['snap-0000', 'snap-0001', 'snap-0002']);
  });

  it('leaves alone what is in its grace, and asks when that is over', async () => {
    const facts = snapshots(2);
    const inGrace = await lookedAt({ facts, graceDays: 14, staleSince: daysAgo(13) });
    expect(inGrace.asked).toEqual([]);
    const firstSight = await lookedAt({ facts, graceDays: 14 });
    expect(firstSight.asked).toEqual([]);
    const over = await lookedAt({ facts, graceDays: 14, staleSince: daysAgo(15) });
    expect(over.asked).toHaveLength(2);
  });

  it('asks for nothing where a listing did not come to its end', async () => {
    const incomplete = [{ code: 'X', message: '', source: 'amis' }];
    expect((await lookedAt({ facts: snapshots(2), incomplete })).asked).toEqual([]);
  });

  it('asks for nothing where a limit holds the whole target', async () => {
    const facts = snapshots(30);
    expect((await lookedAt({ facts, limits: { maxStalePercent: 50 } })).asked).toEqual([]);
  });

  it('stops at 1,000, however many are shared', async () => {
    const facts = snapshots(1_400);
    const { asked } = await lookedAt({
      facts,
      shared: () => true,
      limits: { maxRemovalsPerTarget: 600 },
    });
    expect(asked).toHaveLength(1_000);
  });
});
