import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../local/cli/cli.ts';
import { fakeTerminal } from '../fake-terminal.ts';

/** What four accounts at once take, each with all of its Regions and listings, at both ends. */
const MOST_SOCKETS = 400;

/**
 * Every account and Region has clients of its own. Where each of them also has connections of its
 * own, an organization of some hundred accounts needs more files open than a system gives.
 */
it('a run over many accounts and Regions keeps few connections open', async () => {
  const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-connections-'));
  let most = 0;
  const look = setInterval(() => {
    const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
    most = Math.max(most, sockets.length);
  }, 100);
  try {
    const run = ['run', '--simulated', '--out', out, '--quiet'];
    expect(await main(run, fakeTerminal().terminal)).toBe(0);
  } finally {
    clearInterval(look);
    rmSync(out, { recursive: true });
  }
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(MOST_SOCKETS);
});
