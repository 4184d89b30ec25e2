import { Readable } from 'node:stream';
import type { ClientOptions } from '../../../aws/sessions/aws-clients.ts';

/** One request as it would have gone over the wire: query protocol parameters, or a JSON body. */
export interface SentRequest {
  readonly operation: string;
  readonly hostname: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly json: Record<string, unknown>;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly body: string;
  readonly requestId?: string;
  /** Left out: it tells no time. */
  readonly date?: string;
}

type Respond = (request: SentRequest) => FakeAnswer | Error;

export const FAKE_CREDENTIALS = { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' };

/**
 * Stands where the SDK's HTTP handler stands: everything above it (serializer, retries, guards,
 * parser) is the SDK's own. Records what would have been sent.
 */
export function fakeAws(respond: Respond) {
  const sent: SentRequest[] = [];
  const handle = async (request: WireRequest) => {
    const parsed = toSentRequest(request);
    sent.push(parsed);
    const answer = respond(parsed);
    if (answer instanceof Error) throw answer;
    const response = {
      statusCode: answer.status ?? 200,
      headers: {
        'x-amzn-requestid': answer.requestId ?? 'req-1',
        ...(answer.date !== undefined && { date: answer.date }),
      },
      body: Readable.from([Buffer.from(answer.body)]),
    };
    return { response };
  };
  const handler = {
    handle,
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  return {
    sent,
    operations: () => sent.map(({ operation }) => operation),
    /** For the clients' options: fake credentials, no waiting for retries. */
    options: {
      credentials: FAKE_CREDENTIALS,
      maxAttempts: 1,
      requestHandler: handler as unknown as NonNullable<ClientOptions['requestHandler']>,
    },
  };
}

/** An EC2 answer; values are XML. */
export function ec2Answer(operation: string, xml: string): FakeAnswer {
  return {
    body: `<${operation}Response><requestId>req-1</requestId>${xml}</${operation}Response>`,
  };
}

export function ec2Error(code: string, message = 'no', status = 400): FakeAnswer {
  return {
    status,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>req-1</RequestID></Response>`,
  };
}

export function stsAnswer(operation: string, xml: string): FakeAnswer {
  const result = `<${operation}Result>${xml}</${operation}Result>`;
  return {
    body: `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</${operation}Response>`,
  };
}

export function stsError(code: string, message: string, status = 403): FakeAnswer {
  return {
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`,
  };
}

export function rbinAnswer(json: unknown): FakeAnswer {
  return { body: JSON.stringify(json) };
}

export function rbinError(code: string, status = 400): FakeAnswer {
  return { status, body: JSON.stringify({ __type: code, message: 'no' }) };
}

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function toSentRequest({ method, path, hostname, headers, body }: WireRequest): SentRequest {
  // The JSON protocols' bodies are bytes.
  const text =
    typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array | undefined);
  const target = headers['x-amz-target']?.split('.').at(-1) ?? restOperation(method, path);
  const params = target === undefined ? Object.fromEntries(new URLSearchParams(text)) : {};
  return {
    operation: target ?? params['Action'] ?? 'Unknown',
    hostname,
    path,
    headers,
    params,
    json: target === undefined || text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

/** The Recycle Bin's operations are told by method and path. */
function restOperation(method: string, path: string): string | undefined {
  if (method === 'POST' && path === '/list-rules') return 'ListRules';
  if (method === 'POST' && path === '/rules') return 'CreateRule';
  if (method === 'DELETE' && path.startsWith('/rules/')) return 'DeleteRule';
  if (method === 'GET' && /^\/snapshots\/[^/]+\/blocks$/.test(path)) return 'ListSnapshotBlocks';
  return method === 'GET' && path.startsWith('/rules/') ? 'GetRule' : undefined;
}
