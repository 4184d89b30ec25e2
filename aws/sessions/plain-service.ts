import { createDefaultUserAgentProvider, partition } from '@aws-sdk/core/client';
import {
  AwsJson1_0Protocol,
  AwsJson1_1Protocol,
  AwsQueryProtocol,
  AwsRestJsonProtocol,
} from '@aws-sdk/core/protocols';
import { ECSClient, type ECSClientConfig } from '@aws-sdk/client-ecs';
import { Command } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, SchemaRef, StaticOperationSchema } from '@smithy/types';
import packageJson from '../../package.json' with { type: 'json' };
import type { AwsService } from './aws-clients.ts';

/**
 * A service that is asked a question or two. Its client of the SDK would bring 50 to 210 KB into each
 * bundle that reads (ADR 138): what is the same for all services comes from a client that is there
 * anyway, and what isn't is said here, as for the Recycle Bin (ADR 16).
 */
interface PlainSpec {
  /** As IAM and signatures name it. */
  readonly prefix: string;
  /** The host before the Region; left out: as it is signed for. */
  readonly host?: string;
  readonly speaks: Protocol;
}

type Protocol =
  | { readonly protocol: 'json'; readonly version: '1.0' | '1.1'; readonly target: string }
  | { readonly protocol: 'rest-json' }
  | { readonly protocol: 'query'; readonly xmlns: string; readonly version: string };

/** A client that signs, retries and connects as all of the SDK do. */
export type PlainClient = Pick<ECSClient, 'middlewareStack' | 'destroy' | 'config'> & {
  send(command: PlainCommand): Promise<PlainAnswer>;
};

type PlainInput = Readonly<Record<string, unknown>>;
/** What came: members of JSON, or by `body` what REST or query gave. Nothing in it was checked. */
type PlainAnswer = MetadataBearer & Readonly<Record<string, unknown>>;
type PlainCommand = InstanceType<ReturnType<typeof plainCommand>>;

/** Anything: all of it is sent, and read, as it is. */
const DOCUMENT = 15;
const TEXT = 0;
const NUMBER = 1;
const TRUTH = 2;

export interface PlainOperation {
  readonly name: string;
  /** Of REST: where it is asked for by POST. */
  readonly path?: string;
  /** Members of the request that aren't JSON of themselves, for REST and query. */
  readonly takes?: Readonly<Record<string, SchemaRef>>;
}

/** What members are of. */
export const shape = {
  text: TEXT,
  number: NUMBER,
  truth: TRUTH,
  list: (of: SchemaRef): SchemaRef => [1, NAMESPACE, 'List', 0, of] as never,
  struct: (members: Readonly<Record<string, SchemaRef>>): SchemaRef =>
    struct('Part', members) as never,
} as const;

/** Shapes are told apart by who uses them and not by their names. */
const NAMESPACE = 'orgsweep';

/** A service as kinds ask for its client, and what makes its commands. */
export function plainService(spec: PlainSpec): AwsService<PlainClient> & {
  command(operation: PlainOperation): new (input: PlainInput) => PlainCommand;
} {
  return {
    prefix: spec.prefix,
    make: (config) => makePlainClient(spec, config),
    command: (operation) => plainCommand(spec, operation),
  };
}

function makePlainClient(
  { prefix, host = prefix, speaks }: PlainSpec,
  config: ECSClientConfig,
): PlainClient {
  const endpointProvider: ECSClientConfig['endpointProvider'] = ({ Endpoint, Region = '' }) => ({
    url: new URL(Endpoint ?? `https://${host}.${Region}.${partition(Region).dnsSuffix}`),
  });
  const ownConfig = {
    ...config,
    serviceId: prefix,
    signingName: prefix,
    defaultUserAgentProvider: createDefaultUserAgentProvider({
      serviceId: prefix,
      clientVersion: packageJson.version,
    }),
    protocol: protocolOf(speaks),
    endpointProvider,
  };
  return new ECSClient(ownConfig) as unknown as PlainClient;
}

function protocolOf(speaks: Protocol) {
  const defaultNamespace = NAMESPACE;
  switch (speaks.protocol) {
    case 'json': {
      const { target: serviceTarget, version } = speaks;
      const options = { defaultNamespace, serviceTarget };
      return version === '1.0' ? new AwsJson1_0Protocol(options) : new AwsJson1_1Protocol(options);
    }
    case 'rest-json':
      return new AwsRestJsonProtocol({ defaultNamespace });
    case 'query': {
      const { xmlns: xmlNamespace, version } = speaks;
      return new WholeAnswers({ defaultNamespace, xmlNamespace, version });
    }
  }
}

/** By a schema, what isn't named as expected would be left out: a list of other items is an empty one. */
class WholeAnswers extends AwsQueryProtocol {
  override async deserializeResponse<Output extends MetadataBearer>(
    ...[operation, context, response]: Parameters<AwsQueryProtocol['deserializeResponse']>
  ): Promise<Output> {
    const answer = await super.deserializeResponse<Output>(operation, context, response);
    const { $metadata, ...whole } = answer as PlainAnswer;
    const name = operation.name.split('#').at(-1);
    return { $metadata, body: whole[`${name}Result`] } as PlainAnswer as Output;
  }
}

function plainCommand({ prefix, speaks }: PlainSpec, operation: PlainOperation) {
  const { name, path = '/', takes = {} } = operation;
  const isRest = speaks.protocol === 'rest-json';
  const input = speaks.protocol === 'json' ? DOCUMENT : struct(`${name}Request`, takes);
  const output = isRest
    ? struct(`${name}Response`, { body: [DOCUMENT, { httpPayload: 1 }] as never })
    : DOCUMENT;
  const traits = isRest ? { http: ['POST', path, 200] } : 0;
  const schema = [9, NAMESPACE, name, traits, () => input, () => output];
  return Command.classBuilder<PlainInput, PlainAnswer, ECSClient['config']>()
    .ep({
      Endpoint: { type: 'builtInParams', name: 'endpoint' },
      Region: { type: 'builtInParams', name: 'region' },
    })
    .m((Built: typeof Command & { getEndpointParameterInstructions(): never }, _stack, config) => [
      getEndpointPlugin(config as never, Built.getEndpointParameterInstructions()),
    ])
    .s(prefix, name, {})
    .n('PlainClient', `${name}Command`)
    .sc(schema as unknown as StaticOperationSchema)
    .build();
}

function struct(name: string, members: Readonly<Record<string, SchemaRef>>) {
  return [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members)] as const;
}
