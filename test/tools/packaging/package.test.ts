import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { schemaFiles } from '../../../docs/generate/schemas.ts';
import { contracts } from '../../../statemachine/contracts.ts';
import { DEPLOYED, type DeployedName, kebabName } from '../../../functions/deployed.ts';
import { bundleFunctions } from '../../../infra/hub/bundle.ts';
import { deadLinksOf } from '../../docs/links.ts';

const project = path.resolve('.');
const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-package-'));
const app = path.join(folder, 'app');
const installed = path.join(app, 'node_modules/orgsweep');
const orgsweep = path.join(app, 'node_modules/.bin/orgsweep');
let packed: readonly string[];
let packedBytes: number;

// What jest needs of Node is no business of the processes it starts; nor has the package credentials.
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('AWS_'))),
  NODE_OPTIONS: '',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

async function run(command: string, argv: readonly string[], cwd = app) {
  const running = promisify(execFile)(command, argv, { cwd, env, maxBuffer: 2 ** 26 });
  return running.then(
    (ended) => ({ code: 0, ...ended }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

beforeAll(async () => {
  mkdirSync(app);
  writeFileSync(path.join(app, 'package.json'), '{ "private": true, "type": "module" }');
  const argv = ['run', '--silent', 'pack', '--', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', argv, project);
  const [{ filename, size, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; size: number; files: { path: string }[] },
  ];
  packedBytes = size;
  packed = files.map((file) => file.path);
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', `../${filename}`];
  const { code, stderr } = await run('npm', install);
  if (code !== 0) throw new Error(stderr);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('holds what it needs to run and to be read, and nothing else', () => {
  const beside = packed.filter((file) => !/^(?:dist|docs)\//.test(file));
  expect(beside.toSorted()).toEqual([
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'THIRD-PARTY-NOTICES',
    'bin/orgsweep.mjs',
    'package.json',
  ]);
  const compiled = packed.filter((file) => /^dist\/.*(?<!\.d\.ts)$/.test(file));
  const bundled = (Object.keys(DEPLOYED) as DeployedName[]).map(
    (name) => `dist/bundles/${kebabName(name)}/index.js`,
  );
  expect(compiled.toSorted()).toEqual(
    [
      ...bundled,
      'dist/bundles/package.json',
      'dist/cli/cli.mjs',
      'dist/cli/commands.mjs',
      'dist/infra/index.js',
    ].toSorted(),
  );
  const read = packed.filter((file) => file.startsWith('docs/'));
  expect(read.filter((file) => !/\.(?:md|svg|html|schema\.json)$/.test(file))).toEqual([]);
});

it('is small, packed and installed with what it depends on', () => {
  expect(packedBytes).toBeLessThan(7_500_000);
  expect(bytesIn(app)).toBeLessThan(42_000_000);
});

it('has no link that leads nowhere', () => {
  const pages = packed.filter((file) => file.endsWith('.md'));
  expect(pages).toContain('docs/operating.md');
  const dead = pages.flatMap((page) => deadLinksOf(page, installed).map((link) => [page, link]));
  expect(dead).toEqual([]);
});

it.each(Object.keys(schemaFiles()))('hands out the schema %s', async (name) => {
  const script = `
    import schema from 'orgsweep/schemas/${name}' with { type: 'json' };
    process.stdout.write(JSON.stringify(schema));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(schemaFiles()[name])));
});

it('has no types but those of its constructs, and of what it depends on', () => {
  const types = packed.filter((file) => file.endsWith('.d.ts'));
  expect(types).toContain('dist/infra/index.d.ts');
  const named = types.flatMap((file) => {
    const text = readFileSync(path.join(installed, file), 'utf8');
    return [...text.matchAll(/(?:from|import\() ?['"]([^.'"][^'"]*)['"]/g)].map(([, to]) => to);
  });
  for (const to of new Set(named)) expect(to).toMatch(/^(?:zod|constructs|aws-cdk-lib(?:\/.*)?)$/);
});

it('names every package that is in its bundles and its page, with the text of its licence', () => {
  const notices = readFileSync(path.join(installed, 'THIRD-PARTY-NOTICES'), 'utf8');
  const bundled = new Set<string>();
  // They don't say where each of their files begins.
  const ofFunctions = Object.values(bundleFunctions(path.join(folder, 'bundles')).outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([file, { bytesInOutput }]) => file.includes('node_modules/') && bytesInOutput > 0);
  for (const [from] of ofFunctions)
    bundled.add(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(from)?.[1] ?? from);
  for (const name of ['cli/cli.mjs', 'cli/commands.mjs', 'infra/index.js']) {
    const file = path.join(installed, 'dist', name);
    // As esbuild marks where each file of a bundle begins.
    const files = readFileSync(file, 'utf8').matchAll(/^ *\/\/ (\S*node_modules\/\S+)$/gm);
    for (const [, from = ''] of files)
      bundled.add(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(from)?.[1] ?? from);
  }
  expect(bundled.size).toBeGreaterThan(50);
  const unnamed = [...bundled].filter((name) => !notices.includes(`\n${name} `));
  expect(unnamed).toEqual([]);
  for (const words of [
    'Permission is hereby granted',
    'Redistributions in binary form',
    'Apache License',
  ])
    expect(notices).toContain(words);
});

it('says what is wrong with it where it was packed without being built', async () => {
  const bare = path.join(folder, 'bare');
  mkdirSync(path.join(bare, 'bin'), { recursive: true });
  copyFileSync('bin/orgsweep.mjs', path.join(bare, 'bin/orgsweep.mjs'));
  const { code, stderr } = await run(process.execPath, ['bin/orgsweep.mjs'], bare);
  expect([code, stderr]).toEqual([1, expect.stringContaining('npm run pack')]);
});

it('leaves the project as it was, where only what bin/orgsweep.mjs compiles may be', () => {
  const dist = path.join(project, 'dist');
  expect((existsSync(dist) ? readdirSync(dist) : []).filter((name) => name !== 'cli')).toEqual([]);
});

it('brings one package into an empty folder, whose types are in its own: neither SDK nor CDK', () => {
  const modules = readdirSync(path.join(app, 'node_modules'));
  expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['orgsweep', 'zod']);
});

it('answers help: orgsweep --help', async () => {
  const { code, stdout, stderr } = await run(orgsweep, ['--help']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: orgsweep COMMAND/);
});

it('runs on the simulated organization: orgsweep run --simulated', async () => {
  const { code, stdout, stderr } = await run(orgsweep, ['run', '--simulated', '--json']);
  expect([code, stderr.match(/Error/)]).toEqual([0, null]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'COMPLETE' });
});

it('says what is missing where there are no credentials: orgsweep run', async () => {
  const { code, stdout, stderr } = await run(orgsweep, ['run']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^orgsweep: credentials: .* accepted: credentials where the AWS CLI .*$/m);
});

describe('in the CDK app of somebody else', () => {
  const own = path.join(app, 'cdk');

  beforeAll(() => {
    mkdirSync(own);
    // They are its own, and a second copy of them would not fit the first.
    for (const name of ['aws-cdk-lib', 'constructs']) {
      symlinkSync(path.join(project, 'node_modules', name), path.join(app, 'node_modules', name));
    }
  });

  it('both constructs synthesize, each function with the code that was packed', async () => {
    writeFileSync(path.join(own, 'app.js'), APP);
    const { code, stderr } = await run(process.execPath, ['app.js'], own);
    expect([code, stderr]).toEqual([0, '']);
    const out = path.join(own, 'out');
    const template = readFileSync(path.join(out, 'Hub.template.json'), 'utf8');
    expect(template).toContain('AWS::StepFunctions::StateMachine');
    const spoke = readFileSync(path.join(out, 'Spoke.template.json'), 'utf8');
    expect(spoke).toContain('team-discovery');
    const assets = readdirSync(out).filter((name) => name.startsWith('asset.'));
    const codes = assets.map((name) => readdirSync(path.join(out, name)));
    const functions = template.match(/"AWS::Lambda::Function"/g) ?? [];
    expect(functions.length).toBeGreaterThanOrEqual(Object.keys(contracts).length);
    expect(codes).toEqual(functions.map(() => ['index.js']));
  });

  it('their types say what may be configured', async () => {
    writeFileSync(path.join(own, 'typed.ts'), TYPED);
    const tsc = path.join(project, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck'];
    const { code, stdout } = await run(process.execPath, [tsc, ...options, 'typed.ts'], own);
    expect([code, stdout]).toEqual([0, '']);
  });
});

/** As they are, which on disk are a few per cent more. */
function bytesIn(folderOfFiles: string): number {
  return readdirSync(folderOfFiles, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
}

const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { OrgsweepHub, OrgsweepSpokeRoles } from 'orgsweep';

const app = new App({ outdir: 'out' });
new OrgsweepHub(new Stack(app, 'Hub'), 'Orgsweep', { prefix: 'team' });
new OrgsweepSpokeRoles(new Stack(app, 'Spoke'), 'Roles', {
  hubAccountId: '111122223333',
  organizationId: 'o-example1234',
  hubPrefix: 'team',
});
app.synth();
`;

const TYPED = `
import { App, Stack } from 'aws-cdk-lib';
import { OrgsweepHub, type OrgsweepSpokeRolesProps } from 'orgsweep';

const stack = new Stack(new App(), 'Hub');
new OrgsweepHub(stack, 'Right', { prefix: 'team', deletion: { enabled: true } });
// @ts-expect-error a prefix is text
new OrgsweepHub(stack, 'Wrong', { prefix: 5 });
// @ts-expect-error the hub's account is not said
export const props: OrgsweepSpokeRolesProps = { organizationId: 'o-example1234' };
`;
