import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import type { ClientOptions, RequestTimes } from '../../aws/sessions/aws-clients.ts';
import { noteVia } from '../../aws/answers/others-answer.ts';
import { type Proxies, readProxies } from './proxies.ts';

type Handle = NodeHttpHandler['handle'];

/**
 * To one host, at a time and waiting to be used again. All accounts of a Region share an endpoint,
 * and each asks for some eight listings side by side: the SDK's own 50 would be a queue.
 */
const CONNECTIONS = { keepAlive: true, maxSockets: 256, maxFreeSockets: 50 };
const PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

export type Network = NonNullable<ClientOptions['network']>;

/**
 * How requests leave: through the proxy that holds for their host, trusting these certificates. The
 * SDK knows neither.
 *
 * @param ca undefined: what Node trusts
 */
export function makeNetwork(proxies: Proxies, ca: readonly string[] | undefined): Network {
  const made = new Map<RequestTimes, ByProxy>();
  return (times) => {
    const known = made.get(times) ?? new ByProxy(proxies, { times, ca });
    made.set(times, known);
    return known;
  };
}

/** To an organization that is simulated on this machine: all of its clients share connections. */
export function makeLoopbackNetwork(): Network {
  return makeNetwork(readProxies({}), undefined);
}

interface Way {
  readonly times: RequestTimes;
  readonly ca: readonly string[] | undefined;
}

class ByProxy {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #handlers = new Map<string, NodeHttpHandler>();
  readonly #proxies: Proxies;
  readonly #way: Way;

  constructor(proxies: Proxies, way: Way) {
    this.#proxies = proxies;
    this.#way = way;
  }

  async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const { protocol, hostname, port } = request;
    const proxy = this.#proxies.of(protocol, hostname, port ?? PORTS[protocol] ?? 0);
    const handler = this.#handlerFor(proxy);
    return proxy === undefined
      ? handler.handle(request, options)
      : noteVia(`${proxy.protocol}//${proxy.host}`, async () => handler.handle(request, options));
  }

  updateHttpClientConfig(): void {
    // One handler is shared by clients that differ: what one of them wants isn't for all.
  }

  httpHandlerConfigs(): NodeHttpHandlerOptions {
    return { ...this.#way.times };
  }

  destroy(): void {
    for (const handler of this.#handlers.values()) handler.destroy();
  }

  #handlerFor(proxy: URL | undefined): NodeHttpHandler {
    const key = proxy?.href ?? 'none';
    const handler = this.#handlers.get(key) ?? makeHandler(proxy, this.#way);
    this.#handlers.set(key, handler);
    return handler;
  }
}

function makeHandler(proxy: URL | undefined, { times, ca }: Way): NodeHttpHandler {
  const trusted = ca === undefined ? {} : { ca: [...ca] };
  const agent = { ...CONNECTIONS, ...trusted };
  if (proxy === undefined)
    return new NodeHttpHandler({ ...times, httpsAgent: agent, httpAgent: CONNECTIONS });
  const httpsAgent = new HttpsProxyAgent(proxy, agent);
  // What it is made with is for the connection to the proxy alone; these, for the host behind it.
  Object.assign(httpsAgent.options, trusted);
  return new NodeHttpHandler({ ...times, httpsAgent, httpAgent: new HttpProxyAgent(proxy, agent) });
}
