import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { main } from '../../../local/cli/cli.ts';
import { compileCli } from '../../../tools/packaging/compile-cli.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';

type Output = Metafile['outputs'][string];

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-compiled-'));
let cli: Output;
let commands: Output;

beforeAll(async () => {
  const { outputs } = await compileCli(folder);
  const named = (name: string) =>
    Object.entries(outputs).find(([file]) => path.basename(file) === name)?.[1] as Output;
  [cli, commands] = [named('cli.mjs'), named('commands.mjs')];
});
afterAll(() => rmSync(folder, { recursive: true }));

const ofPackages = ({ inputs }: Output) => [
  ...new Set(
    Object.keys(inputs).flatMap(
      (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
    ),
  ),
];

describe('what help loads', () => {
  it('is a file without clients, interpreter and simulation', () => {
    expect(ofPackages(cli).filter((name) => /^@aws-sdk|^@smithy|aws-local/.test(name))).toEqual([]);
    const folders = new Set(Object.keys(cli.inputs).map((file) => file.split('/')[0]));
    for (const heavy of ['steps', 'simulation', 'store', 'functions', 'infra'])
      expect(folders).not.toContain(heavy);
  });

  it('is small: every start has to parse it', () => expect(cli.bytes).toBeLessThan(1_000_000));

  it('loads the commands only when one of them is to be carried out', () => {
    const others = cli.imports.filter(({ path: file }) => !isBuiltin(file));
    expect(others).toEqual([{ path: './commands.mjs', kind: 'dynamic-import', external: true }]);
  });
});

it('a command finds all it needs in its file, also hours later', () => {
  expect(ofPackages(commands)).toEqual(
    expect.arrayContaining(['@aws-sdk/client-ec2', 'aws-local-stepfunctions']),
  );
  const others = commands.imports.filter(({ path: file }) => !isBuiltin(file));
  // The proxy's: Kerberos, for whoever has installed it.
  expect(others.map(({ path: file }) => file)).toEqual(['kerberos']);
});

describe('compiled, it says what its sources say', () => {
  const scenario = path.join(folder, 'scenario.json');
  const small = { accounts: 2, regions: ['us-east-1'], snapshotsPerTarget: 30 };
  writeFileSync(scenario, JSON.stringify(small));

  it.each([
    [['--help']],
    [['run', '--help']],
    [['--version']],
    [['run', '--acount', '1']],
    [['explain', 'snap-1', '--out', path.join(folder, 'nothing')]],
  ])('%j', async (argv) => {
    expect(await compiled(...argv)).toEqual(await fromSources(...argv));
  });

  it('run, with its page and its charts', async () => {
    const [one, other] = await Promise.all(
      [compiled, fromSources].map(async (run, index) => {
        const out = path.join(folder, `out-${index}`);
        const options = ['--simulated', '--scenario', scenario, '--out', out, '--json', '--quiet'];
        const { exitCode, stdout, stderr } = await run('run', ...options);
        const summary = JSON.parse(stdout) as Record<string, unknown>;
        const page = readFileSync(path.join(String(summary['location']), 'report.html'), 'utf8');
        const { status, counts, byAccount, coverage } = summary;
        const charts = page.split('class="chart"').length;
        return { exitCode, stderr, status, counts, byAccount, coverage, charts };
      }),
    );
    expect(one).toEqual(other);
    expect(one).toMatchObject({ status: 'COMPLETE', charts: expect.any(Number) });
  });
});

async function fromSources(...argv: string[]) {
  const { terminal, written } = fakeTerminal({});
  const exitCode = await main(argv, terminal);
  return { exitCode, ...written };
}

async function compiled(...argv: string[]) {
  const url = pathToFileURL(path.join(folder, 'cli.mjs')).href;
  const program = `process.exitCode = await (await import('${url}')).runProcess(process.argv.slice(1))`;
  const options = ['--input-type=module', '--eval', program, '--', ...argv];
  // What jest needs of Node is no business of the process it starts.
  const env = { ...process.env, NODE_OPTIONS: '' };
  return promisify(execFile)(process.execPath, options, { env, maxBuffer: 2 ** 26 }).then(
    ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => {
      return { exitCode: code, stdout, stderr };
    },
  );
}
