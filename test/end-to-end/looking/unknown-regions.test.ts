import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const HUB = '310000000001';
const NOT_IN_THE_HUBS = '310000000002';
const NOWHERE = '310000000003';
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-east-1'];

/** Runs are made in us-east-1. */
async function open(accounts: readonly object[]): Promise<SimulatedSweep> {
  const file = { accounts, regions: REGIONS, snapshotsPerTarget: 10 };
  return openSimulatedSweep(parseScenarioFile(JSON.stringify(file)), { speed: 60 });
}

describe('an account that may not ask for its Regions in the Region of the hub', () => {
  let sweep: SimulatedSweep;
  beforeEach(async () => {
    sweep = await open([
      { id: HUB, notOptedIn: ['ap-east-1'] },
      { id: NOT_IN_THE_HUBS, deniedByScp: ['us-east-1'] },
      { id: NOWHERE, deniedByScp: REGIONS },
    ]);
  });
  afterEach(async () => sweep.close());

  const regionsOf = (sights: Awaited<ReturnType<SimulatedSweep['run']>>, accountId: string) =>
    Object.fromEntries(
      sights.targets
        .filter((target) => target.accountId === accountId)
        .map(({ region, status }) => [region ?? 'account', status]),
    );

  it('asks in another Region, and loses the denied one alone', async () => {
    const files = await sweep.run({ scope: { accounts: [NOT_IN_THE_HUBS] } });
    expect(regionsOf(files, NOT_IN_THE_HUBS)).toEqual({
      'ap-east-1': 'COMPLETE',
      'eu-central-1': 'COMPLETE',
      'eu-west-1': 'COMPLETE',
      'us-east-1': 'DENIED_BY_SCP',
    });
  });

  it('is complete where the scope leaves the denied Region out', async () => {
    const scope = { accounts: [NOT_IN_THE_HUBS], regions: ['eu-west-1'] };
    const { summary } = await sweep.run({ scope });
    expect(summary.status).toBe('COMPLETE');
    expect(summary.coverage).toMatchObject({ complete: 1, inScope: 1 });
  });

  it("that may not ask anywhere is looked at in the hub's Regions, and is never complete", async () => {
    const files = await sweep.run({ scope: { accounts: [NOWHERE] } });
    expect(regionsOf(files, NOWHERE)).toEqual({
      account: 'DENIED_BY_SCP',
      'eu-central-1': 'DENIED_BY_SCP',
      'eu-west-1': 'DENIED_BY_SCP',
      'us-east-1': 'DENIED_BY_SCP',
    });
    const whole = files.targets.find(
      ({ accountId, region }) => accountId === NOWHERE && region === null,
    );
    expect(whole?.failure).toMatchObject({
      code: 'UnauthorizedOperation',
      operation: 'ec2:DescribeRegions',
    });
  });

  it('that may not ask anywhere, but work, stays partial by its unknown Regions', async () => {
    sweep.simulation.setFaults([
      { operation: 'DescribeRegions', accountId: NOT_IN_THE_HUBS, answer: 'deny' },
    ]);
    const accepted = [{ regions: ['us-east-1'], reason: 'denied by SCP' }];
    const all = await sweep.run({ scope: { accounts: [NOT_IN_THE_HUBS], accepted } });
    expect(regionsOf(all, NOT_IN_THE_HUBS)).toEqual({
      account: 'ACCESS_DENIED',
      'eu-central-1': 'COMPLETE',
      'eu-west-1': 'COMPLETE',
      'us-east-1': 'DENIED_BY_SCP',
    });
    expect(all.summary.status).toBe('PARTIAL');
    const named = await sweep.run({
      scope: { accounts: [NOT_IN_THE_HUBS], regions: ['eu-west-1', 'ap-east-1'] },
    });
    expect(named.summary.status).toBe('COMPLETE');
    expect(named.summary.coverage).toMatchObject({ complete: 2, inScope: 2 });
  });

  it('asks each Region once at most, and no other one with credentials that are no good', async () => {
    await sweep.run({ scope: { accounts: [NOWHERE] } });
    const asked = REGIONS.map(
      (region) => sweep.simulation.calls.byTarget[`${NOWHERE}/${region}`]?.['ec2:DescribeRegions'],
    );
    expect(asked).toEqual([1, 1, 1, undefined]);
    sweep.simulation.setFaults([
      { operation: 'DescribeRegions', accountId: NOT_IN_THE_HUBS, answer: 'expired' },
    ]);
    const files = await sweep.run({ scope: { accounts: [NOT_IN_THE_HUBS] } });
    expect(regionsOf(files, NOT_IN_THE_HUBS)).toEqual({ account: 'FAILED' });
  });
});

describe('a hub that may not ask in its own Region', () => {
  it('asks in another, with an SCP on every account and one Region in scope', async () => {
    const denied = { deniedByScp: ['us-east-1', 'eu-central-1'] };
    const sweep = await open([
      { id: HUB },
      { id: NOT_IN_THE_HUBS, ...denied },
      { id: NOWHERE, ...denied },
    ]);
    try {
      sweep.simulation.setFaults([
        { operation: 'DescribeRegions', accountId: HUB, region: 'us-east-1', answer: 'deny' },
      ]);
      const scope = { accounts: [NOT_IN_THE_HUBS, NOWHERE], regions: ['eu-west-1'] };
      const { summary } = await sweep.run({ scope });
      expect(summary.status).toBe('COMPLETE');
      expect(summary.coverage).toMatchObject({ complete: 2, inScope: 2 });
    } finally {
      await sweep.close();
    }
  });

  it('goes on where it may not ask at all: each account says what it has', async () => {
    const sweep = await open([{ id: HUB }, { id: NOWHERE }]);
    try {
      sweep.simulation.setFaults([
        { operation: 'DescribeRegions', accountId: HUB, answer: 'deny' },
      ]);
      const { summary } = await sweep.run({ scope: { accounts: [NOWHERE] } });
      expect(summary.status).toBe('COMPLETE');
      expect(summary.coverage).toMatchObject({ complete: 4, inScope: 4 });
    } finally {
      await sweep.close();
    }
  });
});
