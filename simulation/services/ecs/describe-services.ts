import { z } from 'zod';
import type { SimEcsService } from '../../model/references.ts';
import { parseInput } from '../protocols/json-input.ts';
import type { EcsCall } from './operation.ts';
import { INVALID, clusterName, serviceArn } from './operation.ts';

/** "You may specify up to 10 services to describe in a single operation." */
const MAX_SERVICES = 10;

const DescribeServices = z.strictObject({
  cluster: z.string().optional(),
  services: z.array(z.string()).min(1).max(MAX_SERVICES),
  include: z.array(z.string()).optional(),
});

/** Services of one cluster, by name or ARN. One that isn't there is named among the failures. */
export function describeServices(call: EcsCall): unknown {
  const { cluster, services } = parseInput(DescribeServices, call.body, INVALID);
  const name = clusterName(call, cluster);
  const asked = services.map((service) => ({
    arn: service.startsWith('arn:') ? service : serviceArn(call, name, service),
    found: call.estate.ecsService(name, service.split('/').at(-1) ?? ''),
  }));
  return {
    services: asked.flatMap(({ found }) => (found ? [describe(call, found)] : [])),
    failures: asked.flatMap(({ arn, found }) => (found ? [] : [{ arn, reason: 'MISSING' }])),
  };
}

function describe(call: EcsCall, service: SimEcsService): unknown {
  const { clusterName: cluster, name } = service;
  return {
    serviceArn: serviceArn(call, cluster, name),
    serviceName: name,
    clusterArn: `${call.arnPrefix}:cluster/${cluster}`,
    status: 'ACTIVE',
    launchType: 'FARGATE',
    deployments: service.deployments.map((snapshotIds, index) => ({
      id: `ecs-svc/${index}`,
      status: index === 0 ? 'PRIMARY' : 'ACTIVE',
      volumeConfigurations: snapshotIds.map((snapshotId, volume) => ({
        name: `data-${volume}`,
        managedEBSVolume: {
          snapshotId,
          roleArn: 'arn:aws:iam::aws:role/ecsInfrastructureRole',
        },
      })),
    })),
  };
}
