import { BlockList, isIP } from 'node:net';
import { redactSecrets } from '../../aws/answers/redact-secrets.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Variables } from './shared-files.ts';

/** Which proxy requests go through. */
export interface Proxies {
  /** undefined: none, the request goes out directly. */
  of(protocol: string, host: string, port: number): URL | undefined;
}

interface Given {
  readonly name: string;
  readonly value: string;
}

const ACCEPTED = 'a proxy such as "http://proxy.example.com:8080" (http or https)';

/** This computer itself: what listens there isn't found by a proxy. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * What HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say, in small letters or capitals; where both
 * are there, the small ones hold, as in curl and the AWS CLI.
 *
 * @throws {InvalidInput} for a proxy that nobody can go through
 */
export function readProxies(variables: Variables): Proxies {
  const exceptions = exceptionsOf(given('no_proxy', variables)?.value ?? '');
  const all = given('all_proxy', variables);
  const chosen: Readonly<Record<string, Given | undefined>> = {
    'https:': given('https_proxy', variables) ?? all,
    'http:': given('http_proxy', variables) ?? all,
  };
  const proxies = Object.fromEntries(
    Object.entries(chosen).map(([protocol, one]) => [protocol, one && parseProxy(one)]),
  );
  return {
    of: (protocol, host, port) =>
      isLoopback(host) || isExcepted(exceptions, host, port) ? undefined : proxies[protocol],
  };
}

function given(name: string, variables: Variables): Given | undefined {
  for (const spelled of [name, name.toUpperCase()]) {
    const value = variables[spelled]?.trim();
    if (value) return { name: spelled, value };
  }
  return undefined;
}

function parseProxy({ name, value }: Given): URL {
  const url = urlOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url === undefined) throw new InvalidInput(fault(name, redactSecrets(value), ACCEPTED));
  return url;
}

/** undefined where it names more than a proxy: then a part of a password may have been read as a host. */
function urlOf(value: string): URL | undefined {
  if (/\s/.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isBare = ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';
  if (!['http:', 'https:'].includes(url.protocol) || url.hostname === '' || !isBare)
    return undefined;
  try {
    decodeURIComponent(url.username + url.password);
    return url;
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  const name = bare(host);
  const family = isIP(name);
  if (family === 0) return name === 'localhost' || name.endsWith('.localhost');
  return LOOPBACK.check(name, family === 6 ? 'ipv6' : 'ipv4');
}

function exceptionsOf(value: string): readonly string[] {
  return value
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((name) => name !== '');
}

/** A name holds for all below it, with or without a point before it, as in curl and the AWS CLI. */
function isExcepted(exceptions: readonly string[], host: string, port: number): boolean {
  const name = bare(host);
  return exceptions.some((exception) => {
    if (exception === '*') return true;
    if (exception.includes('/')) return isInNetwork(exception, name);
    const [, domain = '', ofPort] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
    if (isIP(bare(exception)) !== 0) return bare(exception) === name;
    if (ofPort !== undefined && Number(ofPort) !== port) return false;
    const plain = bare(domain).replace(/^\*?\./, '');
    return name === plain || (isIP(name) === 0 && name.endsWith(`.${plain}`));
  });
}

function isInNetwork(network: string, host: string): boolean {
  const [address = '', prefix = ''] = network.split('/');
  const family = isIP(host);
  if (family === 0 || isIP(address) !== family || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  const type = family === 6 ? 'ipv6' : 'ipv4';
  list.addSubnet(address, Number(prefix), type);
  return list.check(host, type);
}

/** In small letters, an IPv6 address without its brackets. */
function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '');
}
