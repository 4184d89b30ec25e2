import { readProxies } from '../../../local/aws-access/proxies.ts';

const PROXY = { HTTPS_PROXY: 'http://proxy.test:8080' };
const STS = 'sts.eu-west-1.amazonaws.com';

function chosen(variables: Record<string, string>, host = STS, port = 443): string | undefined {
  return readProxies(variables).of('https:', host, port)?.href;
}

it('takes what HTTPS_PROXY, HTTP_PROXY and ALL_PROXY name, in either spelling', () => {
  expect(chosen({})).toBeUndefined();
  expect(chosen(PROXY)).toBe('http://proxy.test:8080/');
  expect(chosen({ ...PROXY, https_proxy: 'https://other.test' })).toBe('https://other.test/');
  expect(chosen({ all_proxy: 'http://all.test' })).toBe('http://all.test/');
  expect(chosen({ HTTP_PROXY: 'http://plain.test' })).toBeUndefined();
  const plain = readProxies({ HTTP_PROXY: 'http://plain.test' }).of('http:', 'aws.test', 80);
  expect(plain?.href).toBe('http://plain.test/');
});

it('takes a proxy without its scheme as one that is spoken to in HTTP', () => {
  expect(chosen({ HTTPS_PROXY: 'proxy.test:8080' })).toBe('http://proxy.test:8080/');
  expect(chosen({ HTTPS_PROXY: 'me:p@proxy.test:8080' })).toBe('http://me:p@proxy.test:8080/');
});

it.each(['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost', 'LOCALHOST', 's3.localhost'])(
  'never asks a proxy for %s',
  (host) => expect(chosen(PROXY, host)).toBeUndefined(),
);

it.each([
  ['*', STS],
  ['amazonaws.com', STS],
  ['.amazonaws.com', STS],
  ['*.amazonaws.com', STS],
  ['AmazonAWS.com', STS],
  ['corp.test, .amazonaws.com', STS],
  [STS, STS],
  [`${STS}:443`, STS],
  ['10.0.0.0/8', '10.1.2.3'],
  ['10.1.2.3', '10.1.2.3'],
  ['fd00::/8', 'fd00::1'],
  ['fd00::1', '[fd00::1]'],
])('NO_PROXY=%s leaves %s out', (NO_PROXY, host) => {
  expect(chosen({ ...PROXY, NO_PROXY }, host)).toBeUndefined();
  expect(chosen({ ...PROXY, no_proxy: NO_PROXY }, host)).toBeUndefined();
});

it.each([
  ['', STS],
  ['aws.com', STS],
  ['eu-west-1.amazonaws.co', STS],
  [`${STS}:8443`, STS],
  ['10.0.0.0/8', '11.1.2.3'],
  ['10.0.0.0/99', '10.1.2.3'],
  ['1.2.3', '10.1.2.3'],
])('NO_PROXY=%s does not leave %s out', (NO_PROXY, host) => {
  expect(chosen({ ...PROXY, NO_PROXY }, host)).toBe('http://proxy.test:8080/');
});
