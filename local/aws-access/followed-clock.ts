import { type Clock, systemClock } from '../../clock/clock.ts';
import { clockBehind, isLoopbackHost } from './simulated-clock.ts';
import { readProfile, type Variables } from './shared-files.ts';

/**
 * The clock that a command goes by: the machine's, unless all of AWS is a simulated organization on
 * this machine, to which `AWS_ENDPOINT_URL` leads. That one may be weeks ahead.
 */
export async function clockToFollow(env: Variables = process.env): Promise<Clock> {
  const others = Object.entries(env).filter(([name]) => /^AWS_ENDPOINT_URL_./.test(name));
  // One service elsewhere may be the one that deletes.
  if (others.some(([, url]) => !isOnLoopback(url))) return systemClock;
  const endpoint = env['AWS_ENDPOINT_URL'];
  if (!isOnLoopback(endpoint) || (await isIgnored(env))) return systemClock;
  return clockBehind(endpoint);
}

/** Whether the SDK takes no notice of endpoints: then AWS itself is asked. */
async function isIgnored(env: Variables): Promise<boolean> {
  const { settings } = await readProfile(env);
  return [
    env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
    settings['ignore_configured_endpoint_urls'],
  ].some((value) => value?.toLowerCase() === 'true');
}

function isOnLoopback(url = ''): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}
