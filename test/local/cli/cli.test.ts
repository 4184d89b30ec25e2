import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_ROLE_NAMES } from '../../../local/arguments/defaults.ts';
import { main } from '../../../local/cli/cli.ts';
import { STATUS_BY_ERROR } from '../../../local/terminal/exit-codes.ts';
import { DEFAULT_ROLE_NAMES as SIMULATED_ROLE_NAMES } from '../../../simulation/server.ts';
import { loadDefinition } from '../../../statemachine/definition.ts';
import { fakeTerminal, type FakeTerminalOptions } from '../fake-terminal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-cli-'));
const out = path.join(folder, 'out');
afterEach(() => rmSync(out, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** A scenario file of two accounts in one Region, with these differences. */
function scenario(differences: object = {}): string {
  const file = path.join(folder, 'scenario.json');
  const small = { accounts: 2, regions: ['us-east-1'], snapshotsPerTarget: 30 };
  writeFileSync(file, JSON.stringify({ ...small, ...differences }));
  return file;
}

async function cli(...argv: string[]) {
  return cliOn({}, ...argv);
}
async function cliOn(options: FakeTerminalOptions, ...argv: string[]) {
  const { terminal, written } = fakeTerminal(options);
  const exitCode = await main(argv, terminal);
  return { exitCode, ...written };
}
/** The execution that a text is about. */
const idIn = (text: string) => /\d{8}T\d{6}-report-[0-9a-f]{6}/.exec(text)?.[0] ?? '';
const runSimulated = async (file: string, ...argv: string[]) =>
  cli('run', '--simulated', '--scenario', file, '--out', out, ...argv);

it('helps on stdout, with examples', async () => {
  const { exitCode, stdout, stderr } = await cli('--help');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('orgsweep run --simulated');
});

it('lets nothing that was typed or sent act on the terminal by way of an error', async () => {
  const { exitCode, stderr } = await cli(
    ...['explain', 'snap-1', '--out', `${out}/\u001b[2J\r\u009b31m\u202ex`],
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^orgsweep: [^\p{Cc}\p{Cf}]+\n$/u);
});

it('helps with one command alone, exit 0', async () => {
  const { exitCode, stdout, stderr } = await cli('measure', '--help');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^Usage: orgsweep measure \[options\] <EXECUTION_ID>\n[^]*--max-requests <N>/,
  );
  expect(stdout).not.toContain('--dry-run');
});

it('tells the version of package.json', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await cli('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

it.each([
  [['fly'], 'command: "fly"'],
  [['run', '--foo'], '--foo: unknown option'],
  [
    ['run', '--simulated', '--scenario', 'good-day'],
    '--scenario: scenario "good-day"; accepted: "default"',
  ],
  [['run', '--simulated', '--scenario', './nowhere.json'], '--scenario: "./nowhere.json"'],
  [['run', '--simulated', '--mode', 'delete'], 'mode: "delete"'],
  [
    ['run', '--simulated', '--region', 'xx-east-9'],
    'input.scope.regions[0]: "xx-east-9" – accepted: ap-east-1',
  ],
  [['run', '--simulated', '--account', '999999999999'], 'input.scope.accounts[0]: "999999999999"'],
  [
    ['run', '--simulated', '--input', '{"scope":{"organizationalUnits":["ou-ab12-cdef3456"]}}'],
    '"ou-ab12-cdef3456"',
  ],
  [['run', '--simulated', '--input', '{"kinds":["x"]}'], '--input.kinds[0]: "x"'],
  [['restore', 'e0'], `Execution e0 isn't in ${out}: there are no executions in ${out}.`],
  [
    ['restore', 'e0'],
    '. Another folder: --out DIR. A simulated organization: --keep DIR. A deployed hub: --hub.',
  ],
  [['measure', 'e0'], `: there are no executions in ${out}. Another folder: --out DIR. A simul`],
  [['measure', 'e0'], `Execution e0 isn't in ${out}: there are no executions in ${out}.`],
  [
    ['run', '--simulated', '--mode', 'delete', '--enable-deletion', '--plan', 'e0'],
    'input.plan: "e0" – accepted: an execution that left a plan',
  ],
])('answers %j with one line, exit 2, and nothing written', async (argv, message) => {
  const usesOut = ['run', 'restore', 'measure'].includes(argv[0] ?? '');
  const { exitCode, stdout, stderr } = await cli(...argv, ...(usesOut ? ['--out', out] : []));
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^orgsweep: [^\n]+\n$/);
  expect(stderr).toContain(message);
  expect(existsSync(out)).toBe(false);
});

it('tells no step as done that refused its input', async () => {
  const argv = ['run', '--simulated', '--region', 'xx-east-9', '--out', out];
  const { exitCode, stderr } = await cliOn({ isTerminal: true, columns: 100 }, ...argv);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('orgsweep: input.scope.regions[0]');
  expect(stderr).not.toMatch(/prepared/);
});

it.each(['a-file', 'a-file/below', '/proc/nowhere'])(
  'refuses %s as --out before anything is started: no folder can be made there',
  async (name) => {
    writeFileSync(path.join(folder, 'a-file'), '');
    const unwritable = path.resolve(folder, name);
    const { exitCode, stdout, stderr } = await cli('run', '--simulated', '--out', unwritable);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`--out: ${JSON.stringify(unwritable)} – accepted: a folder that can`);
  },
);

it('refuses an --out that is no folder', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const { exitCode, stderr } = await cli('run', '--simulated', '--out', path.join(folder, 'file'));
  expect(exitCode).toBe(2);
  expect(stderr).toContain('accepted: a folder');
});

describe('run --simulated', () => {
  it('prints what would be published, which names the folder of files, and nothing else', async () => {
    const { exitCode, stdout, stderr } = await runSimulated(scenario());
    const id = idIn(stdout);
    const files = path.join(out, 'executions', id);
    expect(stderr).toBe('');
    expect(stdout).toContain(id);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^COMPLETE .*\n\n/);
    expect(stdout.trimEnd()).toBe(readFileSync(path.join(files, 'summary.txt'), 'utf8').trimEnd());
  });

  it('prints summary.json and nothing else with --json', async () => {
    const { exitCode, stdout, stderr } = await runSimulated(scenario(), '--json');
    const { location } = JSON.parse(stdout);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(readFileSync(path.join(location, 'summary.json'), 'utf8'));
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ status: 'COMPLETE', mode: 'report' },
      simulated: true,
    });
  });

  describe('on a terminal', () => {
    const denied = {
      faults: [{ operation: 'DescribeSnapshots', answer: 'deny' }],
      input: { kinds: ['ebs-snapshot'] },
    };
    const argv = () => ['run', '--simulated', '--scenario', scenario(denied), '--out', out];

    it('shows phases and errors on stderr, and a table on stdout', async () => {
      const shown = await cliOn({ isTerminal: true, columns: 120 }, ...argv());
      const { exitCode, stdout, stderr } = shown;
      expect(exitCode).toBe(3);
      expect(stdout).toMatch(
        /^\nPARTIAL 0 of 2 account-Regions scanned. 2 could not be scanned.\n[^]*\n\nWHAT TO DO /,
      );
      expect(stdout.split('\n').length).toBeLessThan(33);
      expect(stdout).toMatch(/^files {6}\/.*\/executions\/\S+-report-[0-9a-f]{6}$/m);
      expect(stderr).toMatch(
        /^\d{12} \S+ us-east-1 ACCESS_DENIED UnauthorizedOperation \(ec2:DescribeSnapshots\): You /m,
      );
      expect(stderr).toMatch(
        /^scanned {4}2 of 2 accounts, 2 account-Regions, 0 unused, 2 not complete {3}/m,
      );
      expect(stderr).not.toMatch(/\u001b|^files: /m);
    });

    it('shows JSON in which nothing acts on the terminal, and which says the same', async () => {
      const options = argv().with(-1, `${out}/\u009b31m\u202ex`);
      const { stdout } = await cliOn({ isTerminal: true }, ...options, '--json');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(JSON.parse(stdout)).toMatchObject({
        location: expect.stringContaining('\u009b31m\u202ex') as string,
      });
    });

    it('prints the text as it was published where only stderr is one, and names the files', async () => {
      const { stdout, stderr } = await cliOn({ isTerminal: 'stderr' }, ...argv());
      expect(stdout).toMatch(
        /^PARTIAL orgsweep: nothing could be scanned, 0\/2 account-Regions\n\nPARTIAL /,
      );
      expect(stderr).toMatch(/\nfiles: .*\/executions\/\S+\n$/);
    });

    it('shows no progress with --quiet, only errors, where only stdout is one', async () => {
      const { stdout, stderr } = await cliOn({ isTerminal: 'stdout', color: true }, ...argv());
      expect(stdout).toMatch(/^\n\u001b\[33mPARTIAL\u001b\[39m 0 of 2 /);
      expect(stderr).toMatch(/^(\d{4}-\S+Z \d{12} \S+ us-east-1 ACCESS_DENIED .*\n){2}$/);
    });

    it('prints summary.json and nothing else with --json', async () => {
      const shown = await cliOn({ isTerminal: true, color: true }, ...argv(), '--json');
      expect(JSON.parse(shown.stdout)).toMatchObject({ status: 'PARTIAL' });
      expect(shown.stderr).not.toContain('files: ');
    });

    it('says how to end at once when Ctrl-C has been pressed, beside the live line', async () => {
      const { terminal, written, interrupt } = fakeTerminal({ isTerminal: true });
      const running = main([...argv().slice(0, 4), '--out', out], terminal);
      while (!existsSync(path.join(out, 'executions'))) await new Promise((r) => setTimeout(r, 1));
      interrupt();
      await running;
      expect(written.stderr).toMatch(
        /(^|[\r\n])stopping after what is under way; once more stops at/,
      );
    });
  });

  it('begins after the end of the one before in the same folder, although its clock is fast', async () => {
    const summaryOf = async () => JSON.parse((await runSimulated(scenario(), '--json')).stdout);
    const [first, second] = [await summaryOf(), await summaryOf()];
    expect(Date.parse(second.startedAt)).toBeGreaterThan(Date.parse(first.finishedAt));
    expect(second.executionId > first.executionId).toBe(true);
    writeFileSync(path.join(out, 'history/timeline.json'), '{');
    expect((await runSimulated(scenario())).exitCode).toBe(0);
  });

  it('leaves nothing to restore from, and restore says so', async () => {
    const id = idIn((await runSimulated(scenario())).stdout);
    const restoring = await cli('restore', id, '--out', out);
    expect(restoring.exitCode).toBe(2);
    expect(restoring.stderr).toMatch(
      /-report-\w+ was a run with --simulated, and its organization ended with it: there is nothing to restore/,
    );
  });

  it('is named where restore or measure is asked for another one', async () => {
    const id = idIn((await runSimulated(scenario())).stdout);
    for (const command of ['restore', 'measure'])
      expect((await cli(command, 'e0', '--out', out)).stderr).toContain(
        `Execution e0 isn't in ${out}. The only one there is ${id}.`,
      );
  });

  it('exits with 3 when a target was not seen completely', async () => {
    const denied = { faults: [{ operation: 'DescribeSnapshots', answer: 'deny' }] };
    const { exitCode, stdout } = await runSimulated(scenario(denied));
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^PARTIAL /);
  });

  it('exits with 4 when the plan is refused', async () => {
    const input =
      '{"policy":{"graceDays":0,"requireUndo":false,"allowLastCopy":true},"limits":{"maxRemovals":0}}';
    const { exitCode, stdout } = await runSimulated(
      scenario(),
      ...['--mode', 'delete', '--enable-deletion', '--input', input],
    );
    expect([exitCode, stdout.split(' ')[0]]).toEqual([4, 'REFUSED']);
  });

  it('exits with 6 where a condition of --fail-on holds, and says which, last', async () => {
    const conditions = ['--fail-on', 'stale>0,coverage<100', '--fail-on', 'stale>99999'];
    const { exitCode, stdout, stderr } = await runSimulated(scenario(), ...conditions);
    expect(exitCode).toBe(6);
    expect(stdout).toMatch(/^COMPLETE /);
    expect(stderr).toMatch(/^orgsweep: --fail-on: stale>0 holds: [\d,]+ unused.*\n$/);
    const passing = await runSimulated(scenario(), '--fail-on', 'stale>99999', '--json');
    expect([passing.exitCode, passing.stderr]).toEqual([0, '']);
    const { failOn, status } = JSON.parse(passing.stdout) as Record<string, unknown>;
    expect([status, failOn]).toEqual([
      'COMPLETE',
      [{ condition: 'stale>99999', figure: expect.any(Number), result: 'DOES_NOT_HOLD' }],
    ]);
  });

  it('appends a summary in Markdown to the file of --summary, and destroys nothing there', async () => {
    const file = path.join(folder, 'summary.md');
    writeFileSync(file, '# before\n');
    const { exitCode, stderr } = await runSimulated(scenario(), '--summary', file);
    expect([exitCode, stderr]).toEqual([0, '']);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# before\n\n## orgsweep: COMPLETE /);
    const nowhere = path.join(folder, 'nowhere', 'summary.md');
    const refused = await runSimulated(scenario(), '--summary', nowhere);
    expect([refused.exitCode, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toBe(
      `orgsweep: --summary: "${nowhere}" – accepted: a file that can be written (ENOENT)\n`,
    );
  });

  it('keeps the exit code of a run that did not end well, and says what holds all the same', async () => {
    const denied = { faults: [{ operation: 'DescribeSnapshots', answer: 'deny' }] };
    const partial = await runSimulated(scenario(denied), '--fail-on', 'coverage<100,stale>99999');
    expect(partial.exitCode).toBe(3);
    expect(partial.stderr).toContain('--fail-on: coverage<100 holds: ');
    expect(partial.stderr).toContain(
      '--fail-on: stale>99999 is not known, which counts as holding',
    );
    const unpublished = ['--topic', 'arn:aws:sns:us-east-1:111122223333:nowhere'];
    const failed = await runSimulated(scenario(), '--fail-on', 'stale>0', ...unpublished);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('--fail-on: stale>0 holds: ');
  });

  it('ends with one line when it cannot even ask who it is', async () => {
    const broken = { faults: [{ operation: 'GetCallerIdentity', answer: 'error' }] };
    const { exitCode, stdout, stderr } = await runSimulated(scenario(broken));
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^orgsweep: [^\n]+\n$/);
    expect(existsSync(out)).toBe(false);
  });

  it('publishes to a topic, too; where that fails, it exits with 1 and prints the text all the same', async () => {
    const hub = { accounts: [{ id: '111122223333' }] };
    const topic = 'arn:aws:sns:us-east-1:111122223333:';
    const sent = await runSimulated(scenario(hub), '--topic', `${topic}orgsweep`);
    expect(sent).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('orgsweep: ') });
    const failed = await runSimulated(scenario(hub), '--topic', `${topic}nowhere`);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toMatch(/^COMPLETE /);
    expect(failed.stderr).toMatch(/^orgsweep: NotFound.*\n$/);
  });

  it('reports on one account and Region only when asked to', async () => {
    const file = scenario({ accounts: 3, regions: ['us-east-1', 'eu-west-1'] });
    const all = JSON.parse((await runSimulated(file, '--json')).stdout);
    const [accountId = ''] = Object.keys(all.byAccount);
    const argv = ['--json', '--account', accountId, '--region', 'eu-west-1'];
    const one = JSON.parse((await runSimulated(file, ...argv)).stdout);
    expect([all.coverage.inScope, one.coverage.inScope]).toEqual([6, 1]);
    expect(Object.keys(one.byAccount)).toEqual([accountId]);
    expect(Object.keys(one.byRegion)).toEqual(['eu-west-1']);
  });

  it('tries again exactly what was not complete, with --retry', async () => {
    const file = scenario({ accounts: 3, regions: ['us-east-1', 'eu-west-1'] });
    const all = JSON.parse((await runSimulated(file, '--json')).stdout);
    const [accountId = ''] = Object.keys(all.byAccount);
    const sick = { operation: 'DescribeSnapshots', accountId, region: 'eu-west-1', answer: 'deny' };
    const both = { accounts: 3, regions: ['us-east-1', 'eu-west-1'] };
    const partial = await runSimulated(scenario({ ...both, faults: [sick] }), '--json');
    expect(partial.exitCode).toBe(3);
    const { executionId } = JSON.parse(partial.stdout);
    const retry = await runSimulated(scenario(both), '--retry', executionId, '--json');
    expect(retry.exitCode).toBe(0);
    const { coverage, byAccount, byRegion } = JSON.parse(retry.stdout);
    expect(coverage).toMatchObject({ complete: 1, inScope: 1 });
    expect([Object.keys(byAccount), Object.keys(byRegion)]).toEqual([[accountId], ['eu-west-1']]);
    const none = await runSimulated(scenario(both), '--retry', 'e0');
    expect(none.stderr).toContain('input.scope.retryOf: "e0" – accepted: an execution that left');
    expect(none.exitCode).toBe(2);
  });

  it('leaves out the scope of a scenario with --self, which knows one account', async () => {
    const { exitCode, stderr } = await cli('run', '--simulated', '--self', '--out', out);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('names the one account as the scope of --self, and refuses any other', async () => {
    const file = scenario();
    const { stdout } = await runSimulated(file, '--self');
    expect(stdout).toContain('Scope: 310000000001, all enabled Regions');
    expect(stdout).not.toContain('all accounts');
    const other = await runSimulated(file, '--self', '--account', '310000000002');
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toBe(
      'orgsweep: input.scope.accounts[0]: "310000000002" – accepted: "310000000001", the caller\'s own: --self looks at no other\n',
    );
  });

  it('tries a --self run again with --self', async () => {
    const faults = [{ operation: 'DescribeImages', answer: 'deny' }];
    const file = scenario({ faults });
    const first = await runSimulated(file, '--self');
    expect(first.exitCode).toBe(3);
    const again = await runSimulated(scenario(), '--self', '--retry', idIn(first.stdout));
    expect([again.exitCode, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(/1\/1 (scanned|account-Regions)/);
  });

  it('looks at the own account alone with --self', async () => {
    const { stdout } = await runSimulated(scenario(), '--self', '--json');
    expect(JSON.parse(stdout).coverage).toMatchObject({ complete: 1, inScope: 1 });
  });
});

it('stops gently at the first Ctrl-C and at once at the second', async () => {
  const { terminal, written, exits, interrupt, listeners } = fakeTerminal();
  const file = scenario({ accounts: 60 });
  const running = main(
    ['run', '--simulated', '--scenario', file, '--out', out, '--json'],
    terminal,
  );
  while (!existsSync(path.join(out, 'executions'))) await new Promise((r) => setTimeout(r, 1));
  interrupt();
  expect(exits).toEqual([]);
  interrupt();
  expect(exits).toEqual([130]);
  expect(await running).toBe(3);
  const summary = JSON.parse(written.stdout);
  expect(summary.status).toBe('PARTIAL');
  expect(summary.coverage.complete).toBeLessThan(60);
  expect(listeners.size).toBe(0);
});

describe('simulate', () => {
  it('serves until it is interrupted, to a run that knows it only as an endpoint', async () => {
    const { terminal, written, interrupt } = fakeTerminal();
    const serving = main(['simulate', '--scenario', scenario()], terminal);
    while (!written.stdout.includes('SECRET')) await new Promise((r) => setTimeout(r, 5));
    const port = /127\.0\.0\.1:(\d+)/.exec(written.stdout)?.[1] ?? '';
    const taken = await cli('simulate', '--port', port);
    expect(taken).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `orgsweep: --port: ${port} – accepted: a free port (${port} is in use)\n`,
    });

    const before = { ...process.env };
    for (const [, name = '', value = ''] of written.stdout.matchAll(/(AWS_\w+)=(\S+)/g))
      process.env[name] = value;
    try {
      const [, input = ''] = /orgsweep run --input '(.*)'$/m.exec(written.stdout) ?? [];
      const { exitCode, stdout } = await cli('run', '--out', out, '--json', '--input', input);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout).coverage.complete).toBe(2);
      const simulated = await runSimulated(scenario(), '--json');
      const [{ input: served }, { input: own }] = [
        JSON.parse(stdout),
        JSON.parse(simulated.stdout),
      ];
      expect(served.policy.protectTags.length).toBeGreaterThan(0);
      expect(served.policy).toEqual(own.policy);

      process.env['AWS_ACCESS_KEY_ID'] = 'AKIAUNKNOWNUNKNOWN00';
      const unknown = await cli('run', '--out', path.join(folder, 'never'));
      expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
      expect(unknown.stderr).toMatch(/^orgsweep: credentials: .* – accepted: .*\n$/);
      expect(existsSync(path.join(folder, 'never'))).toBe(false);
    } finally {
      process.env = before;
    }
    interrupt();
    expect(await serving).toBe(0);
  });
});

it('knows every Fail state that the Verdict leads to', () => {
  const states = Object.values(loadDefinition().States);
  const errors = states.flatMap((state) => (state.Type === 'Fail' ? [state.Error] : []));
  expect(errors.toSorted()).toEqual(
    [...Object.keys(STATUS_BY_ERROR), 'SummarizeFailed'].toSorted(),
  );
});

it('calls the roles by the names that the simulated organization gives them', () => {
  expect(SIMULATED_ROLE_NAMES).toMatchObject(DEFAULT_ROLE_NAMES);
});

describe('an organization that can not be listed', () => {
  it.each([
    [
      'unsubscribed',
      "the caller's account is in no organization (AWSOrganizationsNotInUseException",
    ],
    ['deny', 'the caller may not list its accounts (AccessDeniedException'],
    ['expired', "AWS Organizations doesn't take the credentials (ExpiredTokenException"],
    ['unsupported', 'no AWS Organizations answers here (UnknownOperationException'],
    ['reset', 'AWS Organizations gave no list of its accounts ('],
    ['error', 'AWS Organizations gave no list of its accounts (ServiceException'],
  ])('%s: exit 2, one line with what lists it, and nothing is written', async (answer, what) => {
    const file = scenario({ faults: [{ operation: 'ListAccounts', answer }] });
    const { exitCode, stdout, stderr } = await runSimulated(file);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^orgsweep: organization: [^\n]+\n$/);
    expect(stderr).toContain(what);
    expect(stderr).toContain('orgsweep run --self');
    expect(existsSync(path.join(out, 'executions'))).toBe(false);
  });

  it('is not asked for with --self', async () => {
    const file = scenario({ faults: [{ operation: 'ListAccounts', answer: 'unsubscribed' }] });
    expect((await runSimulated(file, '--self')).exitCode).toBe(0);
  });
});

it('names a full disk, and what to do', async () => {
  const { terminal, written } = fakeTerminal();
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const stdout = () => {
    throw full;
  };
  expect(await main(['--version'], { ...terminal, stdout })).toBe(1);
  expect(written.stderr).toBe(
    'orgsweep: the disk is full; make room and repeat the command: ENOSPC: no space left on device\n',
  );
});
