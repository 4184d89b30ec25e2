import { EBSClient } from '@aws-sdk/client-ebs';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import packageJson from '../../package.json' with { type: 'json' };
import { type AwsTime, notingTime } from '../../clock/aws-time.ts';
import { makeRbinClient, type RbinClient } from './rbin-client.ts';
import { type Allowed, type AnyClient, changingOnce, instrument } from './wire-guard.ts';

/**
 * The SDK clients of one session in one account and Region. A kind takes the services it needs;
 * every call is counted as `service:Operation`.
 */
export interface SpokeClients {
  readonly accountId: string;
  readonly region: string;
  readonly ec2: EC2Client;
  /** Tells which blocks a snapshot has, and never what is in them. */
  readonly ebs: EBSClient;
  readonly rbin: RbinClient;
  /** The client of any other service, one for each session. */
  of<C extends AnyClient>(service: AwsService<C>): C;
  /** Calls sent so far, retries included. */
  readonly calls: Readonly<Record<string, number>>;
}

/** A service that a kind asks. */
export interface AwsService<C extends AnyClient> {
  /** As IAM names it: `cloudfront`. Calls are counted, and allowed, as `prefix:Operation`. */
  readonly prefix: string;
  /** Its client of the SDK, for one account and Region. */
  make(config: ReturnType<typeof sdkConfig>): C;
}

type Credentials = NonNullable<STSClientConfig['credentials']>;
type RequestHandler = NonNullable<STSClientConfig['requestHandler']>;
type RetryStrategy = NonNullable<STSClientConfig['retryStrategy']>;

export interface ClientOptions {
  /** Undefined: the SDK's own chain. */
  readonly credentials?: Credentials | undefined;
  /** Undefined: the service's own, or what `AWS_ENDPOINT_URL` and its like say. */
  readonly endpoint?: string | undefined;
  /** One for all clients of a process shares its connections. */
  readonly requestHandler?: RequestHandler | undefined;
  /** How requests leave where that isn't the SDK's own way: through proxies, by other certificates. */
  readonly network?: ((times: RequestTimes) => RequestHandler) | undefined;
  /** Undefined: what `AWS_PROFILE` says. */
  readonly profile?: string | undefined;
  readonly maxAttempts?: number | undefined;
  /** Told what time each answer has. */
  readonly awsTime?: AwsTime | undefined;
  /** Undefined: the SDK's own, which waits in real time. */
  readonly retryStrategy?: ((maxAttempts: number) => RetryStrategy) | undefined;
}

export interface SpokeClientOptions extends ClientOptions {
  readonly accountId: string;
  readonly region: string;
  /** No other request leaves, whatever the credentials would allow: they may be the caller's own. */
  readonly allows: Allowed;
  /** What may have been carried out isn't sent again. */
  readonly changesOnce?: boolean | undefined;
}

/** GetSnapshotBlock is a read, too: of the data itself. */
const BLOCK_LISTINGS = ['ebs:ListChangedBlocks', 'ebs:ListSnapshotBlocks'];

export function makeSpokeClients(options: SpokeClientOptions): SpokeClients {
  const calls: Record<string, number> = {};
  const guard = options.allows;
  const config = sdkConfig(options, options.region);
  const own = instrumentFor(options);
  const ec2 = once(() => own(new EC2Client(config), 'ec2', calls, guard));
  const ebs = once(() =>
    own(new EBSClient(config), 'ebs', calls, guard === 'READS' ? BLOCK_LISTINGS : guard),
  );
  const rbin = once(() => own(makeRbinClient(config), 'rbin', calls, guard));
  const others = new Map<AwsService<AnyClient>, AnyClient>();
  return {
    accountId: options.accountId,
    region: options.region,
    get ec2() {
      return ec2();
    },
    get ebs() {
      return ebs();
    },
    get rbin() {
      return rbin();
    },
    of: <C extends AnyClient>(service: AwsService<C>): C => {
      const made = others.get(service) ?? own(service.make(config), service.prefix, calls, guard);
      others.set(service, made);
      return made as C;
    },
    calls,
  };
}

/** How long a request may take, in milliseconds. */
export interface RequestTimes {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: boolean;
}

/** Left alone, the SDK waits for an answer for ever; without throwOnRequestTimeout it only warns. */
export const REQUESTS: RequestTimes = {
  connectionTimeout: 5_000,
  requestTimeout: 60_000,
  throwOnRequestTimeout: true,
};

/**
 * `standard` retries, not `adaptive`: EC2 throttles per API, the adaptive limiter slows a whole
 * client, and waits without a limit while a Lambda's 15 minutes run out. Five attempts ride out a
 * burst (up to 7.5 s of waiting); a longer drought is `Throttled`, and the state machine waits.
 */
export function sdkConfig(options: ClientOptions, region: string | undefined) {
  const { maxAttempts = 5, retryStrategy } = options;
  return {
    retryMode: 'standard',
    maxAttempts,
    ...(retryStrategy === undefined ? {} : { retryStrategy: retryStrategy(maxAttempts) }),
    customUserAgent: [['orgsweep', packageJson.version]] as [string, string][],
    requestHandler: requestHandlerFor(options, REQUESTS),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(region === undefined ? {} : { region }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
}

export function requestHandlerFor(
  { requestHandler, network }: ClientOptions,
  times: RequestTimes,
): RequestHandler {
  return requestHandler ?? network?.(times) ?? { ...times };
}

/** Guards and counts each client of a session, and notes what time its answers have. */
export function instrumentFor({
  awsTime,
  changesOnce = false,
}: ClientOptions & Pick<SpokeClientOptions, 'changesOnce'>): typeof instrument {
  return (client, ...others) => {
    const own = notingTime(instrument(client, ...others), awsTime);
    return changesOnce ? changingOnce(own) : own;
  };
}

/** Made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
