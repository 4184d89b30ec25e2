import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArguments } from '../../local/cli/arguments.ts';
import { main } from '../../local/cli/cli.ts';
import { fakeTerminal } from '../local/fake-terminal.ts';
import { root, words } from './page.ts';

const NOT_OURS = new Set([
  'node_modules',
  '.git',
  'dist',
  'coverage',
  'cdk.out',
  'orgsweep-out',
  'try',
]);
// They tell why, or what was.
const TELLS_OF_IT = new Set([
  'README.md',
  'CHANGELOG.md',
  'report/commands/commands.ts',
  'docs/adr/0047-printed-commands.md',
  'test/docs/printed-commands.test.ts',
]);

it('nothing that prints or documents a command asks a registry for a program', () => {
  const files = readdirSync(root)
    .filter((name) => !NOT_OURS.has(name))
    .flatMap((name) => [name, ...filesBelow(name)])
    .filter((file) => /\.(md|ts|mjs|json|txt|svg)$/.test(file) && file !== 'package-lock.json')
    .filter((file) => !TELLS_OF_IT.has(file));
  expect(files.length).toBeGreaterThan(600);
  const asking = files.filter((file) =>
    /\b(npx|npm exec|pnpx|bunx|yarn dlx|pnpm dlx)\s+(?!--no)[@\w-]/.test(
      readFileSync(path.join(root, file), 'utf8'),
    ),
  );
  expect(asking).toEqual([]);
});

it('the pages that name npx do so only to warn of it', () => {
  const lines = readFileSync(path.join(root, 'README.md'), 'utf8').split('\n');
  const naming = lines.filter((line) => line.includes('npx'));
  expect(naming).toEqual([expect.stringContaining("Don't use `npx`")]);
});

describe('every command that a run prints is one that the command line takes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-printed-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = 'node /o/bin/orgsweep.mjs';

  it('run --simulated --scenario bad-day', async () => {
    const commands = await commandsOfRun('bad-day', ['--scenario', 'bad-day']);
    const retry = commands.filter((command) => command.includes(' --retry '));
    expect(retry.length).toBeGreaterThan(0);
    for (const command of retry)
      expect(command).toMatch(/ run --simulated --scenario bad-day --retry /);
  });

  it('run --simulated --mode delete, and explain', async () => {
    const options = ['--mode', 'delete', '--enable-deletion', '--input', INPUT];
    await commandsOfRun('delete', options);
  });

  async function commandsOfRun(name: string, options: readonly string[]): Promise<string[]> {
    const out = path.join(folder, name);
    const { terminal, written } = fakeTerminal({ isTerminal: 'stderr' });
    await main(['run', '--simulated', '--out', out, ...options], { ...terminal, program });
    const [executionId = ''] = readdirSync(path.join(out, 'executions'));
    const page = readFileSync(path.join(out, 'executions', executionId, 'report.html'), 'utf8');
    const unescaped = page.replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    const commands = [
      ...commandsIn(`${written.stdout}\n${written.stderr}`),
      ...[...unescaped.matchAll(/<code class="command">(.*?)<\/code>/g)].flatMap(
        ([, command = '']) => (OTHERS.test(command) ? [] : command),
      ),
    ];
    for (const command of commands) {
      expect(command.startsWith(`${program} `)).toBe(true);
      expect(() => parseArguments(words(command).slice(2))).not.toThrow();
    }
    expect(`${written.stdout}${written.stderr}${unescaped}`).not.toMatch(/\bnpx\s/);
    return commands;
  }

  /** A command has a line of its own. */
  function commandsIn(text: string): string[] {
    return [...text.matchAll(/^ +((?:orgsweep|node \S+) [a-z]+ .*)$/gm)].map(
      ([, line = '']) => line,
    );
  }
});

/** Of the AWS CLI and of a deployment, and what is to be put into an input. */
const OTHERS = /^(aws |for at in |cat .* \| jq |npm run cdk |\{")/;

/** Soon: no grace, and of one account. */
const INPUT = JSON.stringify({
  policy: { graceDays: 0 },
  scope: { regions: ['eu-west-1'] },
});

function filesBelow(name: string): string[] {
  try {
    const below = readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' });
    return below.map((file) => path.join(name, file));
  } catch {
    return [];
  }
}
