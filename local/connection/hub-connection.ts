import type { ClientOptions } from '../../aws/sessions/aws-clients.ts';
import { type DeploymentClients, makeDeploymentClients } from './deployment-clients.ts';
import type { HubDescription } from '../../aws/hub/hub-description.ts';
import { DEFAULT_HUB_NAME } from '../../core/input/hub-name.ts';
import { makeS3Store } from '../../store/s3-store.ts';
import { callerIdentity, type CallerIdentity } from '../../aws/sessions/spoke-session.ts';
import type { Store } from '../../store/store.ts';
import type { ActsAs } from '../../core/model/acts-as.ts';
import { readCallersAccess } from '../aws-access/access.ts';
import { tellingOfFirstCall } from './credentials.ts';
import { makeFirstSts } from './first-sts.ts';
import { findHubAsCaller, findHubAsOperator } from './find-hub.ts';

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
  const caller = await tellingOfFirstCall(async () =>
    callerIdentity(makeFirstSts(callersOwn, region)),
  );
  const actsAs: ActsAs = { accountId: caller.accountId, arn: caller.arn, region, source };
  const search = { name, caller, region, callersOwn };
  const { hub, credentials } =
    as === 'OPERATOR'
      ? await findHubAsOperator(search)
      : { hub: await findHubAsCaller(search), credentials: undefined };
  const acting = { ...callersOwn, ...(credentials !== undefined && { credentials }) };
  const clients = makeDeploymentClients({ ...acting, region });
  const store = makeS3Store({ client: clients.s3, bucket: hub.bucket });
  const option = name === DEFAULT_HUB_NAME ? '' : `--hub=${name}`;
  return { hub, region, caller, actsAs, callersOwn, credentials, clients, store, option };
}
