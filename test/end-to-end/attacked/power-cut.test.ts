import path from 'node:path';
import { verifyPlan } from '../../../core/plan/digest.ts';
import { History } from '../../../core/history/history.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { Summary } from '../../../core/summary/summary.ts';
import { makeFolderStore } from '../../../store/folder/folder-store.ts';
import { withoutSeal } from '../../../store/fenced-store.ts';
import { Expected } from '../../../steps/expected.ts';
import { historyKeys, keysOf, leaseKey } from '../../../store/keys.ts';
import { LedgerBatch } from '../../../steps/ledger/ledger-batch.ts';
import { NotedDisk, NOTHING_UNSYNCED, ONLY_NAMES } from '../../support/stores/power-cut.ts';
import { AT_ONCE } from '../../support/removal-sweep.ts';
import { byHand, openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { resourceKey } from '../../../core/model/ids.ts';

describe('a power cut in the middle of a delete', () => {
  let sweep: SimulatedSweep;
  let noted: NotedDisk;
  beforeEach(async () => {
    sweep = await openSimulatedSweep(
      steadyScenario({ seed: 7, accounts: 2, regions: 1, snapshotsPerTarget: 40 }),
      {
        ...byHand(),
        isInFolder: true,
        store: (own) => {
          const root = path.dirname(own.locationOf('x.json'));
          noted = new NotedDisk(root);
          return makeFolderStore(root, noted.disk);
        },
      },
    );
  });
  afterEach(async () => sweep.close());

  it.each([
    ['that keeps nothing unsynced', NOTHING_UNSYNCED],
    ['that keeps names and no contents', ONLY_NAMES],
  ])(
    'on a disk %s finds the plan, the lease and the intents of all that may be gone',
    async (_, disk) => {
      sweep.simulation.onBeforeCall = ({ operation, accountId, region }) => {
        if (operation === 'DeleteSnapshot') noted.mark(`${accountId}/${region}`);
      };
      const { removals, executionId } = await sweep.run({ mode: 'delete', policy: AT_ONCE });
      expect(removals.length).toBeGreaterThan(3);
      const keys = keysOf(executionId);
      const requests = noted.acts.flatMap((act, n) => (act.act === 'MARK' ? [{ act, n }] : []));
      expect(requests.length).toBeGreaterThanOrEqual(removals.length);
      const requested = new Map<string, number>();
      for (const { act, n } of requests) {
        const [accountId = '', region = ''] = act.mark.split('/');
        const target = { accountId, region };
        const left = noted.after(n, disk);
        const read = (key: string): unknown =>
          JSON.parse(withoutSeal(left.get(key) ?? 'null')) as unknown;
        const plan = Plan.parse(read(keys.plan));
        expect(verifyPlan(plan)).toBe(true);
        expect(Expected.parse(read(keys.expected)).mode).toBe('delete');
        expect(read(leaseKey(target))).toMatchObject({ holder: executionId, released: false });
        expect(History.safeParse(read(historyKeys.staleSince(target))).success).toBe(true);
        const intents = [...left.keys()]
          .filter((key) => key.startsWith(keys.ledgerOfTargetPrefix(target)) && !key.includes('/.'))
          .flatMap((key) => LedgerBatch.parse(read(key)).entries);
        const planned = new Set(plan.removals.map(resourceKey));
        const begun = intents.filter((one) => planned.has(resourceKey({ ...one, ...target })));
        // Whatever was requested is among them: as many as there were requests, this one included.
        const count = (requested.get(act.mark) ?? 0) + 1;
        requested.set(act.mark, count);
        expect(begun.length).toBeGreaterThanOrEqual(count);
      }
    },
  );

  it('after the end leaves every file whole', async () => {
    const { executionId } = await sweep.run();
    const keys = keysOf(executionId);
    for (const disk of [NOTHING_UNSYNCED, ONLY_NAMES]) {
      const left = noted.after(noted.acts.length, disk);
      expect(Summary.safeParse(JSON.parse(left.get(keys.summary) ?? '')).success).toBe(true);
      for (const key of [keys.summaryText, keys.plan, keys.report, keys.findings, keys.targets])
        expect(left.get(key)).not.toBe('');
      const histories = [...left.keys()].filter((key) => key.startsWith('history/'));
      expect(histories.length).toBeGreaterThan(2);
      for (const key of histories)
        expect(() => JSON.parse(left.get(key) ?? '') as unknown).not.toThrow();
    }
  });
});
