import type { SessionAsked } from '../../../aws/sessions/spoke-session.ts';
import { MARKER } from '../../../core/tags/marker.ts';
import type { SimRetentionRule } from '../../../simulation/model/recycle-bin.ts';
import type { Deps } from '../../../steps/deps.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import { makeFailingStore } from '../../support/stores/failing-store.ts';
import { type NotedRequest, noteRequests } from '../../support/aws/noted-requests.ts';
import {
  ledgerOf,
  openRemovalSweep,
  type RemovalSweep,
  tally,
  TINY,
  AT_ONCE,
  type RemovalSweepOptions,
} from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const DAY = 86_400_000;
const REQUIRED = { policy: { requireUndo: true } };
const RULE: SimRetentionRule = {
  identifier: 'abcdefghijk',
  status: 'available',
  retentionDays: 14,
};
/** An invocation that AWS loses, and starts again. */
const LOST = { dies: 'once', written: false, errorName: 'Lambda.SdkClientException' } as const;
const ON_MARKER = [{ key: MARKER.key, value: MARKER.value }];

/** A sweep of one target of which 8 snapshots are removed, with these rules there. */
async function withSweep(
  rules: readonly SimRetentionRule[] | undefined,
  use: (sweep: RemovalSweep) => Promise<void>,
  options: RemovalSweepOptions = {},
): Promise<void> {
  const sweep = await openRemovalSweep({ hasRecycleBin: true, ...options });
  try {
    if (rules !== undefined) setRules(sweep, rules);
    await use(sweep);
  } finally {
    await sweep.close();
  }
}

function setRules(sweep: RemovalSweep, rules: readonly SimRetentionRule[]): void {
  for (const estate of sweep.estates) estate.setRetentionRules(rules);
}

/** Does something before the session that removes is opened: after the plan, before the removals. */
function beforeRemoval(deps: Deps, act: () => void): Deps {
  return {
    ...deps,
    spokesFor: (executionId) => ({
      open: async (...asked: SessionAsked) => {
        if (asked[2] === 'remove') act();
        return deps.spokesFor(executionId).open(...asked);
      },
    }),
  };
}

/** About 40 are removed: several batches. */
const MORE = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 80, seed: 5 });

describe('where the Recycle Bin is required', () => {
  it.each([
    ['a Region-level rule', {}],
    ["a rule on orgsweep's marker", { resourceTags: ON_MARKER }],
  ])('%s lets go what it keeps, which all lies in the bin then', async (_what, different) => {
    const noted: NotedRequest[] = [];
    await withSweep(
      [{ ...RULE, ...different }],
      async (sweep) => {
        const { summary, removals } = await sweep.run('with-rule', REQUIRED);
        expect(tally(removals)).toEqual({ REMOVED: 8 });
        expect(summary).toMatchObject({ status: 'COMPLETE', removals: { restorable: 8 } });
        const bin = new Map(
          sweep.estates[0]!.binnedSnapshots().map((one) => [one.snapshot.snapshotId, one]),
        );
        expect([...bin.keys()].toSorted()).toEqual(sweep.gone());
        for (const { resourceId, restorableUntil } of removals) {
          // The bin's own word.
          expect(restorableUntil).toBe(bin.get(resourceId)!.exitsAt.toISOString());
        }
      },
      { deps: (deps) => noteRequests(deps, noted) },
    );
    const order = noted
      .map(({ operation }) => operation)
      .filter((name) => ['DeleteSnapshot', 'ListSnapshotsInRecycleBin'].includes(name));
    expect(order.slice(0, 2)).toEqual(['DeleteSnapshot', 'ListSnapshotsInRecycleBin']);
    // The first is seen in the bin, then all others go, and are seen there by one call.
    expect(order.slice(order.indexOf('DeleteSnapshot', 1))).toEqual([
      ...Array<string>(7).fill('DeleteSnapshot'),
      'ListSnapshotsInRecycleBin',
    ]);
  });

  it.each([
    ['no rule', [], 'NO_RULE'],
    ['only a pending rule', [{ ...RULE, status: 'pending' as const }], 'NOT_AVAILABLE'],
    [
      "a rule that excludes orgsweep's marker",
      [{ ...RULE, excludeResourceTags: ON_MARKER }],
      'NOT_MATCHING',
    ],
    [
      'a rule on another tag',
      [{ ...RULE, resourceTags: [{ key: MARKER.key, value: 'True' }] }],
      'NOT_MATCHING',
    ],
  ])('%s holds everything, by name', async (_what, rules, why) => {
    await withSweep(rules, async (sweep) => {
      const { plan, summary, published } = await sweep.run('held', REQUIRED);
      expect(plan).toMatchObject({ status: 'EMPTY', removals: [] });
      expect(summary?.status).toBe('COMPLETE');
      expect(summary?.plan?.withoutRecycleBinRule).toMatchObject([{ why, held: 11 }]);
      expect(published?.Message).toContain('NO_RECYCLE_BIN_RULE)');
      expect(sweep.gone()).toEqual([]);
    });
  });

  it('a rule that may not be read holds everything, and is no gap in what was seen', async () => {
    const faults = [{ operation: 'ListRules', answer: 'deny' as const }];
    await withSweep(
      undefined,
      async (sweep) => {
        const { summary } = await sweep.run('denied', REQUIRED);
        expect(summary?.status).toBe('COMPLETE');
        expect(summary?.plan?.withoutRecycleBinRule).toMatchObject([
          { why: 'NOT_READ', failure: { operation: 'rbin:ListRules' } },
        ]);
        expect(sweep.gone()).toEqual([]);
      },
      { faults },
    );
  });

  it('a rule deleted between plan and removal saves everything', async () => {
    let sweep: RemovalSweep | undefined;
    const deps = (own: Deps) => beforeRemoval(own, () => setRules(sweep!, []));
    await withSweep(
      undefined,
      async (opened) => {
        sweep = opened;
        const { plan, summary, removals } = await sweep.run('deleted', REQUIRED);
        expect(plan?.removals).toHaveLength(8);
        expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED NO_RECYCLE_BIN_RULE': 8 });
        expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
        expect(sweep.gone()).toEqual([]);
      },
      { deps },
    );
  });

  it('rules that cannot be read by then save everything', async () => {
    const holder: { sweep?: RemovalSweep } = {};
    await withSweep(
      undefined,
      async (sweep) => {
        holder.sweep = sweep;
        const { removals } = await sweep.run('unread', REQUIRED);
        expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED NO_RECYCLE_BIN_RULE': 8 });
        expect(removals[0]?.failure).toMatchObject({ operation: 'rbin:ListRules' });
        expect(sweep.gone()).toEqual([]);
      },
      {
        deps: (deps) =>
          beforeRemoval(deps, () =>
            holder.sweep?.simulation.setFaults([{ operation: 'ListRules', answer: 'deny' }]),
          ),
      },
    );
  });

  it('a rule deleted after the first removals saves the rest', async () => {
    const scenario = withEstates(TINY, (estate) => ({
      deleteSnapshot(this: typeof estate, ...args: Parameters<typeof estate.deleteSnapshot>) {
        estate.deleteSnapshot(...args);
        if (estate.deletedSnapshotIds().size === 1) estate.setRetentionRules([]);
      },
    }));
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals } = await sweep.run('deleted-later', REQUIRED);
        expect(tally(removals)).toEqual({ REMOVED: 1, 'NOT_ATTEMPTED NO_RECYCLE_BIN_RULE': 7 });
      },
      { scenario },
    );
  });

  it('another rule that is there by then is found, and used', async () => {
    let sweep: RemovalSweep | undefined;
    const other = { ...RULE, identifier: 'otherrule00', retentionDays: 20 };
    const deps = (own: Deps) => beforeRemoval(own, () => setRules(sweep!, [other]));
    await withSweep(
      undefined,
      async (opened) => {
        sweep = opened;
        const { removals } = await sweep.run('other-rule', REQUIRED);
        expect(tally(removals)).toEqual({ REMOVED: 8 });
        for (const { at, restorableUntil } of removals)
          expect(Date.parse(restorableUntil!) - Date.parse(at)).toBeLessThanOrEqual(20 * DAY);
      },
      { deps },
    );
  });
});

/** The rule says it keeps everything, and nothing ever appears in the bin. */
const LYING = withEstates(TINY, () => ({
  binnedSnapshots: () => [],
  binnedSnapshot: () => undefined,
  binnedPage: () => ({ items: [], next: null }),
}));

describe('what follows the first removal', () => {
  /** Changes the rules once so many snapshots are gone. */
  const afterDeletions = (count: number, rules: readonly SimRetentionRule[]) =>
    withEstates(MORE, (estate) => ({
      deleteSnapshot(this: typeof estate, ...args: Parameters<typeof estate.deleteSnapshot>) {
        estate.deleteSnapshot(...args);
        if (estate.deletedSnapshotIds().size === count) estate.setRetentionRules(rules);
      },
    }));

  it('is promised only as far as it was itself seen in the bin, and the rest is stopped', async () => {
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals, summary, published } = await sweep.run('rule-gone', REQUIRED);
        const [estate] = sweep.estates;
        const inBin = estate!.binnedSnapshots().map(({ snapshot }) => snapshot.snapshotId);
        expect(inBin).toHaveLength(3);
        const promised = removals.filter(({ restorableUntil }) => restorableUntil !== null);
        expect(promised.map(({ resourceId }) => resourceId).toSorted()).toEqual(inBin.toSorted());
        const lost = sweep.gone().filter((id) => !inBin.includes(id));
        expect(lost.length).toBeGreaterThan(3);
        for (const { resourceId, ...told } of removals) {
          if (lost.includes(resourceId))
            expect(told).toMatchObject({
              outcome: 'REMOVED',
              reasons: ['NOT_SEEN_IN_RECYCLE_BIN'],
            });
          else if (!inBin.includes(resourceId))
            expect(told).toMatchObject({
              outcome: 'NOT_ATTEMPTED',
              reasons: ['NOT_SEEN_IN_RECYCLE_BIN'],
            });
        }
        expect(removals.length).toBeGreaterThan(sweep.gone().length);
        expect(summary?.removals).toMatchObject({ restorable: 3 });
        expect(summary?.removals.notSeenInRecycleBin).toHaveLength(lost.length);
        expect(published?.Message).toContain('ALARM');
      },
      { scenario: afterDeletions(3, []) },
    );
  });

  it('is promised until when the bin says, not the rule that was read before', async () => {
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals } = await sweep.run('rule-changed', REQUIRED);
        const bin = new Map(
          sweep.estates[0]!.binnedSnapshots().map((one) => [one.snapshot.snapshotId, one]),
        );
        expect(tally(removals)).toEqual({ REMOVED: bin.size });
        for (const { resourceId, restorableUntil } of removals)
          expect(restorableUntil).toBe(bin.get(resourceId)!.exitsAt.toISOString());
      },
      { scenario: afterDeletions(4, [{ ...RULE, retentionDays: 20 }]) },
    );
  });

  it('promises nothing unseen where no bin is required, and goes on', async () => {
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals, summary } = await sweep.run('not-required', { policy: AT_ONCE });
        expect(new Set(Object.keys(tally(removals)))).toEqual(new Set(['REMOVED']));
        expect(removals.filter((one) => one.restorableUntil !== null)).toHaveLength(3);
        expect(summary?.removals).toMatchObject({ restorable: 3, notSeenInRecycleBin: [] });
      },
      { scenario: afterDeletions(3, []) },
    );
  });

  it('is looked for at once when an interrupt ends the batch: nothing unseen is promised', async () => {
    const interrupt = new AbortController();
    const scenario = withEstates(MORE, (estate) => ({
      deleteSnapshot(this: typeof estate, ...args: Parameters<typeof estate.deleteSnapshot>) {
        estate.deleteSnapshot(...args);
        if (estate.deletedSnapshotIds().size === 5) interrupt.abort();
      },
    }));
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals } = await sweep.run('interrupted', REQUIRED);
        const gone = removals.filter(({ outcome }) => outcome === 'REMOVED');
        expect(gone.map(({ resourceId }) => resourceId).toSorted()).toEqual(sweep.gone());
        expect(gone.every(({ reasons }) => reasons.length === 0)).toBe(true);
        const unseen = gone.filter(({ restorableUntil }) => restorableUntil === null);
        expect(unseen.length).toBeGreaterThan(0);
        expect(unseen.length).toBeLessThan(gone.length);
      },
      { scenario, signal: interrupt.signal },
    );
  });
});

describe('a rule that does not hold what it says', () => {
  it('costs one snapshot: then the target stops, and the summary says so first', async () => {
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals, summary, published } = await sweep.run('lying', REQUIRED);
        expect(tally(removals)).toEqual({
          'REMOVED NOT_SEEN_IN_RECYCLE_BIN': 1,
          'NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN': 7,
        });
        expect(removals.every(({ restorableUntil }) => restorableUntil === null)).toBe(true);
        expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
        expect(summary?.removals.notSeenInRecycleBin).toHaveLength(1);
        expect(published?.Message.split('\n').slice(0, 8).join(' ')).toContain('ALARM');
        expect(sweep.gone()).toHaveLength(1);
        // It went alone: the others weren't even marked.
        const others = removals.flatMap(
          ({ resourceId }) => sweep.estates[0]?.snapshot(resourceId) ?? [],
        );
        expect(others).toHaveLength(7);
        for (const { tags } of others) expect(tags).not.toHaveProperty([MARKER.key]);
      },
      { scenario: LYING },
    );
  });

  it('stops the target also when the invocation dies over it and another takes over', async () => {
    const settling = makeFailingStore();
    await withSweep(
      undefined,
      async (sweep) => {
        await sweep.run('lying-whole', REQUIRED);
      },
      { scenario: LYING, store: settling.wrap },
    );
    const writes = settling.keys.flatMap((key, index) =>
      key.includes('ledger') ? [index + 1] : [],
    );
    for (const at of writes) {
      const failing = makeFailingStore({ at, ...LOST });
      await withSweep(
        undefined,
        async (sweep) => {
          const { removals } = await sweep.run('lying-crashed', REQUIRED);
          expect(sweep.gone().length).toBeLessThanOrEqual(1);
          expect(removals.filter(({ restorableUntil }) => restorableUntil !== null)).toEqual([]);
        },
        { scenario: LYING, store: failing.wrap },
      );
    }
  });

  it('costs one snapshot also when the answer to its removal is lost: it comes before any other', async () => {
    const faults = [
      { operation: 'DeleteSnapshot', calls: { from: 1, to: 1 }, answer: 'lost' as const },
    ];
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals } = await sweep.run('lying-lost', REQUIRED);
        expect(tally(removals)).toEqual({
          'REMOVED ANSWER_LOST NOT_SEEN_IN_RECYCLE_BIN': 1,
          'NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN': 7,
        });
        expect(sweep.gone()).toHaveLength(1);
      },
      { scenario: LYING, faults },
    );
  });

  it('stops, and what others removed meanwhile is told as gone already', async () => {
    const hidden = new Set<string>();
    const scenario = withEstates(TINY, (estate) => ({
      deleteSnapshot(this: typeof estate, ...args: Parameters<typeof estate.deleteSnapshot>) {
        estate.deleteSnapshot(...args);
        if (estate.deletedSnapshotIds().size === 2) hidden.add(args[0]);
      },
      binnedSnapshot: (id) => (hidden.has(id) ? undefined : estate.binnedSnapshot(id)),
      binnedPage: (from, limit) => {
        const page = estate.binnedPage(from, limit);
        return {
          ...page,
          items: page.items.filter(({ snapshot }) => !hidden.has(snapshot.snapshotId)),
        };
      },
    }));
    const faults = [
      { operation: 'DeleteSnapshot', calls: { from: 2, to: 2 }, answer: 'lost' as const },
      { operation: 'DeleteSnapshot', calls: { from: 3, to: 3 }, answer: 'throttle' as const },
    ];
    await withSweep(
      undefined,
      async (sweep) => {
        let byOthers: string | undefined;
        sweep.simulation.onBeforeCall = async ({ operation }) => {
          const gone = sweep.gone();
          if (operation !== 'DescribeSnapshots' || gone.length !== 7) return;
          const begun = await ledgerOf(sweep.store, 'beside');
          byOthers = begun.find(({ resourceId }) => !gone.includes(resourceId))?.resourceId;
          sweep.estates[0]?.deleteSnapshot(byOthers ?? '');
        };
        const { removals, error } = await sweep.run('beside', REQUIRED);
        expect(error).toBe('RemovalsIncomplete');
        expect(tally(removals)).toEqual({
          REMOVED: 6,
          'REMOVED ANSWER_LOST NOT_SEEN_IN_RECYCLE_BIN': 1,
          ALREADY_GONE: 1,
        });
        expect(removals.find(({ outcome }) => outcome === 'ALREADY_GONE')?.resourceId).toBe(
          byOthers,
        );
      },
      { scenario, faults },
    );
  });

  it('stops also those that were begun before it went wrong', async () => {
    let lies = false;
    const scenario = withEstates(TINY, (estate) => ({
      binnedSnapshot: (id) => (lies ? undefined : estate.binnedSnapshot(id)),
      binnedPage: (from, limit) =>
        lies ? { items: [], next: null } : estate.binnedPage(from, limit),
    }));
    const settled = makeFailingStore();
    const whole = async (sweep: RemovalSweep) => void (await sweep.run('whole', REQUIRED));
    await withSweep(undefined, whole, { scenario, store: settled.wrap });
    const ledger = settled.keys.flatMap((key, index) =>
      key.includes('ledger') ? [index + 1] : [],
    );
    // The first was seen in the bin; of the seven that are begun then, one is removed and not settled.
    const at = ledger[5]!;
    const failing = makeFailingStore({ at, ...LOST, onFailure: () => (lies = true) });
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals } = await sweep.run('went-wrong', REQUIRED);
        expect(tally(removals)).toEqual({
          REMOVED: 1,
          'REMOVED ANSWER_LOST NOT_SEEN_IN_RECYCLE_BIN': 1,
          'NOT_ATTEMPTED NOT_SEEN_IN_RECYCLE_BIN': 6,
        });
        expect(sweep.gone()).toHaveLength(2);
      },
      { scenario, store: failing.wrap },
    );
  });

  it('is not believed for what lay in the bin before the removal', async () => {
    const scenario = withEstates(TINY, (estate) => ({
      binnedSnapshot: (id) => {
        const found = estate.binnedSnapshot(id);
        return found && { ...found, enteredAt: new Date(found.enteredAt.getTime() - DAY) };
      },
    }));
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals } = await sweep.run('earlier', REQUIRED);
        expect(removals.filter(({ outcome }) => outcome === 'REMOVED')).toMatchObject([
          { reasons: ['NOT_SEEN_IN_RECYCLE_BIN'], restorableUntil: null },
        ]);
      },
      { scenario },
    );
  });

  it('promises nothing where no bin is required, and takes nothing for lost', async () => {
    await withSweep(
      undefined,
      async (sweep) => {
        const { removals, summary } = await sweep.run('not-required');
        expect(tally(removals)).toEqual({ REMOVED: 8 });
        expect(summary?.removals).toMatchObject({ restorable: 0, notSeenInRecycleBin: [] });
      },
      { scenario: LYING },
    );
  });
});

describe('where the Recycle Bin is not required', () => {
  it('it is told all the same until when things can be restored', async () => {
    await withSweep([RULE], async (sweep) => {
      const { removals, plan } = await sweep.run('told');
      expect(plan?.removals.every(({ restorableDays }) => restorableDays === 14)).toBe(true);
      expect(removals.every(({ restorableUntil }) => restorableUntil !== null)).toBe(true);
    });
  });

  it('nothing is promised without a rule, nor where the bin may not be read', async () => {
    await withSweep([], async (sweep) => {
      const { removals } = await sweep.run('no-rule');
      expect(tally(removals)).toEqual({ REMOVED: 8 });
      expect(removals.every(({ restorableUntil }) => restorableUntil === null)).toBe(true);
    });
    const faults = [{ operation: 'ListSnapshotsInRecycleBin', answer: 'deny' as const }];
    await withSweep(
      [RULE],
      async (sweep) => {
        const { removals } = await sweep.run('unread');
        expect(tally(removals)).toEqual({ REMOVED: 8 });
        expect(removals.every(({ restorableUntil }) => restorableUntil === null)).toBe(true);
      },
      { faults },
    );
  });
});

describe('a removal whose answer was lost', () => {
  it('is REMOVED when the bin shows that it went there since', async () => {
    const failing = makeFailingStore();
    await withSweep(undefined, async (sweep) => void (await sweep.run('whole', REQUIRED)), {
      store: failing.wrap,
    });
    const ledger = failing.keys.flatMap((key, index) =>
      key.includes('ledger') ? [index + 1] : [],
    );
    for (const at of ledger.slice(1)) {
      const dying = makeFailingStore({ at, ...LOST });
      await withSweep(
        undefined,
        async (sweep) => {
          const { removals } = await sweep.run('crashed', REQUIRED);
          expect(tally(removals)).toEqual({ REMOVED: 8 });
          expect(removals.every(({ restorableUntil }) => restorableUntil !== null)).toBe(true);
        },
        { store: dying.wrap },
      );
    }
  });
});
