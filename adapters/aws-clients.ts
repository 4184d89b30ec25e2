import type { EC2Client } from '@aws-sdk/client-ec2';

/**
 * The SDK clients of one session in one account and Region. A kind takes the services it needs;
 * every call is counted as `service:Operation`.
 */
export interface SpokeClients {
  readonly accountId: string;
  readonly region: string;
  readonly ec2: EC2Client;
  /** Calls sent so far, retries included. */
  readonly calls: Readonly<Record<string, number>>;
}
