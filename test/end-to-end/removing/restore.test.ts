import { RestoreLine } from '../../../core/removal/restore.ts';
import type { RestoreArguments } from '../../../local/arguments/restore-arguments.ts';
import { DEFAULT_ROLE_NAMES } from '../../../local/arguments/defaults.ts';
import { restoreAndTell } from '../../../local/commands/restore-command.ts';
import type { Scenario } from '../../../simulation/model/organization.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import type { Deps } from '../../../steps/deps.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { readHistory } from '../../../steps/targets/target-history.ts';
import { makeFailingStore } from '../../support/stores/failing-store.ts';
import { openRemovalSweep, type RemovalSweep, tally } from '../../support/removal-sweep.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';

const DAY = 86_400_000;
const DELETE = { policy: { requireUndo: true } };

interface Opened {
  readonly sweep: RemovalSweep;
  readonly restore: (
    given?: Partial<RestoreArguments>,
  ) => Promise<{ code: number; text: string; told: string }>;
}

/** After the execution "first" has removed 8 snapshots. */
async function afterRemoval(
  use: (opened: Opened) => Promise<void>,
  options: { scenario?: Scenario; deps?: (deps: Deps) => Deps } = {},
): Promise<void> {
  let deps: Deps | undefined;
  const sweep = await openRemovalSweep({
    hasRecycleBin: true,
    ...(options.scenario && { scenario: options.scenario }),
    deps: (own) => (deps = own),
  });
  const restore = async (given: Partial<RestoreArguments> = {}) => {
    const { terminal, written } = fakeTerminal({ quiet: true });
    const args: RestoreArguments = {
      ...{ command: 'restore', executionId: 'first', resourceIds: [], dryRun: false },
      ...{
        out: '',
        hub: undefined,
        roleNames: DEFAULT_ROLE_NAMES,
        self: false,
        quiet: true,
        json: false,
      },
      ...given,
    };
    const used = options.deps?.(deps!) ?? deps!;
    const code = await restoreAndTell(used, args, terminal);
    return { code, text: written.stdout, told: written.stderr };
  };
  try {
    const { removals } = await sweep.run('first', DELETE);
    expect(Object.keys(tally(removals))).toEqual(['REMOVED']);
    await use({ sweep, restore });
  } finally {
    await sweep.close();
  }
}

async function linesOf(sweep: RemovalSweep): Promise<RestoreLine[]> {
  const found = await sweep.store.get(keysOf('first').restores);
  const lines = found?.body.split('\n').filter((line) => line !== '') ?? [];
  return lines.map((line) => RestoreLine.parse(JSON.parse(line)));
}

/** Snapshots that are neither there nor in the bin are gone for good. */
function isThere(sweep: RemovalSweep, id: string) {
  return sweep.estates.some((estate) => estate.snapshot(id) !== undefined);
}

describe('a restore', () => {
  it('brings everything back, protected, and the next execution keeps it', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const gone = sweep.gone();
      const { code, text } = await restore();
      expect(code).toBe(0);
      expect(text.match(/^RESTORED /gm)).toHaveLength(8);
      expect(text).toMatch(/\n8 RESTORED\n$/);
      for (const id of gone) {
        const snapshot = sweep.estates[0]!.snapshot(id);
        expect(snapshot?.tags).toMatchObject({
          'orgsweep:protect': 'restored after orgsweep execution first',
        });
      }
      sweep.clock.advance(DAY);
      const { plan } = await sweep.run('second', DELETE);
      const planned = [...(plan?.removals ?? []), ...(plan?.held ?? [])];
      expect(planned.filter(({ resourceId }) => gone.includes(resourceId))).toEqual([]);
      for (const id of gone) expect(isThere(sweep, id)).toBe(true);
    }));

  it('writes an intent before and an outcome after, each for every resource', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const gone = sweep.gone();
      await restore();
      const lines = await linesOf(sweep);
      const idsOf = (outcome: string | null) =>
        lines.filter((line) => line.outcome === outcome).map(({ resourceId }) => resourceId);
      expect(idsOf(null).toSorted()).toEqual(gone);
      expect(idsOf('RESTORED').toSorted()).toEqual(gone);
    }));

  it('a second time says that all is there already, and changes nothing', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      await restore();
      const before = sweep.simulation.calls.total;
      const lines = await linesOf(sweep);
      const { code, text } = await restore();
      expect(code).toBe(0);
      expect(text).toMatch(/\n8 ALREADY_RESTORED\n$/);
      expect(await linesOf(sweep)).toEqual(lines);
      const after = sweep.simulation.calls.total;
      for (const call of ['ec2:RestoreSnapshotFromRecycleBin', 'ec2:CreateTags'])
        expect(after[call]).toBe(before[call]);
    }));

  it('as a dry run tells what it would do, and does nothing', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const gone = sweep.gone();
      const { code, text } = await restore({ dryRun: true });
      expect([code, text.match(/^RESTORABLE /gm)?.length]).toEqual([0, 8]);
      expect(sweep.gone()).toEqual(gone);
      expect(sweep.simulation.calls.total['ec2:RestoreSnapshotFromRecycleBin']).toBeUndefined();
      expect(await linesOf(sweep)).toEqual([]);
    }));

  it('of one resource brings back that one only', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const [one = '', ...others] = sweep.gone();
      const { code } = await restore({ resourceIds: [one] });
      expect(code).toBe(0);
      expect(sweep.gone()).toEqual(others);
    }));

  it('of what the execution never removed says so, and is not a success', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const gone = sweep.gone();
      const { code, text } = await restore({ resourceIds: ['snap-of-somebody-else'] });
      expect(code).toBe(5);
      expect(text).toMatch(/^NOT_REMOVED +snap-of-somebody-else/);
      expect(sweep.gone()).toEqual(gone);
    }));

  it('after the time in the bin is over says EXPIRED, for each', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      sweep.clock.advance(15 * DAY);
      const { code, text } = await restore();
      expect([code, text.match(/^EXPIRED /gm)?.length]).toEqual([5, 8]);
    }));

  it.each(['ListSnapshotsInRecycleBin', 'DescribeSnapshots', 'RestoreSnapshotFromRecycleBin'])(
    'that %s is denied to names every resource, and why',
    async (operation) =>
      afterRemoval(async ({ sweep, restore }) => {
        sweep.simulation.setFaults([{ operation, answer: 'deny' }]);
        const gone = sweep.gone();
        const { code, text } = await restore();
        expect([code, text.match(/^DENIED .*UnauthorizedOperation/gm)?.length]).toEqual([5, 8]);
        expect(sweep.gone()).toEqual(gone);
      }),
  );

  it.each([
    ['RestoreSnapshotFromRecycleBin', 'lost'],
    ['RestoreSnapshotFromRecycleBin', 'portal'],
    ['RestoreSnapshotFromRecycleBin', 'reset'],
    ['CreateTags', 'lost'],
    ['CreateTags', 'portal'],
  ] as const)('protects all of it also where an answer of %s is %s', async (operation, answer) =>
    afterRemoval(async ({ sweep, restore }) => {
      const gone = sweep.gone();
      sweep.simulation.setFaults([{ operation, answer, calls: { from: 2, to: 3 } }]);
      const { code, text } = await restore();
      expect([code, text.match(/^RESTORED /gm)?.length]).toEqual([0, 8]);
      for (const id of gone)
        expect(sweep.estates[0]!.snapshot(id)?.tags['orgsweep:protect']).toBeDefined();
    }),
  );

  it('where the role is missing in one account brings back those of the others', async () =>
    afterRemoval(
      async ({ sweep, restore }) => {
        sweep.simulation.setFaults([{ operation: 'AssumeRole', answer: 'deny' }]);
        const [hub, spoke] = sweep.estates;
        const { code, text } = await restore();
        expect(code).toBe(5);
        expect(hub!.deletedSnapshotIds().size).toBe(0);
        const kept = spoke!.deletedSnapshotIds().size;
        expect(kept).toBeGreaterThan(0);
        expect(text.match(/^DENIED /gm)).toHaveLength(kept);
      },
      { scenario: sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 60, seed: 5 }) },
    ));

  it('that may not tag says which are not protected, and a later one finishes it', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      sweep.simulation.setFaults([{ operation: 'CreateTags', answer: 'deny' }]);
      const first = await restore();
      expect([first.code, first.text.match(/^NOT_PROTECTED /gm)?.length]).toEqual([5, 8]);
      expect(sweep.gone()).toEqual([]);
      sweep.simulation.setFaults([]);
      const second = await restore();
      expect([second.code, second.text.match(/^ALREADY_RESTORED /gm)?.length]).toEqual([0, 8]);
      expect((await linesOf(sweep)).filter(({ outcome }) => outcome === null)).toHaveLength(16);
    }));

  it('that dies at any of its writes is finished by the next one', async () => {
    for (let at = 1; ; at += 1) {
      const failing = makeFailingStore({ at, dies: 'once', written: at % 2 === 0 });
      let died = false;
      await afterRemoval(
        async ({ sweep, restore }) => {
          const gone = sweep.gone();
          await restore().catch(() => undefined);
          died = failing.failedKeys.length > 0;
          if (!died) return;
          const { code } = await restore();
          expect(code).toBe(0);
          for (const id of gone)
            expect(sweep.estates[0]!.snapshot(id)?.tags).toHaveProperty('orgsweep:protect');
        },
        { deps: (deps) => ({ ...deps, store: failing.wrap(deps.store) }) },
      );
      if (!died) break;
    }
  });

  it('forgets since when things are stale: their grace starts anew', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const target = { accountId: sweep.estates[0]!.accountId, region: sweep.estates[0]!.region };
      const entries = async () => {
        const { entries } = await readHistory(sweep.store, target, sweep.clock.now());
        return Object.keys(entries);
      };
      const gone = sweep.gone().map((id) => `ebs-snapshot:${id}`);
      expect(await entries()).toEqual(expect.arrayContaining(gone));
      const written = await sweep.store.get(historyKeys.staleSince(target));
      await restore();
      expect((await entries()).filter((key) => gone.includes(key))).toEqual([]);
      // Whoever restores may not write it: they could end any grace.
      expect(await sweep.store.get(historyKeys.staleSince(target))).toEqual(written);
    }));

  /** Another execution has the lease for so long from now. */
  async function hold(sweep: RemovalSweep, milliseconds: number): Promise<string> {
    const { accountId, region } = sweep.estates[0]!;
    const until = new Date(sweep.clock.now().getTime() + milliseconds).toISOString();
    await sweep.store.put(
      `leases/${accountId}/${region}.json`,
      JSON.stringify({
        ...{ schemaVersion: 1, accountId, region, holder: 'other', token: 'x' },
        ...{ acquiredAt: sweep.clock.now().toISOString(), until, released: false },
      }),
    );
    return until;
  }

  it('waits for the lease of an execution that died, says whose and until when, and goes on', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      const until = await hold(sweep, 120_000);
      const { code, text, told } = await restore({ json: true });
      expect(code).toBe(0);
      expect(JSON.parse(text)).toMatchObject({ counts: { RESTORED: 8 } });
      expect(told).toMatch(/^waiting for "other", .*\n$/);
      expect(told).toContain(until);
      expect(sweep.clock.now().getTime()).toBeGreaterThanOrEqual(Date.parse(until));
    }));

  it('does not wait for ever: who goes on removing is named then, and nothing is touched', async () =>
    afterRemoval(async ({ sweep, restore }) => {
      await hold(sweep, DAY);
      const gone = sweep.gone();
      const before = sweep.clock.now().getTime();
      const { code, text } = await restore();
      expect(code).toBe(5);
      expect(text).toMatch(/^FAILED .*LeaseHeld.*"other"/);
      expect(sweep.gone()).toEqual(gone);
      expect(sweep.clock.now().getTime() - before).toBeLessThan(400_000);
    }));

  it('tells the same to machines', async () =>
    afterRemoval(async ({ restore }) => {
      const report = JSON.parse((await restore({ json: true })).text) as unknown;
      expect(report).toMatchObject({
        ...{ schemaVersion: 1, executionId: 'first', dryRun: false, counts: { RESTORED: 8 } },
      });
    }));
});
