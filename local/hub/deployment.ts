import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
import type { Clock } from '../../clock/clock.ts';
import { systemClock } from '../../clock/clock.ts';
import { makeDeploymentClients } from '../connection/deployment-clients.ts';
import type { HubDescription } from '../../aws/hub/hub-description.ts';
import { makeKmsClient, makeKmsSeals } from '../../aws/sessions/kms-seals.ts';
import { makePastExecutions } from '../../aws/hub/past-executions.ts';
import { makeS3Client, makeS3Store } from '../../store/s3-store.ts';
import { makeTaskCallbacks } from '../../aws/hub/task-callbacks.ts';
import { approvalOptionsFor } from '../../functions/env.ts';
import { decide } from '../../functions/decide-approval.ts';
import { makeFunctions } from '../../functions/index.ts';
import type { OrgsweepConfig } from '../../infra/config/config.ts';
import { hubNames } from '../../infra/config/hub-names.ts';
import { whatToDo } from '../../report/what-to-do/unsummarized-step.ts';
import type { Simulation } from '../../simulation/server.ts';
import type { SimEnding, SimExecution, SimStateMachine } from '../../simulation/state-machine.ts';
import type { Definition } from '../../statemachine/asl.ts';
import { makeLoopbackNetwork } from '../aws-access/network.ts';
import { connect, type Environment } from '../environment/environment.ts';
import { REGION } from './place.ts';
import { runExecution } from './run-execution.ts';
import { settingsOf } from './settings.ts';

/** AWS shares this process with everything that is executed. */
const MAX_CHILDREN = 4;
/** The SDK waits between its attempts in real time. */
const MAX_ATTEMPTS = 3;

/** Where and with what a hub is deployed. */
export interface DeploymentPlace {
  readonly hubAccountId: string;
  readonly bucket: string;
  readonly sealKeyArn: string;
  readonly simulation: () => Simulation;
  readonly clock: Clock;
  /** Milliseconds to wait for so many seconds of a Retry. */
  readonly retryWait: (seconds: number) => number;
  /** What goes wrong with functions by now. */
  readonly trouble: () => Environment['wrap'];
  /** Of the state machine; left out: that of this version. */
  readonly definition?: Definition | undefined;
}

/**
 * One hub in the simulated hub account: its state machine and functions, over the simulated S3
 * bucket. Deployed again, an execution that runs goes on by the definition that it began with, and
 * its next function is already the new one, as in AWS.
 */
export class SimulatedDeployment {
  readonly place: DeploymentPlace;
  readonly machine: SimStateMachine;
  readonly #destroyed = new AbortController();
  #config: OrgsweepConfig;
  #environment: Promise<Environment> | undefined;

  constructor(config: OrgsweepConfig, place: DeploymentPlace) {
    this.#config = config;
    this.place = place;
    this.machine = {
      name: hubNames(config.prefix).stateMachine,
      region: REGION,
      run: async (execution) => this.#run(execution),
    };
  }

  get config(): OrgsweepConfig {
    return this.#config;
  }

  get description(): HubDescription {
    const { hubAccountId, bucket } = this.place;
    const names = hubNames(this.#config.prefix);
    const arn = (service: string, resource: string, region = REGION) =>
      `arn:aws:${service}:${region}:${hubAccountId}:${resource}`;
    return {
      version: 1,
      stateMachineArn: arn('states', `stateMachine:${names.stateMachine}`),
      bucket,
      topicArn: arn('sns', names.topic),
      decideApprovalFunctionArn: arn('lambda', `function:${this.decideName}`),
      operatorRoleArn: arn('iam', `role/${names.operatorRole}`, ''),
      restoreRoleName: this.#config.roleNames.restore,
      floors: this.#config.deletion.floors,
    };
  }

  get decideName(): string {
    return `${this.#config.prefix}-decide-approval`;
  }

  redeploy(config: OrgsweepConfig): void {
    this.#config = config;
    this.#environment = undefined;
  }

  /** What runs ends: Step Functions ends the executions of a machine that is deleted. */
  destroy(): void {
    this.#destroyed.abort();
  }

  /** DecideApproval, as it is deployed: it tells the machine over Step Functions' own protocol. */
  async decide(payload: unknown): Promise<unknown> {
    const { hubAccountId, bucket, sealKeyArn } = this.place;
    const clients = { ...this.#clients(), region: REGION };
    const { sfn, s3 } = makeDeploymentClients(clients);
    const { kms } = makeKmsClient(clients);
    return decide({
      store: makeS3Store({ client: s3, bucket }),
      // A signature is of real time.
      clock: systemClock,
      sealOf: makeKmsSeals(kms, sealKeyArn),
      callbacks: makeTaskCallbacks(sfn),
      sts: makeHubClients(clients).sts,
      stateMachineArn: this.description.stateMachineArn,
      accountIds: [hubAccountId],
    })(payload);
  }

  async #run(execution: SimExecution): Promise<SimEnding> {
    const signal = AbortSignal.any([execution.signal, this.#destroyed.signal]);
    const functions = new Map<Environment, ReturnType<typeof makeFunctions>>();
    const functionsNow = async () => {
      const environment = await this.#now();
      const made = functions.get(environment) ?? makeFunctions({ ...environment.deps, signal });
      functions.set(environment, made);
      return made;
    };
    return runExecution(await this.#now(), {
      ...{ execution, signal, functionsNow },
      trouble: this.place.trouble,
      topicArn: this.description.topicArn,
      definition: this.place.definition,
    });
  }

  /** As it is deployed now. */
  async #now(): Promise<Environment> {
    this.#environment ??= this.#open();
    return this.#environment;
  }

  #clients() {
    const { endpoint, credentials } = this.place.simulation();
    return { endpoint, credentials, maxAttempts: MAX_ATTEMPTS };
  }

  async #open(): Promise<Environment> {
    const { bucket, sealKeyArn, clock, retryWait, trouble } = this.place;
    const config = this.#config;
    const hubName = hubNames(config.prefix).parameter;
    const clients = { ...this.#clients(), network: makeLoopbackNetwork() };
    const client = makeS3Client({ ...clients, region: REGION });
    const connection = await connect(
      {
        ...{ out: '', enableDeletion: config.deletion.enabled, self: false },
        ...{ roleNames: config.roleNames, topic: this.description.topicArn },
      },
      { clients, region: REGION, clock, signal: new AbortController().signal },
    );
    return {
      ...connection,
      deps: {
        ...connection.deps,
        store: makeS3Store({ client, bucket }),
        settings: settingsOf(config),
        sealOf: makeKmsSeals(makeKmsClient({ ...clients, region: REGION }).kms, sealKeyArn),
        decidedInFolder: false,
        approvalOptions: approvalOptionsFor(hubName),
        hubName,
        pastExecution: makePastExecutions(
          makeDeploymentClients({ ...clients, region: REGION }).sfn,
          this.description.stateMachineArn,
        ),
      },
      whatToDo: whatToDo(hubName),
      retryWait,
      maxChildren: MAX_CHILDREN,
      wrap: trouble(),
      close: async () => undefined,
    };
  }
}
