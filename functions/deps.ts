import type { ClientOptions } from '../aws/sessions/aws-clients.ts';
import { EC2, type HubClients, makeHubClient } from '../aws/sessions/hub-clients.ts';
import { systemClock } from '../clock/clock.ts';
import {
  findAccount,
  findOrganizationalUnitName,
  listAccounts,
} from '../aws/services/organizations.ts';
import { listRegionsFromAny } from '../aws/services/regions.ts';
import { listRegionsOfService } from '../aws/services/service-regions.ts';
import {
  makeSpokeSessions,
  type SpokeSessionOptions,
  type SpokeSessions,
} from '../aws/sessions/spoke-session.ts';
import { type Granted, sessionActions } from '../kinds/grant.ts';
import type { Deps, Hub } from '../steps/deps.ts';

/** The Region in which AWS keeps a partition's global services. */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Where the hub stands, and where its partition keeps what is global. */
export function placeOf(at: {
  region: string;
  partition: string;
}): Pick<Hub, 'region' | 'globalRegion'> {
  return { region: at.region, globalRegion: GLOBAL_REGIONS[at.partition] ?? at.region };
}

/**
 * The organization as the hub's own credentials show it.
 *
 * @param options how `clients` were made, for other Regions than theirs
 */
export function makeHub(
  clients: Pick<HubClients, 'organizations' | 'ec2' | 'ssm'>,
  at: { region: string; partition: string },
  options: ClientOptions = {},
): Hub {
  const ec2In = (region: string) =>
    region === at.region ? clients.ec2 : makeHubClient(EC2, { ...options, region });
  return {
    listAccounts: () => listAccounts(clients.organizations),
    findAccount: async (id) => findAccount(clients.organizations, id),
    findOrganizationalUnitName: async (id) => findOrganizationalUnitName(clients.organizations, id),
    listRegions: async (askIn) => listRegionsFromAny(askIn, ec2In, systemClock),
    listRegionsOfService: async (service) => listRegionsOfService(clients.ssm, service),
    ...placeOf(at),
  };
}

/** Sessions that are kept for as long as the same execution asks for them, and not for another. */
export function keepSpokes({
  kinds,
  ...options
}: Omit<SpokeSessionOptions, 'executionId' | 'actions'> & {
  /** What the sessions may do is what these need. */
  readonly kinds: readonly Granted[];
}): Deps['spokesFor'] {
  const actions = sessionActions(kinds);
  let kept: { executionId: string; spokes: SpokeSessions } | undefined;
  return (executionId) => {
    if (kept?.executionId !== executionId) {
      kept = { executionId, spokes: makeSpokeSessions({ ...options, executionId, actions }) };
    }
    return kept.spokes;
  };
}
