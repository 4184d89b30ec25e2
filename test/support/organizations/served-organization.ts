import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EBSClient } from '@aws-sdk/client-ebs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { StorageGatewayClient } from '@aws-sdk/client-storage-gateway';
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Simulation, SimulationOptions } from '../../../simulation/server.ts';
import { startSimulation } from '../../../simulation/server.ts';
import { makeManualClock } from '../manual-clock.ts';
import type { TinyOptions } from './tiny-organization.ts';
import { SPOKE, tinyOrganization } from './tiny-organization.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A tiny organization that is being served, and the SDK's own clients for it. */
export interface Served {
  readonly simulation: Simulation;
  readonly clock: ReturnType<typeof makeManualClock>;
  readonly organization: ReturnType<typeof tinyOrganization>;
  ec2(credentials?: Credentials, region?: string): EC2Client;
  ebs(credentials?: Credentials, region?: string): EBSClient;
  sts(credentials?: Credentials): STSClient;
  organizations(credentials?: Credentials): OrganizationsClient;
  sns(credentials?: Credentials): SNSClient;
  autoScaling(credentials?: Credentials, region?: string): AutoScalingClient;
  ecs(credentials?: Credentials, region?: string): ECSClient;
  ssm(credentials?: Credentials): SSMClient;
  kms(credentials?: Credentials, region?: string): KMSClient;
  sfn(credentials?: Credentials): SFNClient;
  lambda(credentials?: Credentials): LambdaClient;
  storageGateway(credentials?: Credentials, region?: string): StorageGatewayClient;
  assume(
    role: 'orgsweep-discovery' | 'orgsweep-deletion' | 'orgsweep-restore',
    different?: Partial<AssumeRoleCommandInput> & { accountId?: string; by?: Credentials },
  ): Promise<Credentials>;
  close(): Promise<void>;
}

export async function serve(
  tiny: TinyOptions = {},
  options: Partial<SimulationOptions> = {},
): Promise<Served> {
  const clock = makeManualClock();
  const organization = tinyOrganization(tiny);
  const simulation = await startSimulation({ organization, clock, seed: 7, ...options });
  const clients: { destroy(): void }[] = [];
  const configuration = (
    credentials: Credentials = simulation.credentials,
    region = 'eu-west-1',
  ) => ({
    endpoint: simulation.endpoint,
    region,
    credentials,
    maxAttempts: 1,
  });
  const kept = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };
  const sts = (credentials?: Credentials) => kept(new STSClient(configuration(credentials)));
  return {
    simulation,
    clock,
    organization,
    ec2: (credentials, region) => kept(new EC2Client(configuration(credentials, region))),
    ebs: (credentials, region) => kept(new EBSClient(configuration(credentials, region))),
    sts,
    organizations: (credentials) => kept(new OrganizationsClient(configuration(credentials))),
    sns: (credentials) => kept(new SNSClient(configuration(credentials))),
    autoScaling: (credentials, region) =>
      kept(new AutoScalingClient(configuration(credentials, region))),
    ecs: (credentials, region) => kept(new ECSClient(configuration(credentials, region))),
    ssm: (credentials) => kept(new SSMClient(configuration(credentials))),
    kms: (credentials, region) => kept(new KMSClient(configuration(credentials, region))),
    sfn: (credentials) => kept(new SFNClient(configuration(credentials))),
    lambda: (credentials) => kept(new LambdaClient(configuration(credentials))),
    storageGateway: (credentials, region) =>
      kept(new StorageGatewayClient(configuration(credentials, region))),
    assume: async (role, { accountId = SPOKE, by, ...different } = {}) => {
      const input = {
        RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
        RoleSessionName: 'orgsweep-test',
        ...different,
      };
      const { Credentials: given } = await sts(by).send(new AssumeRoleCommand(input));
      return {
        accessKeyId: given!.AccessKeyId!,
        secretAccessKey: given!.SecretAccessKey!,
        sessionToken: given!.SessionToken!,
      };
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await simulation.close();
    },
  };
}

/** The call's error as AWS's callers tell errors apart. @throws when the call succeeds */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; status: number | undefined }> {
  const answer = await call.then(
    () => undefined,
    (error: unknown) => error as Error & { $metadata?: { httpStatusCode?: number } },
  );
  if (answer === undefined) throw new Error('the call was not refused');
  return {
    code: answer.name,
    message: answer.message,
    status: answer.$metadata?.httpStatusCode,
  };
}
