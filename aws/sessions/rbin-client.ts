import { createDefaultUserAgentProvider, partition } from '@aws-sdk/core/client';
import { AwsRestJsonProtocol } from '@aws-sdk/core/protocols';
import { ECSClient, type ECSClientConfig } from '@aws-sdk/client-ecs';
import { Command } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';
import packageJson from '../../package.json' with { type: 'json' };

const SERVICE = 'rbin';
const NAMESPACE = 'com.amazonaws.rbin';

/** The Recycle Bin's client: an SDK client that signs, retries and connects as all others do. */
export type RbinClient = Pick<ECSClient, 'middlewareStack' | 'destroy' | 'config'> & {
  send(command: RbinCommand): Promise<RbinAnswer>;
};

export interface RbinAnswer extends MetadataBearer {
  /** The answer's JSON as it came: nothing in it has been dropped, nothing checked. */
  readonly body?: unknown;
}

type RbinCommand = InstanceType<ReturnType<typeof rbinCommand>>;
type Input = Readonly<Record<string, unknown>>;

/**
 * A client for the Recycle Bin's own API, for which the SDK at hand has none that knows exclusion
 * tags (ADR 0016). What is the same for all services comes from a client of the SDK; what isn't is
 * said here: REST-JSON, the endpoint `rbin.<region>.<suffix>` and the name to sign with.
 */
export function makeRbinClient(config: ECSClientConfig): RbinClient {
  const endpointProvider: ECSClientConfig['endpointProvider'] = ({ Endpoint, Region = '' }) => ({
    url: new URL(Endpoint ?? `https://${SERVICE}.${Region}.${partition(Region).dnsSuffix}`),
  });
  const ownConfig = {
    ...config,
    serviceId: SERVICE,
    signingName: SERVICE,
    defaultUserAgentProvider: createDefaultUserAgentProvider({
      serviceId: SERVICE,
      clientVersion: packageJson.version,
    }),
    protocol: new AwsRestJsonProtocol({ defaultNamespace: NAMESPACE }),
    endpointProvider,
  };
  return new ECSClient(ownConfig) as unknown as RbinClient;
}

/** What a request asks the Recycle Bin for; of others only that it isn't one of these. */
export function rbinOperation({ method, path }: { method: string; path: string }): string {
  if (method === 'POST' && path === '/list-rules') return 'ListRules';
  const isRule = /^\/rules\/[^/]+$/.test(path);
  if (method === 'GET' && isRule) return 'GetRule';
  // orgsweep sends neither; the guard names them as IAM does.
  if (method === 'POST' && path === '/rules') return 'CreateRule';
  if (method === 'DELETE' && isRule) return 'DeleteRule';
  return `${method} ${path}`;
}

/** One page of the rules of a resource type: only identifier, description, period and lock. */
export const ListRulesCommand = rbinCommand('ListRules', ['POST', '/list-rules', 200], {
  ResourceType: {},
  MaxResults: {},
  NextToken: {},
});

/** All of one rule. */
export const GetRuleCommand = rbinCommand('GetRule', ['GET', '/rules/{Identifier}', 200], {
  Identifier: { httpLabel: 1 },
});

/**
 * A command of the Recycle Bin's API.
 *
 * @param members the traits of the request's members, all of which are passed as they are
 */
export function rbinCommand(
  name: string,
  http: [method: string, path: string, code: number],
  members: Readonly<Record<string, Record<string, unknown>>>,
) {
  const input: StaticStructureSchema = [
    3,
    NAMESPACE,
    `${name}Request`,
    0,
    Object.keys(members),
    Object.entries(members).map(([member, traits]) => [typeOf(member), traits] as never),
  ];
  // The whole body as one document (15): a deserializer that knew only the members of today would
  // silently drop those that AWS adds, such as what excludes a resource from a rule.
  const output: StaticStructureSchema = [
    3,
    NAMESPACE,
    `${name}Response`,
    0,
    ['body'],
    [[15, { httpPayload: 1 }] as never],
  ];
  const schema: StaticOperationSchema = [9, NAMESPACE, name, { http }, () => input, () => output];
  return Command.classBuilder<Input, RbinAnswer, ECSClient['config']>()
    .ep({
      Endpoint: { type: 'builtInParams', name: 'endpoint' },
      Region: { type: 'builtInParams', name: 'region' },
    })
    .m((Built: typeof Command & { getEndpointParameterInstructions(): never }, _stack, config) => [
      getEndpointPlugin(config as never, Built.getEndpointParameterInstructions()),
    ])
    .s('AmazonRecycleBin', name, {})
    .n('RbinClient', `${name}Command`)
    .sc(schema)
    .build();
}

/** The SDK's numbers for types: 0 text, 1 number, 15 any JSON. */
function typeOf(member: string): 0 | 1 | 15 {
  if (member === 'RetentionPeriod' || member === 'ResourceTags') return 15;
  return member === 'MaxResults' ? 1 : 0;
}
