import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, clockInHeader, SIMULATED_CLOCK_HEADER } from '../../../clock/clock.ts';
import { parseCredentialScope } from '../iam/credential-scope.ts';
import type { AnonymousRequest, Dispatch } from './dispatch.ts';
import { dispatch } from './dispatch.ts';
import { seededUuid } from '../call/seeded.ts';
import type { SimResponse } from '../call/service.ts';

export const HOST = '127.0.0.1';

/** SDKs keep connections open; one that closes just as it is used again looks like a fault. */
const KEEP_ALIVE_MILLISECONDS = 120_000;

/** Answers every HTTP request as AWS's endpoints would, with request ids made from the seed. */
export function toListener(on: Dispatch, { seed, clock }: { seed: number; clock: Clock }) {
  let requests = 0;
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    requests += 1;
    const requestId = seededUuid(seed, 'request', requests);
    answer(incoming, on, requestId).then(
      (response) => {
        // AWS's time is the simulation's.
        outgoing.setHeader('date', clock.now().toUTCString());
        outgoing.setHeader(SIMULATED_CLOCK_HEADER, clockInHeader(clock));
        send(outgoing, response, requestId);
      },
      (error: unknown) => sendBug(outgoing, error),
    );
  };
}

/** @throws an Error with the code `EADDRINUSE` when the port is taken */
export async function listen(server: Server, port: number): Promise<number> {
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, HOST, resolve);
  });
  return (server.address() as AddressInfo).port;
}

export async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const message = `port ${port} on ${HOST} is in use; choose another one, or 0 for any free port`;
  return Object.assign(new Error(message, { cause: error }), { code: error.code });
}

async function answer(
  incoming: IncomingMessage,
  on: Dispatch,
  requestId: string,
): Promise<SimResponse> {
  const request = await read(incoming);
  return dispatch(request, parseCredentialScope(request.headers['authorization']), requestId, on);
}

async function read(incoming: IncomingMessage): Promise<AnonymousRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s, 2);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.concat(chunks),
  };
}

function send(outgoing: ServerResponse, response: SimResponse, requestId: string): void {
  if (response.breakOff === 'silence') return;
  if (response.breakOff === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.body);
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  outgoing.writeHead(response.status, {
    'x-amzn-requestid': requestId,
    ...length,
    ...response.headers,
  });
  if (response.breakOff === 'truncate') {
    outgoing.write(body.subarray(0, body.length >> 1), () => outgoing.socket?.destroy());
    return;
  }
  outgoing.end(body);
}

/** A mistake in the simulation or in a test's hook: never to be taken for an answer of AWS. */
function sendBug(outgoing: ServerResponse, error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`The simulation failed: ${words}`);
  if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
  outgoing.end(`The simulation failed: ${words}`);
}
