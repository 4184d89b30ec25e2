import type { SimFault } from '../../../simulation/model/fault.ts';
import type { Scenario, SimEstate, SimVolume } from '../../../simulation/model/organization.ts';
import type { SimRetentionRule } from '../../../simulation/model/recycle-bin.ts';
import type { Store } from '../../../store/store.ts';
import type { MayChange } from '../../../simulation/services/ec2/role-conditions.ts';
import { restoreExecution } from '../../../steps/restore/restore-execution.ts';
import { retriesBy } from '../aws/retries.ts';
import { makeManualClock, NOW } from '../manual-clock.ts';
import { openSimulatedSweep } from '../simulated-sweep.ts';
import { SPOKE, tinyId, tinyInstance, tinyOrganization, tinyVolume } from './tiny-organization.ts';

const DAY_MS = 86_400_000;
const REGION = 'eu-west-1';
/** Attached to what runs: it shows in CloudWatch. */
const CONTROL = 99;

const RULE_OF_VOLUMES: SimRetentionRule = {
  identifier: 'abcdefghijk',
  status: 'available',
  resourceType: 'EBS_VOLUME',
  retentionDays: 7,
  resourceTags: [{ key: 'orgsweep:marked', value: 'true' }],
};

export const volumeId = (number: number) => tinyId('vol', number);

/** One that an instance had until 100 days ago. */
export function unattached(number: number, different: Partial<SimVolume> = {}): SimVolume {
  const until = new Date(NOW.getTime() - 100 * DAY_MS);
  const rhythm = { instanceId: tinyId('i', 1_000 + number), until };
  return tinyVolume(number, { rhythm, availabilityZone: `${REGION}a`, type: 'gp3', ...different });
}

/** Executions that remove volumes of one account and Region, with a clock that moves by hand. */
export async function openVolumesSweep(
  volumes: readonly SimVolume[],
  options: {
    readonly rules?: readonly SimRetentionRule[];
    readonly faults?: readonly SimFault[];
    readonly mayChange?: MayChange;
    /** Left out: volumes alone. */
    readonly kinds?: readonly string[];
    readonly store?: (store: Store) => Store;
  } = {},
) {
  const clock = makeManualClock(NOW);
  const instanceId = tinyId('i', CONTROL);
  const attachments = [{ instanceId, device: '/dev/sdf', state: 'attached' as const }];
  const control = tinyVolume(CONTROL, { state: 'in-use', attachments });
  const contents = {
    volumes: [...volumes, control],
    instances: [tinyInstance(CONTROL, { volumeIds: [control.volumeId] })],
    retentionRules: options.rules ?? [RULE_OF_VOLUMES],
  };
  const scenario: Scenario = {
    ...{ name: 'volumes', description: 'Some volumes.', seed: 1, faults: [] },
    input: {
      ...{ scope: { accounts: [SPOKE], regions: [REGION] }, mode: 'delete' },
      ...{ remove: ['ebs-volume'], policy: { graceDays: 0 } },
    },
    build: () => tinyOrganization({ estates: { [`${SPOKE}/${REGION}`]: contents } }),
  };
  const sweep = await openSimulatedSweep(scenario, {
    clock,
    maxChildren: 1,
    kinds: options.kinds ?? ['ebs-volume'],
    retryStrategy: retriesBy((milliseconds) => {
      clock.advance(milliseconds);
      return 0;
    }),
    ...(options.faults && { faults: options.faults }),
    ...(options.mayChange && { mayChange: options.mayChange }),
    ...(options.store && { store: options.store }),
  });
  const estate: SimEstate = sweep.organization.estate(SPOKE, REGION);
  return {
    ...sweep,
    estate,
    run: async (input: Record<string, unknown> = {}) => sweep.run(input),
    later: (days: number) => clock.advance(days * DAY_MS),
    restore: async (executionId: string, resourceIds: readonly string[] = []) => {
      const request = { executionId, resourceIds, dryRun: false };
      const { resources } = await restoreExecution(sweep.environment.deps, request);
      return resources;
    },
    copies: (number = 1) => estate.snapshotsOfVolume(volumeId(number)),
  };
}
