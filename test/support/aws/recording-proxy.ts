import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes every request on as it came, and keeps the forms of those that carry one. */
export async function startRecordingProxy(to: { port: number }) {
  const forms: URLSearchParams[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      if (incoming.headers['content-type'] === 'application/x-www-form-urlencoded') {
        forms.push(new URLSearchParams(body.toString()));
      }
      const { method, url: path, headers } = incoming;
      const passed = request(
        { host: '127.0.0.1', port: to.port, method, path, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      passed.on('error', () => outgoing.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** All requests of this operation so far. */
    of: (operation: string) => forms.filter((form) => form.get('Action') === operation),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
