import { request } from 'node:http';
import { isIP } from 'node:net';
import { type Clock, fastClock, SIMULATED_CLOCK_HEADER, systemClock } from '../../clock/clock.ts';

/** Of what an endpoint answers to a first request without credentials. */
export interface FirstAnswer {
  /** Of `SIMULATED_CLOCK_HEADER`. */
  readonly header: string | undefined;
  /** Where it came from. */
  readonly address: string | undefined;
}

const ASK_MILLISECONDS = 5_000;
const FASTEST = 1_000;

/**
 * The clock to go by where this endpoint stands for AWS: that of a simulated organization which is
 * served on this very machine, else the machine's own. No other host is asked: whoever could move
 * the clock from elsewhere would end graces in real accounts.
 *
 * @param ask for tests
 */
export async function clockBehind(
  endpoint: string | undefined,
  ask: (url: URL) => Promise<FirstAnswer> = askOnce,
): Promise<Clock> {
  const url = URL.canParse(endpoint ?? '') ? new URL(endpoint ?? '') : undefined;
  if (url?.protocol !== 'http:' || !isLoopbackHost(url.hostname)) return systemClock;
  const { header, address } = await ask(url);
  if (!isLoopbackAddress(address ?? '')) return systemClock;
  return clockFrom(header) ?? systemClock;
}

/**
 * A name, or an address as URLs have it. No name below `localhost`, though a request to one goes by no
 * proxy: a resolver may know another address for it, and who answers there must not move the clock.
 */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host.replace(/^\[|\]$/g, ''));
}

function isLoopbackAddress(address: string): boolean {
  const v4 = address.replace(/^::ffff:/i, '');
  return address === '::1' || (isIP(v4) === 4 && v4.startsWith('127.'));
}

function clockFrom(header = ''): Clock | undefined {
  const [, at = '', speed = ''] = /^(\S+Z) speed=(\d+(?:\.\d+)?)$/.exec(header) ?? [];
  const start = new Date(at);
  const isClock = !Number.isNaN(start.getTime()) && Number(speed) > 0 && Number(speed) <= FASTEST;
  return isClock ? fastClock(start, Number(speed)) : undefined;
}

/** Directly: no proxy is asked for what is on this machine. What goes wrong, the first call tells. */
async function askOnce(url: URL): Promise<FirstAnswer> {
  return new Promise((resolve) => {
    const nobody = () => resolve({ header: undefined, address: undefined });
    const asking = request(url, { agent: false, timeout: ASK_MILLISECONDS }, (response) => {
      const header = response.headers[SIMULATED_CLOCK_HEADER];
      const address = response.socket.remoteAddress;
      response.resume();
      resolve({ header: typeof header === 'string' ? header : undefined, address });
    });
    asking.on('error', nobody);
    asking.on('timeout', () => asking.destroy(new Error('no answer')));
    asking.end();
  });
}
