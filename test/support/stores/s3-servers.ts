import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../../../clock/clock.ts';
import { decodeAwsChunked } from '../../../simulation/services/protocols/aws-chunked.ts';
import type { Endpoint } from '../../../simulation/services/call/endpoint.ts';
import { makeS3 } from '../../../simulation/services/s3/s3.ts';
import {
  type Caller,
  ServiceError,
  type SimRequest,
} from '../../../simulation/services/call/service.ts';

export const BUCKET = 'orgsweep-test';

const HUB: Caller = {
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/orgsweep',
  userId: 'AIDAEXAMPLE',
  accessKeyId: 'AKIAEXAMPLE',
  role: 'hub',
};

/** Our simulated S3 over HTTP on loopback, and what it was asked. */
export async function startSimulatedS3(
  options: {
    mostKeys?: number;
    role?: Caller['role'];
    /** Answers instead of the service when it returns true. */
    intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
  } = {},
) {
  const { mostKeys = 1000, role = 'hub', intercept } = options;
  const s3 = makeS3({ clock: systemClock, buckets: [BUCKET], mostKeys });
  const requests: { method: string; path: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push({
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
    });
    if (intercept?.(incoming, outgoing) === true) return;
    void answer(s3, { ...HUB, role }, incoming).then(({ status, headers, body }) => {
      outgoing.writeHead(status, headers).end(body);
    });
  });
  const endpoint = await listen(server);
  const client = clientOf(endpoint, 'AKIAEXAMPLE', 'secret');
  return { s3, requests, endpoint, client, close: async () => closeBoth(client, server) };
}

async function answer(s3: Endpoint, caller: Caller, incoming: IncomingMessage) {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers = incoming.headers as Record<string, string>;
  const sent = await buffer(incoming);
  const request: SimRequest = {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: headers['content-encoding'] === 'aws-chunked' ? decodeAwsChunked(sent) : sent,
    region: 'eu-west-1',
    service: 's3',
    caller,
  };
  try {
    return await s3.open(request).answer('REQUEST1');
  } catch (error) {
    if (error instanceof ServiceError) return s3.toError(error, 'REQUEST1');
    throw error;
  }
}

/** An S3 server that isn't ours: the npm package @20minutes/s3rver, on loopback, in a new folder. */
export async function startForeignS3() {
  const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: object) => {
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  };
  const directory = await mkdtemp(join(tmpdir(), 'orgsweep-s3rver-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    // It signs "/bucket" where the SDK signs, and sends, "/bucket/".
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await server.run();
  const client = clientOf(`http://127.0.0.1:${port}`, 'S3RVER', 'S3RVER');
  return {
    client,
    close: async () => {
      client.destroy();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function clientOf(endpoint: string, accessKeyId: string, secretAccessKey: string): S3Client {
  return new S3Client({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 2,
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeBoth(client: S3Client, server: Server): Promise<void> {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
