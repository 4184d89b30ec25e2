import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { main } from '../../../local/cli/cli.ts';
import { openInBrowser } from '../../../local/terminal/open-in-browser.ts';
import { fakeTerminal } from '../fake-terminal.ts';
import { twoRuns } from '../two-runs.ts';

let report = '';
let deletion = '';
const { folder, out, cli } = twoRuns({ accounts: 1, regions: ['us-east-1'] }, (ids) => {
  ({ report, deletion } = ids);
});
const fileOf = (executionId: string, name: string) =>
  path.join(out, 'executions', executionId, name);

describe('orgsweep list', () => {
  it('shows each run, the newest first, with what was unused and saved', async () => {
    const { exitCode, stdout, stderr } = await cli(['list']);
    const [heading, newest, older] = stdout.split('\n');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(heading).toMatch(/^RUN +STARTED +MODE +STATUS +SCANNED +UNUSED +COST A MONTH +SAVED$/);
    expect(newest).toMatch(
      new RegExp(
        `^${deletion} +\\d{4}-.* UTC +delete +COMPLETE +100% +\\d+ +\\$[\\d,.]+.* \\$[\\d,.]+`,
      ),
    );
    expect(older).toMatch(
      new RegExp(`^${report} +\\d{4}-.* UTC +report +COMPLETE +100% +\\d+ +\\$\\S+`),
    );
  });

  it('goes without what the id tells where the terminal is too narrow', async () => {
    const { stdout } = await cli(['list'], { isTerminal: true, columns: 90 });
    expect(stdout.split('\n')[0]).toMatch(/^RUN +STATUS +SCANNED/);
  });

  it('lists so many as are asked for, and says how many there are', async () => {
    const { stdout } = await cli(['list', '--limit', '1']);
    expect(stdout).toContain(deletion);
    expect(stdout).not.toContain(report);
    expect(stdout).toContain('The newest 1 of 2 runs; --limit 2 lists all.');
  });

  it('prints figures for programs, under the names of summary.json', async () => {
    const { runs, inAll } = JSON.parse((await cli(['list', '--json'])).stdout);
    const summary = JSON.parse(readFileSync(fileOf(deletion, 'summary.json'), 'utf8'));
    expect(inAll).toBe(2);
    expect(runs[0]).toMatchObject({
      ...{ executionId: deletion, mode: 'delete', status: 'COMPLETE', simulated: true },
      stale: summary.counts.verdicts.STALE,
      staleMonthlyCostUsdUpTo: summary.counts.staleMonthlyCostUsdUpTo,
      removed: summary.removals.byOutcome.REMOVED,
      removedMonthlyCostUsdUpTo: summary.removals.removedMonthlyCostUsdUpTo,
    });
    expect(runs[0].removed).toBeGreaterThan(0);
  });

  it('shows a run that has not ended, one that waits, and one that cannot be read, in their places', async () => {
    const ids = ['late', 'begun', 'waits', 'broken'].map(
      (name, i) => `20991231T00000${i}-report-${name}`,
    );
    for (const id of ids) mkdirSync(path.join(out, 'executions', id, 'work'), { recursive: true });
    const [late = '', begun = '', waits = '', broken = ''] = ids;
    writeFileSync(fileOf(begun, 'work/expected.json'), '{}');
    writeFileSync(fileOf(waits, 'question.json'), '{"expiresAt":"2099-01-01T00:00:00.000Z"}');
    writeFileSync(fileOf(late, 'question.json'), '{"expiresAt":"2026-01-01T00:00:00.000Z"}');
    writeFileSync(fileOf(broken, 'summary.json'), '{"schemaVersion":9}');
    try {
      const { stdout } = await cli(['list']);
      expect(stdout.split('\n').slice(1, 5)).toEqual([
        expect.stringMatching(new RegExp(`^${broken} +unreadable$`)),
        expect.stringMatching(new RegExp(`^${waits} +waits for approval$`)),
        expect.stringMatching(new RegExp(`^${begun} +has not ended$`)),
        expect.stringMatching(new RegExp(`^${late} +has not ended$`)),
      ]);
      // What has no page isn't opened in place of what has one.
      expect((await cli(['open', '--print'])).stdout).toContain(deletion);
    } finally {
      for (const id of ids) rmSync(path.join(out, 'executions', id), { recursive: true });
    }
  });

  it('asks a run with a name of its own when it began', async () => {
    const named = path.join(out, 'executions', 'a-name-of-its-own');
    cpSync(path.join(out, 'executions', report), named, { recursive: true });
    const file = path.join(named, 'summary.json');
    const summary = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(
      file,
      JSON.stringify({
        ...summary,
        executionId: 'a-name-of-its-own',
        startedAt: '2099-01-01T00:00:00.000Z',
      }),
    );
    try {
      expect((await cli(['list'])).stdout.split('\n')[1]).toMatch(/^a-name-of-its-own /);
    } finally {
      rmSync(named, { recursive: true });
    }
  });

  it.each(['20269999T999900-x', '20990230T000000-x'])(
    'takes no time from the name %s, which is none',
    async (id) => {
      mkdirSync(path.join(out, 'executions', id));
      try {
        const lines = (await cli(['list'])).stdout.trimEnd().split('\n');
        expect(lines[1]).toContain(deletion);
        expect(lines[3]).toMatch(new RegExp(`^${id} `));
      } finally {
        rmSync(path.join(out, 'executions', id), { recursive: true });
      }
    },
  );

  it.each(['0', '-1', 'x', '1.5'])('refuses --limit=%s', async (value) => {
    const { exitCode, stderr } = await cli(['list', `--limit=${value}`]);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `orgsweep: --limit: "${value}" – accepted: a whole number from 1 to 9999999\n`,
    );
  });

  it('says where it looked where there is nothing', async () => {
    const { terminal, written } = fakeTerminal();
    expect(await main(['list', '--out', path.join(folder, 'none')], terminal)).toBe(2);
    expect(written.stderr).toMatch(/^orgsweep: There are no executions in .*none .*--out DIR/);
  });
});

describe('orgsweep open', () => {
  const page = () => fileOf(deletion, 'report.html');

  it('prints where the page of the newest run is, or of the one that is named', async () => {
    expect(await cli(['open', '--print'])).toEqual({
      exitCode: 0,
      stdout: `${page()}\n`,
      stderr: '',
    });
    const { stdout } = await cli(['open', report, '--print']);
    expect(stdout).toBe(`${fileOf(report, 'report.html')}\n`);
  });

  it('says which runs there are where the one that is named is not there', async () => {
    const { exitCode, stderr } = await cli(['open', 'nope', '--print']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Execution nope isn't in `);
    expect(stderr).toContain(`the newest is ${deletion}`);
  });

  it('says that a run has no page', async () => {
    const id = '20200101T000000-report-000000';
    mkdirSync(path.join(out, 'executions', id));
    try {
      const { exitCode, stderr } = await cli(['open', id]);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(new RegExp(`^orgsweep: ${id} has no page`));
    } finally {
      rmSync(path.join(out, 'executions', id), { recursive: true });
    }
  });
});

describe('opening a file', () => {
  const programs = path.join(folder, 'programs');
  const told = path.join(folder, 'told');
  const evil = path.join(folder, `$(touch made); "a" & 'b' \`c\` %PATH%.html`);
  const here = (exits: number, more: Record<string, string> = { DISPLAY: ':0' }) => {
    mkdirSync(programs, { recursive: true });
    const program = path.join(programs, 'xdg-open');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${told}'\nexit ${exits}\n`);
    chmodSync(program, 0o755);
    return { platform: 'linux' as const, env: { PATH: `${programs}:/usr/bin:/bin`, ...more } };
  };
  beforeEach(() => rmSync(told, { force: true }));

  it('hands its path to a program as one word, whatever is in it', async () => {
    expect(await openInBrowser(evil, here(0))).toBe(true);
    expect(readFileSync(told, 'utf8')).toBe(`1\n${evil}\n`);
    expect(existsSync(path.join(folder, 'made'))).toBe(false);
  });

  it('knows that the program could not', async () => {
    expect(await openInBrowser(evil, here(3))).toBe(false);
  });

  it('starts nothing where nobody would see a page, nor from a folder that is not named in full', async () => {
    expect(await openInBrowser(evil, here(0, {}))).toBe(false);
    const relative = path.relative(process.cwd(), programs);
    const env = { PATH: relative, DISPLAY: ':0' };
    expect(await openInBrowser(evil, { platform: 'linux', env })).toBe(false);
    expect(existsSync(told)).toBe(false);
  });

  // Here a path of Windows is one name, so it can stand in a folder of PATH.
  it.each([
    ['C:\\Windows', {}],
    ['D:\\Win', { SystemRoot: 'D:\\Win' }],
    ['C:\\Windows', { SystemRoot: 'Win' }],
  ])(
    'starts what is below %s on Windows, without a shell and with its whole path',
    async (root, more) => {
      const { env } = here(0, more);
      const script = (name: string) => `#!/bin/sh\nprintf '%s\\n' ${name} "$#" "$2" > '${told}'\n`;
      const own = `${root}\\System32\\rundll32.exe`;
      for (const [file, name] of [
        [own, 'own'],
        ['rundll32.exe', 'foreign'],
      ] as const)
        writeFileSync(path.join(programs, file), script(name), { mode: 0o755 });
      expect(await openInBrowser(evil, { platform: 'win32', env })).toBe(true);
      expect(readFileSync(told, 'utf8')).toBe(`own\n2\n${evil}\n`);
      rmSync(path.join(programs, own));
      expect(await openInBrowser(evil, { platform: 'win32', env })).toBe(false);
    },
  );
});
