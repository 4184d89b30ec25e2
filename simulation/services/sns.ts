import { seededUuid } from './call/seeded.ts';
import type { SimOrganization } from '../model/organization.ts';
import type { Endpoint } from './call/endpoint.ts';
import { denialMessage, findDenial } from './iam/iam.ts';
import { makeQueryEndpoint } from './protocols/query-endpoint.ts';
import type { QueryParameters } from './protocols/query-protocol.ts';
import { ServiceError } from './call/service.ts';
import type { SimRequest } from './call/service.ts';
import { element } from './protocols/xml.ts';

export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  /** By name; of the type String, the only one that orgsweep sends. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface SnsOptions {
  readonly organization: SimOrganization;
  readonly seed: number;
  /** Topics beside `arn:aws:sns:<region>:<hub account>:orgsweep`, which every Region has. */
  readonly topicArns: readonly string[];
  /** Where what was published is kept. */
  readonly published: PublishedMessage[];
}

const XMLNS = 'https://sns.amazonaws.com/doc/2010-03-31/';
/** SNS: "Messages must be UTF-8-encoded strings and at most 256 KB in size (262,144 bytes)". */
const MAX_MESSAGE_BYTES = 262_144;
// SNS: "must be … less than 100 characters long", no line breaks or control characters.
const SUBJECT = /^[^\u0000-\u001f\u007f]{1,99}$/u;

/** Publish, and nothing else. */
export function makeSns(options: SnsOptions): Endpoint {
  return makeQueryEndpoint({
    name: 'sns',
    xmlns: XMLNS,
    answer: ({ operation, parameters, request }) => {
      if (operation !== 'Publish') throw noSuchOperation(operation, parameters);
      return element('MessageId', publish(parameters, request, options).messageId);
    },
  });
}

function publish(
  parameters: QueryParameters,
  request: SimRequest,
  options: SnsOptions,
): PublishedMessage {
  const topicArn = parameters.get('TopicArn') ?? '';
  authorize(topicArn, request, options.organization);
  refuseUnknownTopic(topicArn, request, options);
  const message = parameters.get('Message') ?? '';
  const subject = parameters.get('Subject');
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) throw invalid('Message too long');
  if (subject !== undefined && !SUBJECT.test(subject)) throw invalid('Subject');
  refuseMissingDefault(message, parameters.get('MessageStructure'));
  const messageId = seededUuid(options.seed, 'message', options.published.length);
  const kept = {
    ...{ messageId, topicArn, message },
    ...(subject !== undefined && { subject }),
    ...attributesOf(parameters),
  };
  options.published.push(kept);
  return kept;
}

/** As SNS has them: a name once, a type, and no empty value. */
function attributesOf(parameters: QueryParameters): Pick<PublishedMessage, 'attributes'> {
  const entry = 'MessageAttributes.entry';
  const attributes: Record<string, string> = {};
  for (const index of parameters.indexes(entry)) {
    const name = parameters.get(`${entry}.${index}.Name`) ?? '';
    const value = parameters.get(`${entry}.${index}.Value.StringValue`) ?? '';
    const type = parameters.get(`${entry}.${index}.Value.DataType`);
    const isNamed = /^(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/.test(name) && !(name in attributes);
    if (!isNamed || type !== 'String' || value === '') throw invalid(`message attribute '${name}'`);
    attributes[name] = value;
  }
  return Object.keys(attributes).length === 0 ? {} : { attributes };
}

function authorize(
  topicArn: string,
  { caller, region }: SimRequest,
  organization: SimOrganization,
) {
  const access = { caller, action: 'SNS:Publish', resource: topicArn, region };
  const why = findDenial(organization, access);
  if (why !== undefined) {
    throw new ServiceError('AuthorizationError', denialMessage(access, why), 403);
  }
}

function refuseUnknownTopic(
  topicArn: string,
  { region }: SimRequest,
  { organization, topicArns }: SnsOptions,
): void {
  const topicRegion = /^arn:aws:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}(\.fifo)?$/.exec(topicArn)?.[1];
  if (topicRegion !== region) throw invalid('TopicArn');
  const own = `arn:aws:sns:${region}:${organization.hubAccountId}:orgsweep`;
  if (topicArn !== own && !topicArns.includes(topicArn)) {
    throw new ServiceError('NotFound', 'Topic does not exist', 404);
  }
}

function refuseMissingDefault(message: string, structure: string | undefined): void {
  if (structure === undefined) return;
  if (structure !== 'json') throw invalid('MessageStructure');
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value === 'object' && value !== null && 'default' in value) return;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid('Message Structure - No default entry in JSON message body');
}

function noSuchOperation(operation: string, parameters: QueryParameters): ServiceError {
  const version = parameters.get('Version') ?? '';
  return new ServiceError(
    'InvalidAction',
    `Could not find operation ${operation} for version ${version}`,
  );
}

function invalid(what: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${what}`);
}
