import { EC2Client } from '@aws-sdk/client-ec2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import {
  type AwsService,
  type ClientOptions,
  instrumentFor,
  once,
  sdkConfig,
} from './aws-clients.ts';
import type { AnyClient, instrument } from './wire-guard.ts';

/** A service that the hub asks by its own credentials, and what may be sent to it. */
export interface HubService<C extends AnyClient> extends AwsService<C> {
  readonly allows: Parameters<typeof instrument>[3];
}

// Each by itself, and none by spreading, which esbuild takes for doing something: what a function
// doesn't name isn't in its bundle.
export const ORGANIZATIONS: HubService<OrganizationsClient> = {
  prefix: 'organizations',
  allows: 'READS',
  make: (config) => new OrganizationsClient(config),
};
export const STS: HubService<STSClient> = {
  prefix: 'sts',
  allows: 'ALL',
  make: (config) => new STSClient(config),
};
export const EC2: HubService<EC2Client> = {
  prefix: 'ec2',
  allows: 'READS',
  make: (config) => new EC2Client(config),
};
export const SSM: HubService<SSMClient> = {
  prefix: 'ssm',
  allows: 'READS',
  make: (config) => new SSMClient(config),
};
export const SNS: HubService<SNSClient> = {
  prefix: 'sns',
  allows: 'ALL',
  make: (config) => new SNSClient(config),
};

/** Without `region` or `credentials`, the SDK's own chain finds them. */
export type HubOptions = ClientOptions & { readonly region?: string | undefined };

/** One client of the caller's own credentials, whose calls are counted in `calls`. */
export function makeHubClient<C extends AnyClient>(
  { prefix, allows, make }: HubService<C>,
  options: HubOptions,
  calls: Record<string, number> = {},
): C {
  return instrumentFor(options)(make(sdkConfig(options, options.region)), prefix, calls, allows);
}

/** The clients of the caller's own credentials, in the hub's Region. */
export interface HubClients {
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
  readonly ec2: EC2Client;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly calls: Readonly<Record<string, number>>;
}

/** All of them, each made when it is first asked for. */
export function makeHubClients(options: HubOptions = {}): HubClients {
  const calls: Record<string, number> = {};
  const clientOf = <C extends AnyClient>(service: HubService<C>) =>
    once(() => makeHubClient(service, options, calls));
  const [organizations, sts, ec2] = [clientOf(ORGANIZATIONS), clientOf(STS), clientOf(EC2)];
  const [ssm, sns] = [clientOf(SSM), clientOf(SNS)];
  return {
    get organizations() {
      return organizations();
    },
    get sts() {
      return sts();
    },
    get ec2() {
      return ec2();
    },
    get sns() {
      return sns();
    },
    get ssm() {
      return ssm();
    },
    calls,
  };
}
