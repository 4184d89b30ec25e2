import type { Clock } from '../../clock/clock.ts';
import type { HubDescription } from '../../aws/hub/hub-description.ts';
import { type Floors, noFloors } from '../../core/floors/floors.ts';
import { type OrgsweepConfig, readConfig } from '../../infra/config/config.ts';
import { SKIPPABLE_SOURCES } from '../../kinds/registry.ts';
import type { Scenario } from '../../simulation/model/organization.ts';
import {
  type Simulation,
  type SimulationOptions,
  startSimulation,
} from '../../simulation/server.ts';
import type { Definition } from '../../statemachine/asl.ts';
import { SimulatedDeployment } from './deployment.ts';
import { firstFree, HubAccount } from './hub-account.ts';
import {
  refuseOfOthers,
  refuseTogether,
  refuseUnlessAgreed,
  refuseUnlessThere,
} from './refusals.ts';
import { RecycleBinRules, rolesOf } from './roll-out.ts';
import { troubled } from '../environment/simulated-environment.ts';

export { PEOPLE } from './hub-account.ts';

export interface SimulatedHubOptions {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly enableDeletion: boolean;
  /** `deletion.floors` of its configuration; left out: none. */
  readonly floors?: Floors;
  /** Of each hub, instead of the two above. */
  readonly configs?: readonly OrgsweepConfig[];
  /** Whether roles and Recycle Bin rules are where the configurations say; else as the scenario has them. */
  readonly rollsOut?: boolean;
  readonly port?: number;
  /** Milliseconds to wait for so many seconds of a Retry. */
  readonly retryWait: (seconds: number) => number;
  /** Instead of what the simulation says that people may. */
  readonly mayCall?: SimulationOptions['mayCall'];
  /** Of the state machine; left out: that of this version. */
  readonly definition?: Definition;
}

/** What a deployment did to one hub. */
export interface Deployed {
  readonly what: 'DEPLOYED' | 'DEPLOYED_AGAIN' | 'DESTROYED';
  readonly config: OrgsweepConfig;
  readonly hub: HubDescription;
  readonly sealKeyArn: string;
}

export interface SimulatedHubs {
  readonly simulation: Simulation;
  /** The first one; not to be asked for where none is deployed. */
  readonly hub: HubDescription;
  readonly deployed: readonly Deployed[];
  /**
   * Makes these the hubs that there are. Bucket and key of one that goes stay.
   *
   * @returns what was done; a hub whose configuration is the same is left alone
   * @throws {InvalidInput} and then nothing is changed
   */
  deploy(configs: readonly OrgsweepConfig[]): readonly Deployed[];
  /** From now on this goes wrong, and these are the accounts; what is in them stays. */
  become(scenario: Scenario): void;
}

/**
 * A simulated organization in whose hub account orgsweep is deployed: the state machine and its
 * functions run in this process, over the simulated S3 bucket, and are started and followed over
 * Step Functions' own protocol.
 */
export async function startSimulatedHub(options: SimulatedHubOptions): Promise<SimulatedHubs> {
  const { scenario, clock, retryWait, definition, rollsOut = false } = options;
  const organization = scenario.build(clock.now());
  const { hubAccountId } = organization;
  const hubs: SimulatedDeployment[] = [];
  const account = new HubAccount(hubAccountId);
  const rules = new RecycleBinRules(organization, scenario.seed);
  let trouble = troubled(scenario, retryWait);
  const configs = () => hubs.map(({ config }) => config);
  const simulation: Simulation = await startSimulation({
    organization,
    clock,
    seed: scenario.seed,
    faults: scenario.faults,
    ...account,
    ...(rollsOut && { spokeRoleOf: rolesOf(organization, configs) }),
    ...(options.mayCall !== undefined && { mayCall: options.mayCall }),
    ...(options.port !== undefined && { port: options.port }),
  });
  const place = {
    ...{ hubAccountId, clock, retryWait, definition },
    ...{ simulation: () => simulation, trouble: () => trouble },
  };
  const newHub = (config: OrgsweepConfig) => {
    const { bucketNames } = simulation.buckets;
    const { store, prefix } = config;
    const bucket =
      store.bucketName ?? firstFree(`${prefix}-hub`, (name) => bucketNames.includes(name));
    const sealKeyArn = store.sealKeyArn ?? account.newKeyFor(prefix);
    return new SimulatedDeployment(config, { ...place, bucket, sealKeyArn });
  };

  function refuse(config: OrgsweepConfig): void {
    refuseOfOthers(config, organization);
    const before = hubs.find((one) => isSameHub(one.config, config));
    const keyArns = account.macKeys.map(({ arn }) => arn);
    if (before !== undefined) refuseUnlessAgreed(config, before.config);
    else refuseUnlessThere(config, { bucketNames: simulation.buckets.bucketNames, keyArns });
  }

  function deploy(wanted: readonly OrgsweepConfig[]): readonly Deployed[] {
    refuseTogether(wanted);
    for (const config of wanted) refuse(config);
    const gone = hubs.filter(({ config }) => !wanted.some((one) => isSameHub(one, config)));
    for (const one of gone) one.destroy();
    const told = gone.map((hub) => toldOf('DESTROYED', hub));
    const there = wanted.map((config) => {
      const before = hubs.find((one) => isSameHub(one.config, config));
      const hub = before ?? newHub(config);
      if (before === undefined) told.push(toldOf('DEPLOYED', hub));
      else if (JSON.stringify(before.config) !== JSON.stringify(config)) {
        before.redeploy(config);
        told.push(toldOf('DEPLOYED_AGAIN', hub));
      }
      simulation.buckets.makeBucket(hub.place.bucket);
      return hub;
    });
    hubs.splice(0, hubs.length, ...there);
    account.become(hubs);
    if (rollsOut) rules.rollOut(configs());
    return told;
  }

  try {
    const deployed = deploy(options.configs ?? [configFor(options)]);
    const become = (next: Scenario) => {
      trouble = troubled(next, retryWait);
      organization.accounts = next.build(clock.now()).accounts;
      simulation.setFaults(next.faults);
    };
    return {
      ...{ simulation, deployed, deploy, become },
      get hub() {
        return hubs[0]!.description;
      },
    };
  } catch (error) {
    await simulation.close();
    throw error;
  }
}

function configFor({ enableDeletion, floors }: SimulatedHubOptions): OrgsweepConfig {
  return readConfig({
    deletion: { enabled: enableDeletion, floors: floors ?? noFloors(SKIPPABLE_SOURCES) },
  });
}

function isSameHub(one: OrgsweepConfig, other: OrgsweepConfig): boolean {
  return one.prefix === other.prefix;
}

function toldOf(what: Deployed['what'], hub: SimulatedDeployment): Deployed {
  const { config, description, place } = hub;
  return { what, config, hub: description, sealKeyArn: place.sealKeyArn };
}
