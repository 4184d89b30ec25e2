import { Readable } from 'node:stream';
import type { ClientOptions } from '../../../aws/sessions/aws-clients.ts';
import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';

type Handler = NonNullable<ClientOptions['requestHandler']>;
type RetryStrategy = ReturnType<NonNullable<ClientOptions['retryStrategy']>>;

/** What is sent, as far as the query protocol and `X-Amz-Target` tell it. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface WireResponse {
  readonly response: { readonly statusCode: number; readonly headers: object; body: Readable };
}

interface InnerHandler {
  handle(request: WireRequest, options?: object): Promise<WireResponse>;
  destroy(): void;
}

/** Stands around every request. `send` carries it out. */
export type AroundRequest = (
  request: WireRequest,
  send: () => Promise<WireResponse>,
) => Promise<WireResponse>;

/**
 * The SDK's own HTTP handler, but one request at a time, its answer read to the end before the next
 * one leaves: what runs side by side always gets to the server in the same order.
 */
export function makeWire(around: AroundRequest): { handler: Handler; destroy: () => void } {
  const inner = makeHubClients({ region: 'us-east-1' }).sts.config
    .requestHandler as unknown as InnerHandler;
  let last: Promise<unknown> = Promise.resolve();
  const handler = {
    handle: async (request: WireRequest, options?: object) => {
      const send = async () => readWhole(await inner.handle(request, options));
      const mine = last.then(async () => around(request, send));
      last = mine.catch(() => undefined);
      return mine;
    },
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  return { handler: handler as unknown as Handler, destroy: () => inner.destroy() };
}

async function readWhole({ response }: WireResponse): Promise<WireResponse> {
  const chunks: Buffer[] = [];
  let broken: Error | undefined;
  try {
    for await (const chunk of response.body) chunks.push(chunk as Buffer);
  } catch (error) {
    broken = error as Error;
  }
  const body = new Readable({
    read() {
      if (broken) this.destroy(broken);
    },
  });
  if (!broken) {
    body.push(Buffer.concat(chunks));
    body.push(null);
  }
  response.body = body;
  return { response };
}

interface Token {
  readonly getRetryCount: () => number;
  readonly getRetryDelay: () => number;
}

const FIRST_WAIT_MILLISECONDS = 300;

/** The SDK's standard retries, in which waiting moves the clock and takes no time. */
export function virtualRetries(wait: (milliseconds: number) => Promise<void>) {
  const tokenOf = (count: number): Token => ({
    getRetryCount: () => count,
    getRetryDelay: () => 0,
  });
  return (maxAttempts: number): RetryStrategy =>
    ({
      mode: 'standard',
      acquireInitialRetryToken: async () => tokenOf(0),
      refreshRetryTokenForRetry: async (token: Token, { errorType }: { errorType: string }) => {
        const count = token.getRetryCount() + 1;
        if (errorType === 'CLIENT_ERROR' || count >= maxAttempts) throw new Error('no more tries');
        await wait(FIRST_WAIT_MILLISECONDS * 2 ** count);
        return tokenOf(count);
      },
      recordSuccess: () => undefined,
    }) as unknown as RetryStrategy;
}
