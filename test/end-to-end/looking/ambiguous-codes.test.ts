import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import { openSimulatedSweep, type SimulatedSweep } from '../../support/simulated-sweep.ts';

const HUB = '310000000001';
const SPOKE = '310000000002';
const SCENARIO = {
  accounts: [{ id: HUB, notOptedIn: ['ap-east-1'] }, { id: SPOKE }],
  regions: ['us-east-1', 'ap-east-1'],
  snapshotsPerTarget: 10,
};

describe.each([
  // What is thrown where the snapshots can't be listed, and what a source answers.
  'DescribeSnapshots',
  'DescribeImages',
])('one code with several meanings, of %s', (operation) => {
  let sweep: SimulatedSweep;
  beforeAll(async () => {
    sweep = await openSimulatedSweep(parseScenarioFile(JSON.stringify(SCENARIO)), { speed: 60 });
  });
  afterAll(async () => sweep.close());

  async function gapIn(region: string, answer: SimFault['answer']) {
    sweep.simulation.setFaults([{ operation, accountId: SPOKE, region, answer }]);
    const { summary, text } = await sweep.run({ scope: { accounts: [SPOKE] } });
    const { gaps } = summary.coverage;
    expect(gaps).toHaveLength(1);
    return { gap: gaps[0], text };
  }

  it.each(['unknown-key', 'signature', 'unsubscribed'] as const)(
    '%s in a Region that needs no opt-in never means a disabled one',
    async (answer) => {
      const { gap, text } = await gapIn('us-east-1', answer);
      expect(gap).toMatchObject({ region: 'us-east-1', status: 'FAILED' });
      expect(gap?.failure).toMatchObject({
        code: answer === 'unsubscribed' ? 'OptInRequired' : 'AuthFailure',
        operation: `ec2:${operation}`,
      });
      expect(gap?.failure?.requestId).toBeDefined();
      expect(text).not.toMatch(/disabled|Exclude the Region/);
    },
  );

  it.each(['unknown-key', 'unsubscribed'] as const)(
    '%s in an opt-in Region means that it is disabled',
    async (answer) => {
      const { gap } = await gapIn('ap-east-1', answer);
      expect(gap).toMatchObject({ region: 'ap-east-1', status: 'REGION_DISABLED' });
    },
  );

  it('a denial names the operation', async () => {
    const { gap } = await gapIn('us-east-1', 'deny');
    expect(gap).toMatchObject({
      status: 'ACCESS_DENIED',
      failure: { code: 'UnauthorizedOperation', operation: `ec2:${operation}` },
    });
  });

  it('expired credentials are told by their code and operation', async () => {
    const { gap } = await gapIn('us-east-1', 'expired');
    expect(gap).toMatchObject({
      status: 'FAILED',
      failure: { code: 'RequestExpired', operation: `ec2:${operation}` },
    });
  });
});
