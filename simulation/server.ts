import { createServer } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import type { SimKind } from './kinds/kind.ts';
import { SIM_KINDS } from './kinds/registry.ts';
import {
  actionsByRole,
  ec2OperationsOf,
  mayChangeByKind,
  servicesOf,
} from './kinds/served-kinds.ts';
import { Changes } from './services/ec2/changes.ts';
import type { SimJournal } from './model/change.ts';
import type { SimFault } from './model/fault.ts';
import type { SimOrganization } from './model/organization.ts';
import type { SimStateMachine } from './state-machine.ts';
import { makeAutoScaling } from './services/autoscaling.ts';
import { makeTokenBuckets } from './services/call/token-buckets.ts';
import { CallCounts } from './services/dispatch/call-counts.ts';
import { Callers, HUB_CREDENTIALS } from './services/iam/callers.ts';
import type { BeforeCall, Dispatch } from './services/dispatch/dispatch.ts';
import { makeEc2 } from './services/ec2/ec2.ts';
import type { MayChange } from './services/ec2/role-conditions.ts';
import { Visibility } from './services/ec2/visibility.ts';
import { makeEcs } from './services/ecs/ecs.ts';
import type { Endpoint } from './services/call/endpoint.ts';
import { Faults } from './services/dispatch/faults.ts';
import { HOST, close, listen, toListener } from './services/dispatch/http.ts';
import { makeKms, type SimMacKey } from './services/kms.ts';
import { makeLambda, type SimFunction } from './services/lambda.ts';
import { makeOrganizations } from './services/organizations.ts';
import { type MayCall, mayCallByDefault } from './services/iam/people.ts';
import type { SimPerson } from './services/call/service.ts';
import { makePricing } from './services/pricing.ts';
import { makeRbin } from './services/rbin.ts';
import { whereItExists } from './services/dispatch/regional.ts';
import type { SimBucket } from './services/s3/s3-bucket.ts';
import { makeS3, type SimBuckets } from './services/s3/s3.ts';
import type { PublishedMessage } from './services/sns.ts';
import { makeSns } from './services/sns.ts';
import { makeSsm, type SimParameters } from './services/ssm.ts';
import { makeStates } from './services/states/states.ts';
import { makeStorageGateway } from './services/storage-gateway.ts';
import type { RoleNames, SpokeRoleOf } from './services/sts.ts';
import { makeSts } from './services/sts.ts';
import { makeUnknownService } from './services/dispatch/unknown-service.ts';

/**
 * What a simulation begins with. Topics, parameters, keys, functions, state machines and roles of the
 * hub are looked at with each call: who serves may add to these lists and take from them.
 */
export interface SimulationOptions {
  readonly organization: SimOrganization;
  /** Token buckets, session ends and eventual consistency go by it. */
  readonly clock: Clock;
  readonly seed: number;
  readonly faults?: readonly SimFault[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Those not named are called as `DEFAULT_ROLE_NAMES` says. */
  readonly roleNames?: Partial<RoleNames>;
  /** Instead of `roleNames`: which roles each account has. */
  readonly spokeRoleOf?: SpokeRoleOf;
  /** Topics beside the one named `orgsweep` that the hub has in every Region. */
  readonly topicArns?: readonly string[];
  /** Buckets of the hub that are there from the start. */
  readonly buckets?: readonly string[];
  /** In the hub's Parameter Store, from the start. */
  readonly parameters?: SimParameters;
  /** Keys of the hub's account that give MACs. */
  readonly macKeys?: readonly SimMacKey[];
  /** Functions of the hub's account, by name. */
  readonly functions?: Readonly<Record<string, SimFunction>>;
  /** Of the hub's account. */
  readonly stateMachines?: readonly SimStateMachine[];
  /** Roles of the hub's account that its principal may assume, to act there as itself. */
  readonly hubRoleNames?: readonly string[];
  /** Others with keys, each of their own account. */
  readonly people?: readonly SimPerson[];
  readonly onBeforeCall?: BeforeCall;
  /** Left out: all that are in the registry. */
  readonly kinds?: readonly SimKind[];
  /** What was changed in an organization that is kept, and what keeps what will be. */
  readonly journal?: SimJournal;
  /** How often it was served before: what is given out once isn't given out again. */
  readonly opening?: number;
  /** Instead of the simulation's own idea of what the spoke roles' policies say about tags. */
  readonly mayChange?: MayChange;
  /** Instead of what `people` says that each may. */
  readonly mayCall?: MayCall;
}

/** A simulated organization that is being served on loopback. */
export interface Simulation {
  /** For `AWS_ENDPOINT_URL`: all services are on this one address. */
  readonly endpoint: string;
  readonly port: number;
  /** Of the hub's own principal. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly calls: CallCounts;
  readonly publishedMessages: readonly PublishedMessage[];
  readonly buckets: SimBuckets;
  /** The content of a bucket. @throws when there is none of that name */
  bucket(name: string): SimBucket;
  /** Puts other faults in place of those there are; their counts begin again. */
  setFaults(faults: readonly SimFault[]): void;
  /** Runs before every call is answered; a call waits for it. */
  onBeforeCall: BeforeCall | undefined;
  close(): Promise<void>;
}

export const DEFAULT_ROLE_NAMES: RoleNames = {
  discovery: 'orgsweep-discovery',
  deletion: 'orgsweep-deletion',
  restore: 'orgsweep-restore',
};

/**
 * Serves the organization to unmodified SDKs and the AWS CLI, over HTTP on loopback. The service
 * and the Region are those of the credential scope, the caller is known by its access key id.
 *
 * @throws an Error with the code `EADDRINUSE` when the port is taken
 */
export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  const { organization, clock, journal, kinds = SIM_KINDS } = options;
  const { hubAccountId } = organization;
  const makeVisibility = (time: Clock) => new Visibility({ clock: time, seed: options.seed });
  const rules = kinds.flatMap(({ changes = [] }) => changes);
  const changes = new Changes({ organization, clock, rules, makeVisibility, journal });
  const seed = options.seed + (options.opening ?? 0) * SEEDS_OF_ONE_OPENING;
  const published: PublishedMessage[] = [];
  const faults = new Faults();
  faults.set(options.faults ?? []);
  const people = options.people ?? [];
  const callers = new Callers({
    clock,
    seed,
    hubAccountId,
    people,
    actionsOf: actionsByRole(kinds),
  });
  const s3 = makeS3({ clock, buckets: options.buckets ?? [] });
  const endpoints = makeEndpoints(options, { callers, changes, published, s3 });
  const counts = new CallCounts();
  let onBeforeCall = options.onBeforeCall;
  const on: Dispatch = {
    callers,
    counts,
    faults,
    takeToken: makeTokenBuckets(clock),
    beforeCall: () => onBeforeCall,
    mayCall: options.mayCall ?? mayCallByDefault,
    endpointFor: (request) => endpoints.get(request.service) ?? makeUnknownService(request),
  };
  const server = createServer(toListener(on, { seed, clock }));
  const port = await listen(server, options.port ?? 0);
  return {
    endpoint: `http://${HOST}:${port}`,
    port,
    credentials: HUB_CREDENTIALS,
    calls: counts,
    publishedMessages: published,
    buckets: s3,
    bucket: s3.bucket,
    setFaults: (others) => faults.set(others),
    get onBeforeCall() {
      return onBeforeCall;
    },
    set onBeforeCall(hook) {
      onBeforeCall = hook;
    },
    close: async () => close(server),
  };
}

/** More than any scenario's seed. */
const SEEDS_OF_ONE_OPENING = 2 ** 32;

interface Parts {
  readonly callers: Callers;
  readonly changes: Changes;
  readonly published: PublishedMessage[];
  readonly s3: Endpoint;
}

function makeEndpoints(
  options: SimulationOptions,
  { callers, changes, published, s3 }: Parts,
): ReadonlyMap<string, Endpoint> {
  const { organization, clock, seed, topicArns = [], kinds = SIM_KINDS } = options;
  const operations = ec2OperationsOf(kinds);
  const mayChange = options.mayChange ?? mayChangeByKind(kinds);
  return new Map(
    Object.entries({
      ...servicesOf(kinds, { organization, clock, seed }),
      autoscaling: whereItExists('autoscaling', organization, makeAutoScaling(organization)),
      ec2: makeEc2({ organization, changes, mayChange, operations }),
      ecs: whereItExists('ecs', organization, makeEcs(organization)),
      kms: makeKms({ organization, seed, keys: options.macKeys ?? [] }),
      lambda: makeLambda(organization, options.functions ?? {}),
      organizations: makeOrganizations(organization),
      pricing: makePricing({ organization, clock }),
      rbin: makeRbin(organization),
      s3,
      sns: makeSns({ organization, seed, topicArns, published }),
      ssm: makeSsm(organization, options.parameters),
      states: makeStates({ organization, clock, seed, machines: options.stateMachines ?? [] }),
      storagegateway: whereItExists(
        'storagegateway',
        organization,
        makeStorageGateway(organization),
      ),
      sts: makeSts({
        organization,
        callers,
        roleNames: { ...DEFAULT_ROLE_NAMES, ...options.roleNames },
        spokeRoleOf: options.spokeRoleOf,
        hubRoleNames: options.hubRoleNames ?? [],
      }),
    }),
  );
}
