import { makeS3Client, makeS3Store } from '../adapters/s3-store.ts';
import { type Clock, systemClock } from '../adapters/clock.ts';
import { makeHubClients } from '../adapters/aws-clients.ts';
import { makeDeploymentClients } from '../adapters/deployment-clients.ts';
import { makeKmsClient, makeKmsSeals } from '../adapters/kms-seals.ts';
import { makeTaskCallbacks } from '../adapters/task-callbacks.ts';
import { decide } from '../functions/decide-approval.ts';
import type { HubDescription } from '../adapters/hub-description.ts';
import type { Floors } from '../core/floors.ts';
import { DEFAULT_HUB_NAME } from '../core/hub-name.ts';
import type { Scenario, SimOrganization } from '../simulation/model.ts';
import { type Simulation, type SimulationOptions, startSimulation } from '../simulation/server.ts';
import type { SimEnding, SimExecution, SimStateMachine } from '../simulation/state-machine.ts';
import { SimTaskFailure } from '../simulation/state-machine.ts';
import { DEFAULT_ROLE_NAMES } from './arguments.ts';
import { makeLoopbackNetwork } from './aws-access/network.ts';
import { connect, type Environment } from './environment.ts';
import type { CallbackWait, Progress } from './engine.ts';
import { execute } from './execute.ts';
import { troubled } from './simulated-environment.ts';
import { StatesError } from './states-error.ts';

const REGION = 'us-east-1';
const NAME = 'orgsweep';
/** AWS shares this process with everything that is executed. */
const MAX_CHILDREN = 4;
/** The SDK waits between its attempts in real time. */
const MAX_ATTEMPTS = 3;

export interface SimulatedHubOptions {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly enableDeletion: boolean;
  /** `deletion.floors` of its configuration; left out: none. */
  readonly floors?: Floors;
  readonly port?: number;
  /** Milliseconds to wait for so many seconds of a Retry. */
  readonly retryWait: (seconds: number) => number;
  /** Instead of what the simulation says that people may. */
  readonly mayCall?: SimulationOptions['mayCall'];
}

/**
 * A simulated organization in whose hub account orgsweep is deployed: the state machine and its
 * functions run in this process, over the simulated S3 bucket, and are started and followed over
 * Step Functions' own protocol.
 */
export async function startSimulatedHub(
  options: SimulatedHubOptions,
): Promise<{ simulation: Simulation; hub: HubDescription }> {
  const { scenario, clock } = options;
  const organization = scenario.build(clock.now());
  const hub = describeHub(organization);
  let environment: Promise<Environment> | undefined;
  const machine: SimStateMachine = {
    name: NAME,
    region: REGION,
    run: async (execution) => {
      environment ??= openEnvironment(options, simulation, hub);
      return runOne(await environment, hub, execution);
    },
  };
  const simulation: Simulation = await startSimulation({
    organization,
    clock,
    seed: scenario.seed,
    faults: scenario.faults,
    buckets: [hub.bucket],
    parameters: { region: REGION, values: { [DEFAULT_HUB_NAME]: JSON.stringify(hub) } },
    macKeys: [{ arn: sealKeyArn(hub), users: [functionsOf(hub)] }],
    hubRoleNames: [`${NAME}-operator`, `${NAME}-approver`],
    people: peopleOf(organization),
    ...(options.mayCall !== undefined && { mayCall: options.mayCall }),
    stateMachines: [machine],
    functions: {
      [hub.decideApprovalFunctionArn.split(':').at(-1) ?? '']: async (payload) =>
        decideIn(simulation, hub)(payload),
    },
    ...(options.port !== undefined && { port: options.port }),
  });
  return { simulation, hub };
}

/** People of the hub's account who may do nothing there but assume one of its two roles. */
export const PEOPLE = { operator: personOf('OPERATOR'), approver: personOf('APPROVER') };

function personOf(name: 'OPERATOR' | 'APPROVER') {
  return {
    accessKeyId: `AKIASIMULATED${name}`,
    secretAccessKey: `simulated-secret-access-key-${name.toLowerCase()}`,
  };
}

function peopleOf({ hubAccountId }: SimOrganization) {
  return (['operator', 'approver'] as const).map((role) => ({
    ...PEOPLE[role],
    arn: `arn:aws:iam::${hubAccountId}:user/some-${role}`,
    actions: [],
    mayAssume: [`${NAME}-${role}`],
  }));
}

function accountOf({ stateMachineArn }: HubDescription): string {
  return stateMachineArn.split(':')[4] ?? '';
}

/** Not in the hub's description: it is the functions' alone. */
function sealKeyArn(hub: HubDescription): string {
  return `arn:aws:kms:${REGION}:${accountOf(hub)}:key/${NAME}-seal`;
}

/** Whom all functions act as here; a session of the operator's is somebody else. */
function functionsOf(hub: HubDescription): string {
  return `arn:aws:iam::${accountOf(hub)}:user/orgsweep`;
}

function describeHub({ hubAccountId }: SimOrganization): HubDescription {
  const arn = (service: string, resource: string, region = REGION) =>
    `arn:aws:${service}:${region}:${hubAccountId}:${resource}`;
  return {
    version: 1,
    stateMachineArn: arn('states', `stateMachine:${NAME}`),
    bucket: `${NAME}-hub`,
    // The one that every simulated Region has.
    topicArn: arn('sns', NAME),
    decideApprovalFunctionArn: arn('lambda', `function:${NAME}-decide-approval`),
    operatorRoleArn: arn('iam', `role/${NAME}-operator`, ''),
    restoreRoleName: DEFAULT_ROLE_NAMES.restore,
  };
}

async function openEnvironment(
  { scenario, clock, enableDeletion, floors, retryWait }: SimulatedHubOptions,
  { endpoint, credentials }: Simulation,
  hub: HubDescription,
): Promise<Environment> {
  const network = makeLoopbackNetwork();
  const clients = { endpoint, credentials, maxAttempts: MAX_ATTEMPTS, network };
  const store = makeS3Store({
    client: makeS3Client({ ...clients, region: REGION }),
    bucket: hub.bucket,
  });
  const connection = await connect(
    {
      ...{ out: '', enableDeletion, roleNames: DEFAULT_ROLE_NAMES, self: false },
      ...{ topic: hub.topicArn, ...(floors && { floors }) },
    },
    { clients, region: REGION, clock, signal: new AbortController().signal },
  );
  return {
    ...connection,
    deps: {
      ...connection.deps,
      store,
      sealOf: makeKmsSeals(makeKmsClient({ ...clients, region: REGION }).kms, sealKeyArn(hub)),
      decidedInFolder: false,
      approvalOptions: '',
      hubName: DEFAULT_HUB_NAME,
    },
    retryWait,
    maxChildren: MAX_CHILDREN,
    wrap: troubled(scenario, retryWait),
    close: async () => undefined,
  };
}

/** DecideApproval, as it is deployed: it tells the machine over Step Functions' own protocol. */
function decideIn({ endpoint, credentials }: Simulation, hub: HubDescription) {
  const clients = { endpoint, credentials, maxAttempts: MAX_ATTEMPTS, region: REGION };
  const { sfn, s3 } = makeDeploymentClients(clients);
  const { kms } = makeKmsClient(clients);
  return decide({
    store: makeS3Store({ client: s3, bucket: hub.bucket }),
    // A signature is of real time.
    clock: systemClock,
    sealOf: makeKmsSeals(kms, sealKeyArn(hub)),
    callbacks: makeTaskCallbacks(sfn),
    sts: makeHubClients(clients).sts,
    stateMachineArn: hub.stateMachineArn,
    accountIds: [accountOf(hub)],
  });
}

/** One execution; stopped, it calls no further function, and nobody sums up what was done. */
async function runOne(
  environment: Environment,
  { topicArn }: HubDescription,
  execution: SimExecution,
): Promise<SimEnding> {
  const { name, input, signal } = execution;
  const { result } = await execute(
    {
      ...environment,
      deps: { ...environment.deps, signal },
      wrap: (name, call) => {
        const wrapped = environment.wrap(name, call);
        return async (given) => {
          if (signal.aborted) throw new StatesError('States.Runtime', 'Stopped.', 'NEVER_CAUGHT');
          return wrapped(given);
        };
      },
    },
    {
      executionId: name,
      input: input as Record<string, unknown>,
      topic: topicArn,
      onProgress: (event) => note(execution, event),
      awaitCallback: async (wait) => awaitToken(execution, wait),
    },
  );
  if (result.status === 'SUCCEEDED') return { status: 'SUCCEEDED', output: result.output };
  return { status: 'FAILED', error: result.error.Error, cause: result.error.Cause };
}

function note(execution: SimExecution, event: Progress): void {
  if (event.type === 'StateEntered' || event.type === 'MapStarted' || event.type === 'ItemEnded') {
    execution.note(event);
  }
}

/** In real time: a person decides, whatever the clock of the simulation says. */
async function awaitToken(
  execution: SimExecution,
  { taskToken, timeoutSeconds }: CallbackWait,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const expire = () => reject(new StatesError('States.Timeout', 'Nobody decided in time.'));
    timer = setTimeout(expire, Math.min(timeoutSeconds * 1000, 2 ** 31 - 1));
  });
  try {
    return await Promise.race([execution.awaitToken(taskToken), timeout]);
  } catch (error) {
    if (error instanceof SimTaskFailure) throw new StatesError(error.error, error.cause);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
