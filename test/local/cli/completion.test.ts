import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { completionScript } from '../../../local/cli/completion/script.ts';
import { COMMANDS } from '../../../local/cli/commands.ts';
import { main } from '../../../local/cli/cli.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(path.join(folder, 'script.bash'), completionScript('bash'));
for (const id of ['e0', 'e1', '$(touch made) x'])
  mkdirSync(path.join(folder, 'orgsweep-out/executions', id), { recursive: true });
mkdirSync(path.join(folder, 'kept/executions/e9'), { recursive: true });

/** What bash offers for the last of the words. */
function offered(...words: string[]): string {
  const script = `
    source ./script.bash
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _orgsweep
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const argv = ['-c', script, 'bash', 'orgsweep', ...words];
  return execFileSync('bash', argv, { cwd: folder, encoding: 'utf8' }).trim().replace(/\n/g, ' ');
}

it.each([
  [['r'], 'run reject restore'],
  [['help', 'st'], 'start'],
  [['run', '--mo'], '--mode'],
  [['watch', '--'], '--hub --fail-on --summary --quiet --json --help'],
  [['run', '--res'], ''],
  [['run', '--mode', ''], 'report delete'],
  [['run', '--mode', '=', 'd'], 'delete'],
  [['run', '--mode', '='], 'report delete'],
  [['run', '--scenario', 'b'], 'bad-day'],
  [['run', '--account', ''], ''],
  [['run', '--plan', ''], 'e0 e1'],
  [['restore', ''], 'e0 e1'],
  [['restore', '--keep', 'kept', ''], 'e9'],
  [['restore', '--keep', '=', 'kept', ''], 'e9'],
  [['watch', '--hub', ''], 'e0 e1'],
  [['explain', ''], ''],
  [['completion', ''], 'bash zsh fish'],
])('bash completes %j to "%s"', (words, expected) => {
  expect(offered(...words)).toBe(expected);
});

it('runs nothing that is the name of a folder', () => {
  offered('restore', '');
  expect(existsSync(path.join(folder, 'made'))).toBe(false);
});

it.each(['bash', 'zsh', 'fish'] as const)('%s gets every command and option', (shell) => {
  const script = completionScript(shell);
  for (const [name, { options }] of Object.entries(COMMANDS)) {
    expect(script).toContain(name);
    for (const { long, hidden } of options) {
      if (hidden) continue;
      expect(script).toContain(shell === 'fish' ? `-l ${long?.slice(2)} ` : long);
    }
  }
});

it('prints the script of one shell, and refuses any other', async () => {
  const asked = async (...argv: string[]) => {
    const { terminal, written } = fakeTerminal();
    return { exitCode: await main(['completion', ...argv], terminal), ...written };
  };
  expect(await asked('zsh')).toEqual({ exitCode: 0, stdout: completionScript('zsh'), stderr: '' });
  const accepted = '– accepted: "bash", "zsh", "fish"\n';
  const refused = { exitCode: 2, stdout: '' };
  expect(await asked()).toEqual({ ...refused, stderr: `orgsweep: SHELL: missing ${accepted}` });
  expect(await asked('tcsh')).toEqual({
    ...refused,
    stderr: `orgsweep: SHELL: "tcsh" ${accepted}`,
  });
});
