import { BLOCK_BYTES } from '../../../kinds/ebs-snapshot/measure/freed-blocks.ts';
import { MeasuredLineage } from '../../../core/measure/measured.ts';
import { measureAndTell } from '../../../local/commands/measure-command.ts';
import type { MeasureArguments } from '../../../local/arguments/measure-arguments.ts';
import { DEFAULT_ROLE_NAMES } from '../../../local/arguments/defaults.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { blocksOf } from '../../../simulation/population/snapshots/blocks.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import type { Deps } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

const SCENARIO = sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 60, seed: 5 });
const REPORT = { mode: 'report' };

/** The same with volumes of 1 to 8 GiB: listing the blocks of terabytes takes minutes. */
function shrink(estate: SimEstate): void {
  for (const snapshot of estate.snapshots(0, 1000).items) {
    const volumeSizeGiB = Math.min(8, Math.ceil(snapshot.volumeSizeGiB / 60));
    const share = volumeSizeGiB / snapshot.volumeSizeGiB;
    const fullSizeBytes = Math.ceil((snapshot.fullSizeBytes * share) / BLOCK_BYTES) * BLOCK_BYTES;
    estate.putSnapshot({ ...snapshot, volumeSizeGiB, fullSizeBytes });
  }
}

interface Measured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly MeasuredLineage[];
}
interface Opened {
  readonly sweep: RemovalSweep;
  readonly measure: (given?: Given) => Promise<Measured>;
  /** Requests to the EBS direct APIs so far. */
  readonly sent: () => number;
}
interface Given extends Partial<MeasureArguments> {
  readonly answer?: string;
  readonly interruptAfter?: number;
}

const ACTS_AS = { accountId: '111122223333', arn: 'arn:x', region: 'us-east-1', source: null };

/** After the report "first". */
async function afterReport(use: (opened: Opened) => Promise<void>): Promise<void> {
  let deps: Deps | undefined;
  const sweep = await openRemovalSweep({ scenario: SCENARIO, deps: (own) => (deps = own) });
  const sent = () =>
    Object.entries(sweep.simulation.calls.total)
      .filter(([name]) => name.startsWith('ebs:'))
      .reduce((sum, [, count]) => sum + count, 0);
  const measure = async ({ answer, interruptAfter, ...given }: Given = {}): Promise<Measured> => {
    const { terminal, written, interrupt } = fakeTerminal({ quiet: true });
    const asked = answer === undefined ? {} : { ask: async () => answer };
    const args: MeasureArguments = {
      ...{ command: 'measure', executionId: 'first', top: 20, maxRequests: 100_000, yes: true },
      ...{ out: '', roleNames: DEFAULT_ROLE_NAMES, self: false, quiet: true, json: false },
      ...given,
    };
    if (interruptAfter !== undefined) {
      sweep.simulation.onBeforeCall = ({ service }) => {
        if (service === 'ebs' && sent() === interruptAfter) interrupt();
      };
    }
    const { store } = sweep;
    const code = await measureAndTell(
      { args, terminal: { ...terminal, ...asked }, store, place: 'memory' },
      async (use, signal) => use({ ...deps!, store, signal }, ACTS_AS),
    );
    sweep.simulation.onBeforeCall = undefined;
    return { code, ...written, lines: await linesOf(sweep) };
  };
  try {
    sweep.estates.forEach(shrink);
    const { status } = await sweep.run('first', REPORT);
    expect(status).toBe('SUCCEEDED');
    await use({ sweep, measure, sent });
  } finally {
    await sweep.close();
  }
}

async function linesOf(sweep: RemovalSweep): Promise<MeasuredLineage[]> {
  const found = await sweep.store.get(keysOf('first').measured);
  const lines = found?.body.split('\n').filter((line) => line !== '') ?? [];
  return lines.map((line) => MeasuredLineage.parse(JSON.parse(line)));
}

/**
 * What removing snapshots frees, from what the simulated snapshots hold: all versions of blocks, a
 * version being a block and the snapshot that first had it, less those that others have.
 */
function freedByBruteForce(
  estate: SimEstate,
  volumeId: string,
  removed: readonly string[],
): number {
  const chain = estate
    .snapshotsOfVolume(volumeId)
    .filter(({ state, storageTier }) => state === 'completed' && storageTier === 'standard')
    .toSorted((a, b) => a.startTime.getTime() - b.startTime.getTime());
  const holders = new Map<string, SimSnapshot[]>();
  let before = new Map<number, { key: string; version: number }>();
  for (const snapshot of chain) {
    const blocks = blocksOf(SCENARIO.seed, snapshot);
    const now: typeof before = new Map();
    for (let index = 0; index < blocks.count; index += 1) {
      if (!blocks.has(index)) continue;
      const version = blocks.version(index);
      const known = before.get(index);
      const key = known?.version === version ? known.key : `${index} of ${snapshot.snapshotId}`;
      now.set(index, { key, version });
      holders.set(key, [...(holders.get(key) ?? []), snapshot]);
    }
    before = now;
  }
  const isFreed = (of: SimSnapshot[]) => of.every(({ snapshotId }) => removed.includes(snapshotId));
  return [...holders.values()].filter(isFreed).length * BLOCK_BYTES;
}

describe('measuring after a report', () => {
  it(
    'tells to the byte what removing the stale snapshots of a volume would free',
    async () =>
      afterReport(async ({ sweep, measure, sent }) => {
        const { code, lines, stdout } = await measure();
        expect(code).toBe(0);
        expect(lines).toHaveLength(20);
        expect(lines.some(({ kept }) => kept.length > 0)).toBe(true);
        for (const { accountId, region, lineageId, stale, freed } of lines) {
          const estate = sweep.estates.find(
            (one) => one.accountId === accountId && one.region === region,
          )!;
          expect([lineageId, freed?.bytes]).toEqual([
            lineageId,
            freedByBruteForce(estate, lineageId, stale),
          ]);
        }
        for (const { freed, freedButLastCopy, reported, upTo } of lines) {
          expect(reported.bytes).toBeLessThanOrEqual(upTo.bytes);
          expect(freed!.bytes).toBeGreaterThan(0);
          expect(freed!.bytes).toBeLessThanOrEqual(upTo.bytes + BLOCK_BYTES);
          expect(freedButLastCopy!.bytes).toBeLessThanOrEqual(freed!.bytes);
        }
        expect(lines.reduce((sum, { requests }) => sum + requests, 0)).toBe(sent());
        expect(stdout).toContain(`${sent().toLocaleString('en-US')} requests sent: `);
      }),
    60_000,
  );

  it('takes no more requests than it said, and says it before it sends any', async () =>
    afterReport(async ({ measure, sent, sweep }) => {
      const asked = await measure({ yes: false, json: true, top: 8 });
      expect([asked.code, sent(), asked.lines]).toEqual([0, 0, []]);
      expect(sweep.simulation.calls.total['sts:AssumeRole']).toBeGreaterThan(0);
      const { estimate, agreed } = JSON.parse(asked.stdout);
      expect(agreed).toBe(false);
      const { code } = await measure({ json: true, top: 8 });
      expect(code).toBe(0);
      expect(sent()).toBeGreaterThanOrEqual(estimate.requests.atLeast);
      // Empty pages come on top.
      expect(sent()).toBeLessThanOrEqual(estimate.requests.atMost * 1.5);
    }));

  it('sends nothing where nobody agrees: without a terminal, and after a no', async () =>
    afterReport(async ({ measure, sent, sweep }) => {
      const assumed = sweep.simulation.calls.total['sts:AssumeRole'];
      const alone = await measure({ yes: false });
      expect(alone.code).toBe(0);
      expect(alone.stdout).toMatch(
        /requests {2}from [\d,]+ to about [\d,]+.*\n[^]*Nothing was sent\. To measure: the same command with --yes\./,
      );
      const refused = await measure({ yes: false, answer: '' });
      expect([refused.code, refused.stdout]).toEqual([0, '']);
      expect([sent(), sweep.simulation.calls.total['sts:AssumeRole']]).toEqual([0, assumed]);
      const agreed = await measure({ yes: false, answer: 'y', top: 1 });
      expect([agreed.code, agreed.lines.length]).toEqual([0, 1]);
      expect(sent()).toBeGreaterThan(0);
    }));

  it('never sends a request more than are allowed, retries included, and tells what stays unmeasured', async () =>
    afterReport(async ({ measure, sent, sweep }) => {
      const faults: SimFault[] = [
        { operation: 'ListChangedBlocks', answer: 'throttle', calls: { from: 1, to: 2 } },
        { operation: 'ListSnapshotBlocks', answer: 'error', calls: { from: 1, to: 2 } },
      ];
      sweep.simulation.setFaults(faults);
      const { code, lines, stdout } = await measure({ maxRequests: 17 });
      expect([code, sent()]).toEqual([3, 17]);
      const failed = lines.filter(({ outcome }) => outcome === 'NOT_MEASURED');
      expect(new Set(failed.map(({ failure }) => failure?.code))).toEqual(
        new Set(['RequestBoundReached']),
      );
      for (const { freed, freedButLastCopy } of failed) {
        expect([freed, freedButLastCopy]).toEqual([null, null]);
      }
      expect(stdout).toContain('all 17 requests that were allowed have been sent');
    }));

  it('leaves out what cannot fit in what is allowed, says so, and sends nothing if nothing fits', async () =>
    afterReport(async ({ measure, sent, sweep }) => {
      const { findings, measured } = keysOf('first');
      const lines = (await sweep.store.get(findings))!.body.split('\n');
      const volumeOf = (line: string) =>
        line.includes('"STALE"') ? String(JSON.parse(line).evidence.volumeId) : '';
      const volumes = lines.map(volumeOf);
      // Each of those that stay takes two requests at least.
      const several = lines.filter(
        (line) => volumes.filter((id) => id === volumeOf(line)).length > 1,
      );
      await sweep.store.put(findings, several.join('\n'));
      const nothing = await measure({ maxRequests: 1 });
      expect([nothing.code, sent(), nothing.lines]).toEqual([3, 0, []]);
      expect(nothing.stdout.replace(/\s+/g, ' ')).toMatch(
        /Left out, as 1 are not enough for them, too: \d+ volumes .* Nothing was sent\./,
      );
      const least = Number(
        /needs about (\d+) requests/.exec(nothing.stdout.replace(/\s+/g, ' '))?.[1],
      );
      const some = await measure({ maxRequests: least, top: 1 });
      expect(sent()).toBeLessThanOrEqual(least);
      expect([some.lines.length, (await sweep.store.get(measured))!.body]).toEqual([
        1,
        expect.stringContaining('lineageId'),
      ]);
    }));

  it('goes on with what is not measured yet, and pays for nothing twice', async () =>
    afterReport(async ({ measure, sent, sweep }) => {
      const first = await measure({ maxRequests: 30 });
      expect(first.code).toBe(3);
      const done = first.lines.filter(({ outcome }) => outcome === 'MEASURED');
      expect(done.length).toBeGreaterThan(0);
      const second = await measure();
      expect([second.code, second.lines.length]).toEqual([0, 20]);
      expect(second.lines).toEqual(expect.arrayContaining(done));
      const before = [sent(), (await sweep.store.get(keysOf('first').measured))!.body];
      const third = await measure();
      expect(third.code).toBe(0);
      expect(third.stdout).toContain('Measured 20 of 20 volumes');
      expect(third.stdout).toContain('No request was sent.');
      expect([sent(), (await sweep.store.get(keysOf('first').measured))!.body]).toEqual(before);
    }));

  it('stops at Ctrl-C after the request under way, and keeps what it has', async () =>
    afterReport(async ({ measure, sent }) => {
      const { code, lines } = await measure({ interruptAfter: 12 });
      expect(code).toBe(3);
      // Two targets at once: each may have sent one more when it hears of it.
      expect(sent()).toBeLessThanOrEqual(13);
      expect(lines).toHaveLength(20);
      expect(lines.some(({ outcome }) => outcome === 'MEASURED')).toBe(true);
      expect(lines.at(-1)).toMatchObject({ freed: null, failure: { code: 'Interrupted' } });
    }));

  it.each([
    ['deny', 'AccessDeniedException'],
    ['throttle', 'RequestThrottledException'],
    ['html', 'Http500'],
  ] as const)('tells a failure as it came, and never a 0: %s', async (answer, code) =>
    afterReport(async ({ measure, sweep }) => {
      const { accountId } = sweep.estates[0]!;
      sweep.simulation.setFaults([
        { operation: 'ListChangedBlocks', accountId, answer },
        { operation: 'ListSnapshotBlocks', accountId, answer },
      ]);
      const { code: exitCode, lines, stdout } = await measure();
      expect(exitCode).toBe(3);
      const [there, elsewhere] = [true, false].map((isThere) =>
        lines.filter((line) => (line.accountId === accountId) === isThere),
      ) as [MeasuredLineage[], MeasuredLineage[]];
      expect(Math.min(there.length, elsewhere.length)).toBeGreaterThan(1);
      for (const line of there) {
        expect(line).toMatchObject({ outcome: 'NOT_MEASURED', freed: null, failure: { code } });
        expect(line.requests).toBeGreaterThan(0);
      }
      expect(elsewhere.every(({ outcome }) => outcome === 'MEASURED')).toBe(true);
      expect(stdout).toContain(`\n    ${there[0]!.lineageId}  ${accountId}  `);
    }),
  );

  it('measures what is left of snapshots that went meanwhile, and names those', async () =>
    afterReport(async ({ measure, sweep }) => {
      const [planned] = (await measure({ top: 20 })).lines.filter(({ stale }) => stale.length > 1);
      const [gone = ''] = planned!.stale;
      const estate = sweep.estates.find(({ accountId }) => accountId === planned!.accountId)!;
      estate.deleteSnapshot(gone);
      await sweep.store.put(keysOf('first').measured, '');
      const again = (await measure()).lines.find(
        ({ lineageId }) => lineageId === planned!.lineageId,
      )!;
      expect(again.notMeasured).toContainEqual({ resourceId: gone, reason: 'GONE' });
      expect(again.freed!.bytes).toBeLessThan(planned!.freed!.bytes);
      for (const id of planned!.stale.slice(1)) estate.deleteSnapshot(id);
      await sweep.store.put(keysOf('first').measured, '');
      const none = (await measure()).lines.find(
        ({ lineageId }) => lineageId === planned!.lineageId,
      )!;
      expect(none).toMatchObject({ freed: null, failure: { code: 'NothingLeft' } });
    }));

  it(
    'takes archived snapshots for whole by themselves, and leaves them out',
    async () =>
      afterReport(async ({ measure, sweep }) => {
        const { lines } = await measure({ top: 1000 });
        const withArchived = lines.filter(({ notMeasured }) => notMeasured.length > 0);
        expect(withArchived.length).toBeGreaterThan(0);
        for (const { accountId, notMeasured, stale, kept } of withArchived) {
          const estate = sweep.estates.find((one) => one.accountId === accountId)!;
          for (const { resourceId, reason } of notMeasured) {
            expect([estate.snapshot(resourceId)?.storageTier, reason]).toEqual([
              'archive',
              'ARCHIVED',
            ]);
            expect([...stale, ...kept]).not.toContain(resourceId);
          }
        }
      }),
    60_000,
  );

  it('measures nothing where a snapshot of the volume is not completed yet', async () =>
    afterReport(async ({ measure, sweep }) => {
      const [estate] = sweep.estates as [SimEstate];
      const [line] = (await measure()).lines.filter(
        ({ accountId }) => accountId === estate.accountId,
      );
      const snapshot = estate.snapshot(line!.stale[0]!)!;
      const pending = {
        ...snapshot,
        snapshotId: 'snap-0aaaaaaaaaaaaaaaa',
        state: 'pending' as const,
      };
      estate.putSnapshot({ ...pending, startTime: sweep.clock.now() });
      await sweep.store.put(keysOf('first').measured, '');
      const again = (await measure()).lines.find(({ lineageId }) => lineageId === line!.lineageId);
      expect(again).toMatchObject({ freed: null, failure: { code: 'SnapshotPending' } });
    }));

  it('refuses an execution that is not there', async () =>
    afterReport(async ({ measure }) => {
      await expect(measure({ executionId: 'other' })).rejects.toThrow(
        "Execution other isn't in memory. The only one there is first.",
      );
    }));
});
