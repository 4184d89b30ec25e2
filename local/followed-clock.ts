import { type Clock, systemClock } from '../adapters/clock.ts';
import { clockBehind, isLoopbackHost } from '../adapters/simulated-clock.ts';

/**
 * The clock that a command goes by: the machine's, unless all of AWS is a simulated organization on
 * this machine, to which `AWS_ENDPOINT_URL` leads. That one may be weeks ahead.
 */
export async function clockToFollow(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Clock> {
  const others = Object.entries(env).filter(([name]) => /^AWS_ENDPOINT_URL_./.test(name));
  // One service elsewhere may be the one that deletes.
  if (others.some(([, url]) => !isOnLoopback(url))) return systemClock;
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return systemClock;
  return clockBehind(env['AWS_ENDPOINT_URL']);
}

function isOnLoopback(url = ''): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}
