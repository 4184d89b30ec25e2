import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { costTables } from '../../docs/generate/cost/cost.ts';
import { main } from '../../local/cli/cli.ts';
import { COMMANDS } from '../../local/cli/commands.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { fakeTerminal } from '../local/fake-terminal.ts';
import { commandsOf, readPage, root } from './page.ts';

const readme = readPage('README.md');
const [beginning = ''] = readme.split('![');

describe('the README', () => {
  it('has fewer than 1,200 words, and one picture', () => {
    expect(readme.split(/\s+/).length).toBeLessThan(1200);
    expect(readme.match(/!\[/g)).toHaveLength(1);
  });

  it('says in its first lines what it is, and that it deletes nothing by itself', () => {
    const first = readme.split('\n## ')[0] ?? '';
    expect(first).toContain(`${packageJson.description}\n`);
    expect(first).toContain('It deletes nothing unless you enable it.');
    expect(first).toMatch(/read-only/i);
  });

  it('has the clone and the two commands within the first screen and a half', () => {
    expect(beginning.split(/\s+/).length).toBeLessThan(250);
    expect(beginning).toContain('git clone ');
    expect(beginning).toContain('npm ci && npm start');
    expect(beginning).toContain('npm ci && npm test');
  });

  it('tests what CI tests', () => {
    const ofCi = readFileSync(path.join(root, '.ci/run'), 'utf8').split('\n');
    const [tests = ''] = commandsOf(readme).filter((line) => line.endsWith('npm test'));
    for (const command of tests.split(' && ')) expect(ofCi).toContain(command);
  });

  it('leaves nothing behind that git or the formatter would take for a part of the project', () => {
    const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.replace(/^\//, ''));
    const kept = commandsOf(readme).map((line) => /--keep (\S+)/.exec(line)?.[1] ?? 'orgsweep-out');
    for (const folder of new Set(kept)) expect(ignored).toContain(`${folder}/`);
  });

  it('says what it costs, as the table of docs/operating.md does', () => {
    const tables = costTables();
    const [reports = '', monthly = ''] = [...tables.matchAll(/^\| \*\*in all\*\*.*$/gm)].map(
      ([row]) => row,
    );
    const [, hundred = '', thousand = ''] = amounts(reports);
    const [month = ''] = amounts(monthly);
    const section = sectionOf('What it costs');
    for (const amount of [month, hundred, thousand]) expect(section).toContain(`$${amount}`);
  });

  it('says how mature it is: of which version, and what was never tried', () => {
    const section = sectionOf('How mature it is');
    expect(section).toContain(packageJson.version);
    expect(section).toMatch(/never .*real AWS/);
  });
});

it('has a section for each command in docs/commands.md, and every exit code', () => {
  const page = readPage('docs/commands.md');
  const names = Object.keys(COMMANDS);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) expect(page).toMatch(new RegExp(`^#+ .*\`${name}\``, 'm'));
  const codes = new Set(Object.values(COMMANDS).flatMap(({ exits }) => Object.keys(exits)));
  for (const code of [...codes, '1', '2'])
    expect(page).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
});

it('shows what the first run prints at a terminal, word for word', async () => {
  const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-readme-'));
  const { terminal, written } = fakeTerminal({ isTerminal: true, columns: 100 });
  try {
    await main(['run', '--simulated', '--out', out], terminal);
  } finally {
    rmSync(out, { recursive: true });
  }
  const [shown = ''] = readme.split('```').filter((block) => block.startsWith('\nCOMPLETE'));
  const lines = shown.split('\n').filter((line) => line !== '' && line !== '…');
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(written.stdout).toContain(`${line}\n`);
});

function amounts(row: string): string[] {
  return [...row.matchAll(/\*\*([\d.,]+)\*\*/g)].map(([, amount = '']) => amount);
}

function sectionOf(title: string): string {
  return readme.split('\n## ').find((part) => part.startsWith(title)) ?? '';
}
