import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { tellBroken, tellCame } from '../../../aws/answers/no-answer.ts';

const tls = (name: string) => readFileSync(path.resolve('test/fixtures/tls', name));
const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Listening {
  listen(port: number, host: string, done: () => void): unknown;
  address(): AddressInfo | string | null;
  close(): unknown;
}

async function portOf<S extends Listening>(server: S): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => {
    if ('closeAllConnections' in server) (server as unknown as Server).closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** @returns what is told of the first call, at this endpoint */
async function toldOf(endpoint: string, ca?: Buffer): Promise<string> {
  const { sts } = makeHubClients({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 300,
      requestTimeout: 300,
      throwOnRequestTimeout: true,
      ...(ca !== undefined && { httpsAgent: { ca } }),
    }),
  });
  const failure = await sts
    .send(new GetCallerIdentityCommand({}))
    .then(() => undefined, toAwsFailure);
  if (failure === undefined) throw new Error('was taken for an answer');
  expect(failure.operation).toBe('sts:GetCallerIdentity');
  return failure.message.replace(/127\.0\.0\.1:\d+/g, 'HOST');
}

async function toldOfCertificate(cert: string, ca?: Buffer): Promise<string> {
  const server = createHttpsServer({ key: tls('server.key'), cert: tls(cert) });
  return toldOf(`https://127.0.0.1:${await portOf(server)}`, ca);
}

describe('where no answer comes, the host, what happened and what to do are told:', () => {
  it('no address', async () => {
    expect(await toldOf('https://sts.eu-west-9.invalid')).toMatch(
      /^sts\.eu-west-9\.invalid has no address in DNS \((ENOTFOUND|EAI_AGAIN)\)\. Check the Region, the endpoint and DNS\. .*HTTPS_PROXY\.$/,
    );
  });

  it('nothing listens', async () => {
    expect(await toldOf('http://127.0.0.1:1')).toMatch(
      /^HOST refused the connection \(ECONNREFUSED\)\. Check that something listens there\./,
    );
  });

  it('a connection that is cut', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
    expect(await toldOf(`http://127.0.0.1:${await portOf(server)}`)).toMatch(
      /^HOST ended the connection without an answer \(ECONNRESET\)\. A firewall or a proxy/,
    );
  });

  it('a server that says nothing', async () => {
    const server = createHttpServer(() => undefined);
    expect(await toldOf(`http://127.0.0.1:${await portOf(server)}`)).toMatch(
      /^HOST did not answer in time \((ETIMEDOUT|TimeoutError), 0\.3 s\)\. Check that a firewall/,
    );
  });

  it('http where https is meant', async () => {
    const server = createHttpServer((_, response) => response.end());
    expect(await toldOf(`https://127.0.0.1:${await portOf(server)}`)).toMatch(
      /^HOST does not speak TLS as expected \((EPROTO|ERR_SSL_\w+)\)\. Check the endpoint: "https:/,
    );
  });

  it('something that is not HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('220 smtp.test ready\r\n'));
    expect(await toldOf(`http://127.0.0.1:${await portOf(server)}`)).toMatch(
      /^HOST answered something that is not HTTP \(HPE_\w+\)\. Check the endpoint: "http:/,
    );
  });

  it.each([
    [
      'of an unknown CA',
      'server.pem',
      undefined,
      /is not trusted here \(UNABLE_TO_\w+\)\. .*AWS_CA_BUNDLE/,
    ],
    [
      'that signed itself',
      'self-signed.pem',
      undefined,
      /is not trusted here \(DEPTH_ZERO_SELF_\w+\)\. .*AWS_CA_BUNDLE/,
    ],
    [
      'that has expired',
      'expired.pem',
      tls('ca.pem'),
      /has expired \(CERT_HAS_EXPIRED\)\. .*clock/,
    ],
    [
      'of the future',
      'not-yet.pem',
      tls('ca.pem'),
      /not valid yet \(CERT_NOT_YET_VALID\)\. .*clock/,
    ],
    [
      'of another host',
      'elsewhere.pem',
      tls('ca.pem'),
      /of another host \(ERR_TLS_CERT_\w+\)\. .*DNS/,
    ],
  ])('a certificate %s', async (_what, cert, ca, words) => {
    const told = await toldOfCertificate(cert, ca);
    expect(told).toMatch(/^HOST shows a certificate that|^HOST shows a certificate of/);
    expect(told).toMatch(words);
  });
});

describe('where something else answers, what came is told, and nothing that could be a secret:', () => {
  const HTML = { 'content-type': 'text/html; charset=utf-8' };
  const page = (words: string) => `<html><style>a{}</style><body><h1>${words}</h1></body></html>`;
  it.each([
    [
      200,
      HTML,
      page('Please log in'),
      /^HOST answered with status 200, text\/html: "Please log in"\. .*log in to the network/,
    ],
    [200, {}, '', /^HOST answered with status 200 and nothing in it\. /],
    [
      200,
      { 'content-type': 'application/json' },
      '{"ok":true}',
      /status 200, application\/json: "{"ok":true}"\. /,
    ],
    [
      301,
      { location: 'https://login.test/?user=u' },
      '',
      /^HOST answered with status 301 and redirects to login\.test and nothing in it\. /,
    ],
    [403, HTML, page('Blocked'), /status 403, text\/html: "Blocked"\. .*check that the proxy lets/],
    [
      407,
      HTML,
      page('Proxy login'),
      /status 407, text\/html: "Proxy login"\. .*HTTPS_PROXY takes them/,
    ],
    [502, HTML, page('Bad Gateway'), /status 502, text\/html: "Bad Gateway"\. .*try again/],
    [503, HTML, page('Unavailable'), /status 503, text\/html: "Unavailable"\. .*try again/],
    [502, {}, '', /status 502 and nothing in it\. .*try again/],
    [
      502,
      HTML,
      page('for user: http://me:secret@proxy.test key AKIAIOSFODNN7EXAMPLEAKIA'),
      /"for user: http:\/\/\*\*\*@proxy\.test key \*\*\*"/,
    ],
  ])('%d %j', async (status, headers, body, words) => {
    const server = createHttpServer((request, response) => {
      request.resume();
      response.writeHead(status, headers).end(body);
    });
    const told = await toldOf(`http://127.0.0.1:${await portOf(server)}`);
    expect(told).toMatch(words);
    expect(told).not.toMatch(/secret|AKIAIOSFODNN|user=u/);
  });

  it('AWS itself is quoted as it is', async () => {
    const server = createHttpServer((request, response) => {
      request.resume();
      response.writeHead(403, { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' });
      response.end(
        '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>The security token expired</Message></Error><RequestId>r</RequestId></ErrorResponse>',
      );
    });
    expect(await toldOf(`http://127.0.0.1:${await portOf(server)}`)).toBe(
      'The security token expired',
    );
  });
});

it('names to a deployed function no variable that it does not read', () => {
  const where = { host: 'sts.eu-west-1.amazonaws.com', inFunction: true };
  for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'SELF_SIGNED_CERT_IN_CHAIN'])
    expect(tellBroken(where, { code, message: '' })).toMatch(
      /\. Check the network of the function: its VPC, if it has one, and its endpoints\.$/,
    );
  const came = { status: 407, contentType: '', words: '' };
  expect(tellCame(where, came)).not.toContain('HTTPS_PROXY');
  expect(tellCame({ ...where, inFunction: false }, came)).toContain('HTTPS_PROXY');
});
