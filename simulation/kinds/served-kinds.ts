import type { Endpoint } from '../services/call/endpoint.ts';
import type { SpokeRole } from '../services/call/service.ts';
import type { Ec2Operation } from '../services/ec2/operation.ts';
import type { MayChange } from '../services/ec2/role-conditions.ts';
import { makeCreateTags } from '../services/ec2/tags.ts';
import type { ServiceOptions, SimKind } from './kind.ts';

/** What the discovery role reads whatever kinds there are. */
const DISCOVERY_ACTIONS = [
  'autoscaling:Describe*',
  'ec2:Describe*',
  'ec2:Get*',
  'ec2:List*',
  'ecs:Describe*',
  'ecs:List*',
  'organizations:List*',
  'organizations:Describe*',
  'rbin:GetRule',
  'rbin:ListRules',
  'storagegateway:List*',
];

/** What the spoke roles may do at all. */
export function actionsByRole(kinds: readonly SimKind[]) {
  return (role: SpokeRole): readonly string[] => [
    ...(role === 'discovery' ? DISCOVERY_ACTIONS : []),
    ...kinds.flatMap(({ roleActions }) => roleActions?.[role] ?? []),
  ];
}

/**
 * By the conditions of the kind that the resource is of, or whose operation makes it. What is of
 * none, no role changes.
 */
export function mayChangeByKind(kinds: readonly SimKind[]): MayChange {
  return (request) => {
    const [, type] = /:([a-z-]+)\/[^/]*$/.exec(request.resource) ?? [];
    const { createAction } = request;
    const kind = kinds.find(({ conditions, ec2 = {} }) =>
      createAction === undefined ? conditions?.arnType === type : createAction in ec2,
    );
    return kind?.conditions?.mayChange(request) ?? false;
  };
}

/** EC2's operations of all kinds, and CreateTags on what each of them knows. */
export function ec2OperationsOf(kinds: readonly SimKind[]): Readonly<Record<string, Ec2Operation>> {
  const own = kinds.flatMap(({ ec2 = {} }) => Object.entries(ec2));
  const CreateTags = makeCreateTags(kinds.flatMap(({ taggable }) => taggable ?? []));
  return { ...Object.fromEntries(own), CreateTags };
}

/** The services that no other kind's resources are of, by their names in credential scopes. */
export function servicesOf(
  kinds: readonly SimKind[],
  options: ServiceOptions,
): Readonly<Record<string, Endpoint>> {
  return Object.fromEntries(
    kinds.flatMap(({ services }) => Object.entries(services?.(options) ?? {})),
  );
}
