import type { SimEstate } from '../../model/organization.ts';
import { ServiceError } from '../call/service.ts';

/** A call of one ECS operation, by a caller who may. */
export interface EcsCall {
  readonly estate: SimEstate;
  readonly body: Buffer;
  /** `arn:aws:ecs:<region>:<account id>`. */
  readonly arnPrefix: string;
}

/** The answer as a value for JSON. @throws {ServiceError} */
export type EcsOperation = (call: EcsCall) => unknown;

export const INVALID = 'InvalidParameterException';

/**
 * The name of the cluster that a name or an ARN means; `default`, if neither is given.
 *
 * @throws {ServiceError} ClusterNotFoundException
 */
export function clusterName({ estate, arnPrefix }: EcsCall, cluster = 'default'): string {
  const prefix = `${arnPrefix}:cluster/`;
  const name = cluster.startsWith(prefix) ? cluster.slice(prefix.length) : cluster;
  if (estate.ecsClusters().includes(name)) return name;
  throw new ServiceError('ClusterNotFoundException', 'Cluster not found.');
}

export function serviceArn({ arnPrefix }: EcsCall, cluster: string, service: string): string {
  return `${arnPrefix}:service/${cluster}/${service}`;
}
