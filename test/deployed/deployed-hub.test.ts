import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../clock/clock.ts';
import { makeKmsClient, makeKmsSeals } from '../../aws/sessions/kms-seals.ts';
import { Plan } from '../../core/plan/plan.ts';
import { Summary } from '../../core/summary/summary.ts';
import { type COUNTED, counted } from '../../docs/generate/cost/counted.ts';
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';
import { type Simulation, startSimulation } from '../../simulation/server.ts';
import { keysOf } from '../../store/keys.ts';
import { steadyScenario } from '../support/organizations/steady-scenario.ts';
import { bucketOf, type DeployedHub, deployHub, macKeysOf } from './deployed-hub.ts';
import { resolveTemplate } from './resolved-template.ts';
import { type Synthesized, synthesize } from './synthesized.ts';

const SCENARIO_SIZE = { accounts: 2, regions: 2, snapshotsPerTarget: 15, seed: 7 };
const SCENARIO = steadyScenario(SCENARIO_SIZE);
const ORGANIZATION = 'o-simulated01';
const REGION = 'us-east-1';

let folder: string;
let hub: Synthesized;
let stackSets: Synthesized;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-deployed-'));
  const stacks = await synthesize(folder, {
    orgsweep: {
      organizationId: ORGANIZATION,
      organizationalUnits: ['r-ab12'],
      deletion: { enabled: true, organizationalUnits: ['ou-ab12-cdef3456'] },
    },
  });
  hub = stackWith(stacks, 'AWS::StepFunctions::StateMachine');
  stackSets = stackWith(stacks, 'AWS::CloudFormation::StackSet');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stackWith(stacks: readonly Synthesized[], type: string): Synthesized {
  const found = stacks.find(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === type),
  );
  if (found === undefined) throw new Error(`no stack has a ${type}`);
  return found;
}

async function open(): Promise<{
  hub: DeployedHub;
  simulation: Simulation;
  close(): Promise<void>;
}> {
  const organization = SCENARIO.build(systemClock.now());
  const into = {
    accountId: organization.hubAccountId,
    region: REGION,
    partition: 'aws',
    organizationId: ORGANIZATION,
  };
  const resources = resolveTemplate(hub.template, into);
  const topicArns = Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::SNS::Topic')
    .map(([id, { Properties }]) => {
      const name = String(Properties?.['TopicName'] ?? id);
      return `arn:aws:sns:${REGION}:${organization.hubAccountId}:${name}`;
    });
  const simulation = await startSimulation({
    organization,
    clock: systemClock,
    seed: SCENARIO.seed,
    buckets: [bucketOf(resources)],
    topicArns,
    macKeys: macKeysOf(resources, into),
  });
  const deployed = await deployHub({ hub, stackSets }, into, simulation);
  return {
    hub: deployed,
    simulation,
    close: async () => {
      await deployed.close();
      await simulation.close();
    },
  };
}

describe('the synthesized hub: its own definition, bundles, environment and roles', () => {
  let deployed: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    deployed = await open();
  });
  afterAll(async () => deployed.close());

  let ending: unknown;
  const read = async <T>(key: string, schema: { parse(value: unknown): T }): Promise<T> => {
    const found = await deployed.hub.store.get(key);
    if (found === undefined) {
      const told = { denied: deployed.hub.denials(), ending, logs: deployed.hub.logs() };
      throw new Error(`${key} isn't there: ${JSON.stringify(told, null, 2)}`);
    }
    return schema.parse(JSON.parse(found.body));
  };

  it('reports over the whole organization, and removes nothing', async () => {
    const result = await deployed.hub.run('deployed-report', {});
    ending = result;
    const calls = { ...deployed.simulation.calls.total };
    const summary = await read(keysOf('deployed-report').summary, Summary);
    expect({
      result: result.status,
      status: summary.status,
      denied: deployed.hub.denials(),
    }).toEqual({ result: 'SUCCEEDED', status: 'COMPLETE', denied: {} });
    expect(summary.coverage.complete).toBeGreaterThan(3);
    expect(summary.counts.verdicts.STALE).toBeGreaterThan(0);
    expect(deployed.simulation.publishedMessages).toHaveLength(1);
    expect(deployed.simulation.calls.total['ec2:DeleteSnapshot']).toBeUndefined();
    const { accounts } = SCENARIO_SIZE;
    const expected = (what: keyof typeof COUNTED) =>
      counted(what, accounts, summary.coverage.inScope);
    let handedOn = 0;
    for await (const _key of deployed.hub.store.list(
      keysOf('deployed-report').foreignReferencesPrefix,
    ))
      handedOn += 1;
    const withoutAmis = summary.coverage.inScope - handedOn;
    expect(withoutAmis).toBeLessThan(summary.coverage.inScope / 2);
    // What docs/operating.md works its costs out from.
    expect({
      transitions: result.transitions,
      assumedRoles: calls['sts:AssumeRole'],
      puts: calls['s3:PutObject'],
      gets: calls['s3:GetObject'],
      lists: calls['s3:ListObjectsV2'],
    }).toEqual({
      transitions: expected('transitions'),
      assumedRoles: expected('assumedRoles'),
      puts: expected('puts') - withoutAmis,
      gets: expected('gets') - 2 * withoutAmis,
      lists: expected('lists'),
    });
  }, 120_000);

  it('deletes exactly what it planned', async () => {
    const result = await deployed.hub.run('deployed-delete', {
      mode: 'delete',
      policy: { graceDays: 0 },
    });
    ending = result;
    const plan = await read(keysOf('deployed-delete').plan, Plan);
    const summary = await read(keysOf('deployed-delete').summary, Summary);
    expect({
      result: result.status,
      status: summary.status,
      denied: deployed.hub.denials(),
    }).toEqual({ result: 'SUCCEEDED', status: 'COMPLETE', denied: {} });
    expect(plan.removals.length).toBeGreaterThan(3);
    expect(summary.removals.byOutcome).toMatchObject({ REMOVED: plan.removals.length });
  }, 180_000);

  it('gives those functions what executions seal with that have the key named, and no other role', async () => {
    const [{ arn = '' } = {}] = macKeysOf(deployed.hub.resources, {
      ...{ accountId: SCENARIO.build(systemClock.now()).hubAccountId },
      ...{ region: REGION, partition: 'aws' },
    });
    const given: string[] = [];
    const refused: string[] = [];
    for (const [name, endpoint] of deployed.hub.endpoints) {
      const { credentials } = deployed.simulation;
      const { kms } = makeKmsClient({ endpoint, credentials, region: REGION, maxAttempts: 1 });
      const sealOf = makeKmsSeals(kms, arn);
      await sealOf('deployed-delete').then(
        () => given.push(name),
        (error: unknown) => refused.push(`${name}: ${(error as Error).name}`),
      );
      kms.destroy();
    }
    const told = (Object.keys(DEPLOYED) as DeployedName[]).filter(
      (name) => 'SEAL_KEY_ARN' in DEPLOYED[name].env.shape,
    );
    expect(given.toSorted()).toEqual(
      told.map((name) => `orgsweep-hub-${kebabName(name)}`).toSorted(),
    );
    expect(refused.toSorted()).toEqual([
      'orgsweep-hub-request-approval: SealUnavailable',
      'orgsweep-hub-start-governance-run: SealUnavailable',
      'orgsweep-hub-state-machine: SealUnavailable',
    ]);
  }, 60_000);
});
