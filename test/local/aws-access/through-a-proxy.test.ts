import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startConnectProxy } from '../../support/aws/connect-proxy.ts';
import { serveHub, type ServedHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

type Proxy = Awaited<ReturnType<typeof startConnectProxy>>;

const before = { ...process.env };
const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-proxy-'));
let hub: ServedHub;
let proxy: Proxy;
beforeAll(async () => {
  hub = await serveHub(steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 3, seed: 3 }));
  proxy = await startConnectProxy({ port: Number(new URL(hub.simulation.endpoint).port) });
}, 60_000);
beforeEach(() => {
  proxy.tunnels.length = 0;
  Object.assign(process.env, proxy.variables);
});
afterEach(() => {
  for (const name of ['HTTPS_PROXY', 'NO_PROXY', 'AWS_CA_BUNDLE', 'HOME']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});
afterAll(async () => {
  await hub.close();
  await proxy.close();
  rmSync(out, { recursive: true });
});

/** Nobody else knows the host: what arrives came by the proxy. */
async function through(...argv: string[]) {
  const told = await hub.cli(...argv);
  expect(`${told.stdout}${told.stderr}`).not.toMatch(/pa%24word|pa\$word/);
  expect(proxy.tunnels.length).toBeGreaterThan(0);
  return told;
}

it('run goes through it in every account, and trusts what AWS_CA_BUNDLE names', async () => {
  const { exitCode, stdout } = await through('run', '--json', '--out', out);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).coverage).toMatchObject({ percent: 100, inScope: 2 });
  expect(new Set(proxy.tunnels)).toEqual(new Set(['aws.test:443']));
  const { executionId } = JSON.parse(stdout) as { executionId: string };
  expect(await through('restore', executionId, '--out', out)).toMatchObject({ exitCode: 0 });
  await through('measure', executionId, '--out', out, '--yes');
}, 60_000);

it('so do all commands that ask a hub', async () => {
  const started = await through('start', '--name', 'proxied', '--watch', '--json');
  expect(started).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^execution: /) as string,
  });
  // The store's buckets are names below the endpoint's.
  expect(proxy.tunnels.some((host) => /^.+\.aws\.test:443$/.test(host))).toBe(true);
  expect(await through('watch', 'proxied', '--json')).toMatchObject({ exitCode: 0 });
  expect(await through('restore', 'proxied', '--hub')).toMatchObject({ exitCode: 0 });
  expect((await through('explain', 'snap-0', '--hub')).stderr).toMatch(/snap-0/);
  expect((await through('approve', 'proxied', '--yes', '--hub')).exitCode).not.toBe(0);
}, 60_000);

it('a password that it does not take is told with what it said, and never shown', async () => {
  process.env['HTTPS_PROXY'] = `http://me:wrong-secret@127.0.0.1:${proxy.port}`;
  const { exitCode, stderr } = await hub.cli('run', '--out', path.join(out, 'refused'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^orgsweep: sts:GetCallerIdentity: aws\.test \(through the proxy http:\/\/127\.0\.0\.1:\d+\) answered with status 407, text\/html: "Who are you\?"\. .*HTTPS_PROXY takes them/,
  );
  expect(stderr).not.toContain('wrong-secret');
});

it('one that is not there is told as the proxy, exit 2', async () => {
  process.env['HTTPS_PROXY'] = 'me:pa%24word@127.0.0.1:1';
  const { exitCode, stderr } = await hub.cli('run', '--out', path.join(out, 'refused'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^orgsweep: sts:GetCallerIdentity: the proxy http:\/\/127\.0\.0\.1:1 refused the connection \(ECONNREFUSED\)\. Check HTTPS_PROXY and NO_PROXY\.\n$/,
  );
});

it('without AWS_CA_BUNDLE its certificate is told as not trusted, exit 2', async () => {
  delete process.env['AWS_CA_BUNDLE'];
  const { exitCode, stderr } = await hub.cli('run', '--out', path.join(out, 'refused'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/shows a certificate that is not trusted here .* AWS_CA_BUNDLE\.\n$/);
});

it('the requests that get credentials go through it too', async () => {
  const home = path.join(out, 'home');
  mkdirSync(path.join(home, '.aws'), { recursive: true });
  const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = process.env;
  writeFileSync(
    path.join(home, '.aws/config'),
    `[profile base]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n` +
      '[profile role]\nsource_profile = base\nregion = us-east-1\n' +
      `role_arn = ${hub.connection.hub.operatorRoleArn}\n`,
  );
  const kept = { ...process.env };
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  Object.assign(process.env, { HOME: home, AWS_PROFILE: 'role' });
  try {
    await through('explain', 'snap-0', '--hub');
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
    const { exitCode, stderr } = await hub.cli('explain', 'snap-0', '--hub');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^orgsweep: credentials: the proxy http:\/\/127\.0\.0\.1:1 refused/);
  } finally {
    process.env = kept;
    delete process.env['AWS_PROFILE'];
  }
});

it('this computer itself is never asked for by the proxy', async () => {
  process.env['AWS_ENDPOINT_URL'] = hub.simulation.endpoint;
  const { exitCode } = await hub.cli('run', '--self', '--json', '--out', path.join(out, 'direct'));
  expect(exitCode).toBe(0);
  expect(proxy.tunnels).toEqual([]);
});
