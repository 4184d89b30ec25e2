import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const bin = path.resolve('bin/orgsweep.mjs');
const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-early-'));
afterAll(() => rmSync(out, { recursive: true }));

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'eu-west-1' };

/** A process of its own: what is left of a request that failed would hold it. */
async function ended(variables: Record<string, string>, argv: readonly string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', HOME: out, ...KEYS, ...variables };
  const startedAt = performance.now();
  const child = spawn(bin, [...argv, ...(argv.includes('run') ? ['--out', out] : [])], { env });
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (told[name] += chunk.toString()));
  const given = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const exitCode = await new Promise((done) => child.once('close', done));
  clearTimeout(given);
  return { exitCode, ...told, seconds: (performance.now() - startedAt) / 1000 };
}

it.each([
  ['a key with a CR', { AWS_ACCESS_KEY_ID: 'AKIA\r' }, /^orgsweep: AWS_ACCESS_KEY_ID: has a line/],
  ['a bad token', { AWS_SESSION_TOKEN: 'x\u00e9' }, /^orgsweep: AWS_SESSION_TOKEN: has a char/],
  ['a Region with a CR', { AWS_REGION: 'eu-west-1\r' }, /^orgsweep: AWS_REGION: "eu-west-1\\r"/],
  ['no such profile', { AWS_PROFILE: 'x' }, /^orgsweep: AWS_PROFILE: "x"/],
  ['nothing listens', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, /ECONNREFUSED/],
])(
  '%s ends the process at once, with 2 and one line',
  async (_what, variables, words) => {
    for (const argv of [['run'], ['watch', 'e1']]) {
      const { exitCode, stdout, stderr, seconds } = await ended(variables, argv);
      expect({ exitCode, stdout, lines: stderr.split('\n').length }).toEqual({
        exitCode: 2,
        stdout: '',
        lines: 2,
      });
      expect(stderr).toMatch(words);
      // It starts in a second or two; on a busy machine, in more.
      expect(seconds).toBeLessThan(30);
    }
  },
  90_000,
);

it('a proxy that never answers holds the process no longer than the attempts', async () => {
  const mute = createServer(() => undefined);
  await new Promise<void>((listening) => mute.listen(0, '127.0.0.1', listening));
  const { port } = mute.address() as AddressInfo;
  const told = await ended({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, ['run']);
  mute.close();
  expect(told).toMatchObject({ exitCode: 2, stdout: '' });
  expect(told.stderr).toMatch(/did not answer in time .* 5 s/);
  expect(told.seconds).toBeLessThan(50);
}, 90_000);
