import { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type ClientOptions, sdkConfig } from '../../aws/sessions/aws-clients.ts';
import { makeS3Client } from '../../store/s3-store.ts';
import { instrument } from '../../aws/sessions/wire-guard.ts';

/** The clients of somebody who uses a deployed hub, in its Region. */
export interface DeploymentClients {
  readonly sfn: SFNClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  /** Calls of `states` and `lambda` sent so far, retries included. */
  readonly calls: Readonly<Record<string, number>>;
}

export function makeDeploymentClients(
  options: ClientOptions & { readonly region: string },
): DeploymentClients {
  const calls: Record<string, number> = {};
  const config = sdkConfig(options, options.region);
  return {
    sfn: instrument(new SFNClient(config), 'states', calls, 'ALL'),
    lambda: instrument(new LambdaClient(config), 'lambda', calls, 'ALL'),
    s3: makeS3Client(options),
    calls,
  };
}
