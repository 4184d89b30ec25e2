import { makeSpokeClients, type SpokeClients } from '../../../../aws/sessions/aws-clients.ts';
import { PRICES } from '../../../../kinds/registry.ts';
import { Gathering } from '../../../../kinds/listings/gathering.ts';
import { makeFreshReader } from '../../../../kinds/listings/reader.ts';
import type { Look } from '../../../../kinds/look.ts';
import type { ReferenceName } from '../../../../kinds/ami/sources/names.ts';
import { SOURCES } from '../../../../kinds/ami/sources/registry.ts';
import { AMI_USERS } from '../../../../simulation/kinds/ami-users/state.ts';
import {
  PARAMETERS,
  SCALING_GROUPS,
  type SimParameter,
  type SimScalingGroup,
} from '../../../../simulation/model/launching.ts';
import { serve } from '../../../support/organizations/served-organization.ts';
import { SPOKE, tinyId } from '../../../support/organizations/tiny-organization.ts';
import { aPolicy, NOW } from '../../../support/organizations/snapshots.ts';

const REGION = 'eu-west-1';

export const amiId = (number: number) => tinyId('ami', number);

/** One account and Region of the simulated AWS, its discovery session, and what its sources name there. */
export async function serveSources(serviceRegions?: Readonly<Record<string, readonly string[]>>) {
  const served = await serve(serviceRegions === undefined ? {} : { serviceRegions });
  const { simulation, organization, clock } = served;
  const estate = organization.estate(SPOKE, REGION);
  const credentials = await served.assume('orgsweep-discovery');
  const clientsNow = (as = credentials) =>
    makeSpokeClients({
      ...{ accountId: SPOKE, region: REGION, credentials: as, endpoint: simulation.endpoint },
      ...{ maxAttempts: 1, allows: 'READS' as const },
    });
  const lookNow = (over: Partial<Look> = {}): Look => {
    const by = { clients: clientsNow(), clock, policy: aPolicy(), now: NOW, ...over };
    const target = { accountId: SPOKE, region: REGION, prices: PRICES.builtIn };
    return { ...by, ...target, read: makeFreshReader(by), absentServices: [], ...over };
  };
  const readBy = (clients: SpokeClients) => {
    const by = { clients, clock, policy: aPolicy(), now: NOW };
    return { clients, read: makeFreshReader(by) };
  };
  const named = async (name: ReferenceName, over: Partial<Look> = {}) => {
    const look = lookNow(over);
    const gathering = new Gathering<ReferenceName>(look);
    const source = SOURCES.find((one) => one.name === name);
    if (source === undefined) throw new Error(`${name} is no source`);
    await gathering.addSource(source, look.read(source), (key) => [key]);
    const usedBy = Object.fromEntries(
      [...gathering.usedBy].map(([imageId, by]) => [imageId, by[name] ?? []]),
    );
    const { incomplete, counts } = gathering;
    return { usedBy, incomplete, count: counts[name], calls: look.clients.calls };
  };
  return {
    simulation,
    estate,
    users: AMI_USERS.of(estate),
    look: lookNow,
    credentials: async () => served.assume('orgsweep-discovery'),
    putParameter: (parameter: Partial<SimParameter> & Pick<SimParameter, 'name' | 'versions'>) =>
      PARAMETERS.of(estate).set(parameter.name, {
        ...{ type: 'String', dataType: 'aws:ec2:image' },
        ...parameter,
      }),
    putGroup: (group: SimScalingGroup) => SCALING_GROUPS.of(estate).set(group.name, group),
    removeParameter: (name: string) => PARAMETERS.of(estate).delete(name),
    removeGroup: (name: string) => SCALING_GROUPS.of(estate).delete(name),
    /** EC2 knows the template no more. */
    removeTemplate: (launchTemplateId: string) => {
      const { launchTemplate } = estate;
      estate.launchTemplate = (id) =>
        id === launchTemplateId ? undefined : launchTemplate.call(estate, id);
    },
    /** What one source names: by AMI, who. */
    named,
    /** The same in a session that may do no more than this. */
    namedBy: async (actions: readonly string[], name: ReferenceName) => {
      const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }];
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      const as = await served.assume('orgsweep-discovery', { Policy });
      return named(name, readBy(clientsNow(as)));
    },
    close: async () => served.close(),
  };
}
