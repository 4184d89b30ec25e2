import { createServer, request as send, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accessKeyOf, type AskedFor, askedFor, type WireRequest } from './asked-for.ts';

/** Whether AWS would let a role do it. */
export type Judge = (roleName: string, asked: AskedFor) => Promise<boolean>;

export interface GateOptions {
  readonly roleName: string;
  readonly judge: Judge;
  readonly account: { readonly accountId: string; readonly partition: string };
  /** Where allowed requests go on to, and the access key that all functions share there. */
  readonly simulation: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string };
  };
}

export interface PolicyGate {
  readonly endpoint: string;
  /** What was refused, as `action on resource`. */
  readonly denied: readonly string[];
  /** What was asked for in the role's own name, actions only. */
  readonly used: ReadonlySet<string>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Stands between one function and the simulated organization, as IAM does: what the function asks
 * for in its own name has to be allowed by its role. Requests of the sessions that it opened in
 * other accounts pass: those have policies of their own.
 */
export async function openPolicyGate(options: GateOptions): Promise<PolicyGate> {
  const denied: string[] = [];
  const used = new Set<string>();
  const { account, judge, roleName, simulation } = options;

  const isAllowed = async (asked: AskedFor) => {
    used.add(asked.action);
    if (await judge(roleName, asked)) return true;
    denied.push(`${asked.action} on ${asked.resource}`);
    return false;
  };
  const answer = async (request: WireRequest, body: Buffer): Promise<Answer> => {
    const own = accessKeyOf(request) === simulation.credentials.accessKeyId;
    const asked = own ? askedFor(request, account) : undefined;
    if (asked !== undefined && !(await isAllowed(asked))) return refusal(asked);
    const answered = await passOn(simulation.endpoint, request, body);
    // S3 tells that an object isn't there only to those who may list the bucket.
    if (asked?.action !== 's3:GetObject' || answered.status !== 404) return answered;
    const [bucket = ''] = asked.resource.split('/');
    const key = asked.resource.slice(bucket.length + 1);
    const listing = { action: 's3:ListBucket', resource: bucket, context: { 's3:prefix': key } };
    return (await isAllowed(listing)) ? answered : refusal(asked);
  };

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url = '/', headers } = incoming;
      answer({ method, url, headers, body: body.toString('utf8') }, body).then(
        (answered) => outgoing.writeHead(answered.status, answered.headers).end(answered.body),
        (error: unknown) => {
          denied.push(String(error));
          outgoing.writeHead(500).end();
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    denied,
    used,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** In the words of each protocol, so that the function reads it as it would read AWS. */
function refusal({ action, resource }: AskedFor): Answer {
  const message = `not authorized to perform: ${action} on resource: ${resource}`;
  const [service = ''] = action.split(':');
  if (['kms', 'organizations', 'ssm', 'states'].includes(service)) {
    const body = JSON.stringify({ __type: 'AccessDeniedException', message });
    return { status: 400, headers: {}, body: Buffer.from(body) };
  }
  const error = `<Code>AccessDenied</Code><Message>${message}</Message>`;
  const xml = {
    s3: `<Error>${error}</Error>`,
    ec2: `<Response><Errors><Error>${error.replace('AccessDenied', 'UnauthorizedOperation')}</Error></Errors></Response>`,
  }[service];
  const body = xml ?? `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`;
  return { status: 403, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) };
}

async function passOn(endpoint: string, request: WireRequest, body: Buffer): Promise<Answer> {
  const { method, headers } = request;
  return new Promise((resolve, reject) => {
    const outgoing = send(new URL(request.url, endpoint), { method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode = 500, headers: answered } = incoming;
        const { 'transfer-encoding': _, ...kept } = answered;
        resolve({ status: statusCode, headers: kept, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
