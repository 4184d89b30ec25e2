import { readFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';

const CA_FILE = path.resolve('test/fixtures/tls/ca.pem');
/** A name that no DNS has: who doesn't ask the proxy doesn't get there. */
const BEHIND = 'aws.test';
const SECRET = 'pa%24word';

/**
 * A proxy that wants a password and opens tunnels to what stands on this computer, in TLS by a CA
 * that nobody knows. Buckets are called as subdomains there.
 */
export async function startConnectProxy(to: { port: number }) {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const tls = (name: string) => readFileSync(path.resolve('test/fixtures/tls', name));
  const behind = createTlsServer(
    { key: tls('server.key'), cert: tls('server.pem') },
    (incoming, outgoing) => {
      const { method, url = '/', headers } = incoming;
      const [, bucket] = /^(.+)\.aws\.test/.exec(headers.host ?? '') ?? [];
      const target = bucket === undefined ? url : `/${bucket}${url}`;
      const passed = forward(
        { host: '127.0.0.1', port: to.port, method, path: target, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    },
  );
  const behindPort = await portOf(behind);
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connect', ({ url = '', headers }, socket: Socket) => {
    const expected = `Basic ${Buffer.from('me:pa$word').toString('base64')}`;
    if (headers['proxy-authorization'] !== expected) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-type: text/html\r\n\r\n<h1>Who are you?</h1>',
      );
      return;
    }
    tunnels.push(url);
    const tunnel = connect(behindPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const end of [socket, tunnel]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
  });
  const port = await portOf(proxy);
  return {
    /** Where each tunnel was to lead. */
    tunnels,
    port,
    variables: {
      AWS_ENDPOINT_URL: `https://${BEHIND}`,
      AWS_CA_BUNDLE: CA_FILE,
      HTTPS_PROXY: `http://me:${SECRET}@127.0.0.1:${port}`,
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      for (const server of [proxy, behind]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
