import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const bin = path.resolve('bin/orgsweep.mjs');
const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-process-'));
afterAll(() => rmSync(out, { recursive: true }));

// What jest needs of Node is no business of the process it starts.
const env = { ...process.env, NODE_OPTIONS: '' };

it('runs from any folder, and exits with the code of the run', async () => {
  const argv = ['run', '--simulated', '--scenario', 'empty', '--out', 'sub', '--json'];
  const { stdout, stderr } = await promisify(execFile)(bin, argv, { cwd: out, env });
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1 });
  expect(JSON.parse(stdout).location).toMatch(/\/sub\/executions\/\S+$/);
  // A log: a line for each phase.
  expect(stderr.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (\w+( at| up)?).*$/gm, '$1')).toBe(
    'prepared\nscanned\nplanned\nsummarized\n',
  );
});

it('says nothing on stderr with --quiet', async () => {
  const argv = ['run', '--simulated', '--scenario', 'empty', '--out', 'sub', '--quiet'];
  const { stdout, stderr } = await promisify(execFile)(bin, argv, { cwd: out, env });
  expect(stdout).toMatch(/^COMPLETE/);
  expect(stderr).toBe('');
});

it('exits with 2 and one line on stderr when it is misused', async () => {
  const failing = promisify(execFile)(bin, ['run', '--acount', '1'], { cwd: out, env });
  await expect(failing).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^orgsweep: --acount: unknown option .*\n$/),
  });
});

it('serves the simulated organization until SIGTERM, and then exits with 0', async () => {
  const serving = spawn(bin, ['simulate', '--scenario', 'empty'], { cwd: out, env });
  serving.stdout.once('data', () => serving.kill('SIGTERM'));
  const code = await new Promise((resolve) => serving.once('exit', resolve));
  expect(code).toBe(0);
});
