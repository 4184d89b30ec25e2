import { PRICES } from '../../../kinds/registry.ts';
import { execute } from '../../../local/environment/execute.ts';
import { defaultScenario } from '../../../simulation/scenarios/default.ts';
import {
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';

const DAY_MS = 86_400_000;
const OWN_PRICES = {
  schemaVersion: 1,
  asOf: '2026-11-01',
  source: 'https://prices.example.com/2026-11',
  regions: {
    'eu-west-1': {
      standardUsdPerGiBMonth: 0.1,
      archiveUsdPerGiBMonth: 0,
      fastRestoreUsdPerZoneHour: 1,
    },
  },
};
const IN_IRELAND = { scope: { regions: ['eu-west-1'] } };

let sweep: SimulatedSweep;
beforeEach(async () => {
  sweep = await openSimulatedSweep(defaultScenario);
});
afterEach(async () => sweep.close());

const archivedIn = ({ findings }: SweepFiles) =>
  findings.filter(({ evidence }) => evidence['storageTier'] === 'archive');

describe('what an execution says things cost', () => {
  it('goes by the built-in prices, and says whose and of when they are', async () => {
    const { summary, findings } = await sweep.run({
      scope: { regions: ['us-east-1', 'eu-west-1'] },
    });
    expect(summary.prices).toEqual({
      asOf: PRICES.builtIn.asOf,
      source: PRICES.builtIn.source,
      moreSources: 2,
    });
    const unpriced = findings.filter(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo === null);
    expect(unpriced.length).toBeGreaterThan(0);
    for (const { region, evidence } of unpriced) {
      expect([region, evidence['storageTier']]).toEqual(['eu-west-1', 'archive']);
    }
  });

  it('leaves no unused GiB of the standard tier without a price, in any Region', async () => {
    const { standard } = (await sweep.run()).summary.counts.staleByTier;
    expect(standard).toMatchObject({
      stale: expect.any(Number),
      unpricedGiB: 0,
      unpricedUnsized: 0,
    });
    expect(standard?.sizeGiB).toBeGreaterThan(0);
    // Nor did anybody ask AWS for one.
    const services = Object.keys(sweep.simulation.calls.total).map((call) => call.split(':')[0]);
    expect(new Set(services)).not.toContain('pricing');
  });

  it("goes by the store's own prices, to the end, whatever becomes of them meanwhile", async () => {
    const { store } = sweep.environment.deps;
    await store.put('prices.json', JSON.stringify(OWN_PRICES));
    const replaced = { ...OWN_PRICES, regions: {}, asOf: '2026-12-01' };
    const environment = {
      ...sweep.environment,
      wrap: ((name, call) => async (event) => {
        if (name === 'ListRegionsFunctionArn') {
          await store.put('prices.json', JSON.stringify(replaced));
        }
        return call(event);
      }) satisfies typeof sweep.environment.wrap,
    };
    const { result } = await execute(environment, {
      executionId: 'own-prices',
      input: { ...defaultScenario.input, ...IN_IRELAND },
      topic: undefined,
    });
    expect(result.status).toBe('SUCCEEDED');
    const summary = JSON.parse(
      (await store.get('executions/own-prices/summary.json'))?.body ?? '{}',
    );
    expect(summary.prices).toEqual({ asOf: OWN_PRICES.asOf, source: OWN_PRICES.source });
    expect(summary.counts.unpricedGiB).toBe(0);
    const { standard, archive } = summary.counts.staleByTier;
    expect(standard.monthlyCostUsdUpTo).toBeGreaterThan(0);
    expect(archive).toMatchObject({ monthlyCostUsdUpTo: 0, unpricedGiB: 0, unpricedUnsized: 0 });
    expect(archive.sizeGiB).toBeGreaterThan(0);
    const fastRestore = summary.counts.extraCharges['fast-restore'];
    expect(fastRestore.monthlyCostUsdUpTo).toBe(fastRestore.units * 744);
  });

  it('goes by the built-in prices where its own have a mistake, and names the field', async () => {
    const { store } = sweep.environment.deps;
    const bad = { ...OWN_PRICES, regions: { 'eu-west-1': { standardUsdPerGiBMonth: -1 } } };
    await store.put('prices.json', JSON.stringify(bad));
    const { summary } = await sweep.run(IN_IRELAND);
    expect(summary.prices?.source).toBe(PRICES.builtIn.source);
    expect(summary.pricesFailure).toContain(
      'prices.json.regions.eu-west-1.standardUsdPerGiBMonth: -1 – accepted: 0 or more',
    );
  });
});

describe('archived snapshots', () => {
  it('are counted by how long they are billed for in any case', async () => {
    const files = await sweep.run(IN_IRELAND);
    const now = Date.parse(files.summary.startedAt);
    const untilWhen = archivedIn(files).map(({ accountId, region, resourceId }) => {
      const { archivedAt } = sweep.organization.estate(accountId, region).snapshot(resourceId)!;
      return (archivedAt?.getTime() ?? 0) + 90 * DAY_MS;
    });
    const inMinimum = untilWhen.filter((until) => until > now).length;
    expect(inMinimum).toBeGreaterThan(0);
    expect(inMinimum).toBeLessThan(untilWhen.length);
    expect(files.summary.counts.staleByTier['archive']).toMatchObject({
      stale: untilWhen.length,
      inMinimum,
    });
  });

  it.each(['deny', 'throttle'] as const)(
    'stay what they are where EC2 does not say since when: %s',
    async (answer) => {
      // The same operation tells of moves between tiers, without which nothing is stale.
      const input = { ...IN_IRELAND, policy: { skipReferences: ['tier-changes'] } };
      const known = await sweep.run(input);
      sweep.simulation.setFaults([{ operation: 'DescribeSnapshotTierStatus', answer }]);
      const unknown = await sweep.run(input);
      expect(unknown.summary.status).toBe('COMPLETE');
      expect(unknown.summary.counts.verdicts).toEqual(known.summary.counts.verdicts);
      const { stale, minimumUnknown, inMinimum } = unknown.summary.counts.staleByTier['archive']!;
      expect({ minimumUnknown, inMinimum }).toEqual({ minimumUnknown: stale, inMinimum: 0 });
      expect(archivedIn(unknown).map(({ evidence }) => evidence['archivedAt'])).toEqual(
        Array(stale).fill(null),
      );
    },
  );
});

describe('organizational units', () => {
  it('have their names, with those of the units they are in', async () => {
    const { summary } = await sweep.run(IN_IRELAND);
    const names = Object.values(summary.byOrganizationalUnit).map(({ name }) => name);
    expect(names.toSorted()).toEqual([
      'Closing down',
      'Development',
      'Development / Test',
      'Infrastructure',
      'Production',
      'Root',
      'Sandbox',
      'Security',
    ]);
    expect(sweep.simulation.calls.total['organizations:DescribeOrganizationalUnit']).toBe(7);
  });

  it('go by their ids where Organizations does not tell, and nothing else is missing', async () => {
    sweep.simulation.setFaults([{ operation: 'DescribeOrganizationalUnit', answer: 'deny' }]);
    const { summary } = await sweep.run(IN_IRELAND);
    expect(summary.status).toBe('COMPLETE');
    const units = Object.entries(summary.byOrganizationalUnit);
    expect(units.length).toBeGreaterThan(5);
    expect(units.filter(([, { name }]) => name !== null).map(([id]) => id)).toEqual(['r-s1m0']);
    expect(sweep.simulation.calls.total['organizations:DescribeOrganizationalUnit']).toBe(1);
  });
});
