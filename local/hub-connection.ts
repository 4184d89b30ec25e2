import { systemClock } from '../adapters/clock.ts';
import { type ClientOptions, makeHubClients } from '../adapters/aws-clients.ts';
import { type DeploymentClients, makeDeploymentClients } from '../adapters/deployment-clients.ts';
import { type HubDescription, readHubDescription } from '../adapters/hub-description.ts';
import { DEFAULT_HUB_NAME } from '../core/hub-name.ts';
import { operatorCredentials } from '../adapters/operator-session.ts';
import { makeS3Store } from '../adapters/s3-store.ts';
import { callerIdentity, type CallerIdentity } from '../adapters/spoke-session.ts';
import type { Store } from '../adapters/store.ts';
import type { ActsAs } from '../core/acts-as.ts';
import { InvalidInput } from '../core/errors.ts';
import { readCallersAccess } from './aws-access/access.ts';
import { tellingOfFirstCall } from './credentials.ts';
import { makeFirstSts } from './environment.ts';

/** A deployed hub, as one who may use it. */
export interface HubConnection {
  readonly hub: HubDescription;
  readonly region: string;
  /** Who was there before any role was assumed. */
  readonly caller: CallerIdentity;
  /** The same, for people to read. */
  readonly actsAs: ActsAs;
  /** How clients of the caller's own are made; of whoever is acted as, with `credentials`. */
  readonly callersOwn: ClientOptions;
  /** Of whom the clients are: undefined where the caller acts as it is. */
  readonly credentials: ClientOptions['credentials'];
  readonly clients: DeploymentClients;
  /** The hub's bucket. */
  readonly store: Store;
  /** As commands are told to find the same hub; empty where it is the default one. */
  readonly option: string;
}

/**
 * Finds a deployed hub by its SSM parameter and acts there as its operator, or as the caller.
 *
 * @param name of the parameter
 * @throws {InvalidInput} where there is no such hub, no credentials, or the caller may not
 */
export async function connectToHub(
  name: string,
  as: 'OPERATOR' | 'CALLER',
): Promise<HubConnection> {
  const { clients: callersOwn, region, source } = await readCallersAccess();
  const { sts, ssm } = makeHubClients({ ...callersOwn, region });
  const caller = await tellingOfFirstCall(async () =>
    callerIdentity(makeFirstSts(callersOwn, region)),
  );
  const actsAs: ActsAs = { accountId: caller.accountId, arn: caller.arn, region, source };
  const hub = await tellingOfFirstCall(async () =>
    readHubDescription(ssm, name, { ...caller, region }),
  );
  const credentials = as === 'CALLER' ? undefined : await tellingOfFirstCall(becomeOperator);
  const acting = { ...callersOwn, ...(credentials !== undefined && { credentials }) };
  const clients = makeDeploymentClients({ ...acting, region });
  const store = makeS3Store({ client: clients.s3, bucket: hub.bucket });
  const option = name === DEFAULT_HUB_NAME ? '' : `--hub=${name}`;
  return { hub, region, caller, actsAs, callersOwn, credentials, clients, store, option };

  async function becomeOperator() {
    try {
      return await operatorCredentials(sts, caller, hub.operatorRoleArn, () => systemClock.now());
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'RoleUnavailable') throw error;
      throw new InvalidInput(
        `credentials: ${error.message} – accepted: credentials that may assume ${hub.operatorRoleArn}`,
        { cause: error },
      );
    }
  }
}
