import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { actsAsInWords } from '../../../core/model/acts-as.ts';
import { main } from '../../../local/cli/cli.ts';
import { findScenario } from '../../../local/kept/scenario.ts';
import { serveHub } from '../../support/hub/simulated-hub.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const out = mkdtempSync(path.join(tmpdir(), 'orgsweep-who-'));
afterAll(() => rmSync(out, { recursive: true }));

const ACTS = {
  accountId: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/ada',
  region: 'eu-west-1',
  source: 'the profile "ops"',
};

it('names role, account, Region and where the credentials were found', () => {
  expect(actsAsInWords(ACTS, { simulated: false })).toBe(
    'as assumed-role/Admin/ada of account 111122223333, Region eu-west-1, by the profile "ops"',
  );
  expect(actsAsInWords({ ...ACTS, source: null }, { simulated: true })).toBe(
    'as assumed-role/Admin/ada of account 111122223333 in a simulated organization, Region eu-west-1',
  );
});

it('is said first at a terminal, and stands in summary.json and summary.txt', async () => {
  const { terminal, written } = fakeTerminal({ isTerminal: 'stderr' });
  const argv = ['run', '--simulated', '--scenario', 'empty', '--out', out, '--json'];
  await main(argv, terminal);
  const line = /as \S+ of account \d{12} in a simulated organization, Region us-east-1/;
  expect(written.stderr).toMatch(new RegExp(`^\\W*(starting\\W+)?${line.source}\\n`));
  const summary = JSON.parse(written.stdout) as { location: string; actsAs: unknown };
  expect(summary.actsAs).toEqual({
    accountId: expect.stringMatching(/^\d{12}$/) as string,
    arn: expect.stringMatching(/^arn:aws:/) as string,
    region: 'us-east-1',
    source: null,
  });
  const text = readFileSync(path.join(summary.location, 'summary.txt'), 'utf8');
  // There a sentence begins with it.
  expect(text.replace(/\s+/g, ' ')).toMatch(new RegExp(line, 'i'));
  const page = readFileSync(path.join(summary.location, 'report.html'), 'utf8');
  expect(page).toContain(' in a simulated organization, Region us-east-1');
});

it('is left out off a terminal and with --quiet', async () => {
  for (const [isTerminal, more] of [
    [false, []],
    [true, ['--quiet']],
  ] as const) {
    const { terminal, written } = fakeTerminal({ isTerminal });
    await main(['run', '--simulated', '--scenario', 'empty', '--out', out, ...more], terminal);
    expect(written.stderr).not.toContain('of account');
  }
});

it.each([
  ['explain', 'snap-0123456789abcdef0'],
  ['open', 'e1'],
  ['watch', 'e1'],
  ['approve', 'e1', '--yes'],
  ['reject', 'e1'],
  ['restore', 'e1'],
])('%s of a hub tells it too, before it looks for what was named', async (command, ...about) => {
  const hub = await serveHub(findScenario('empty'));
  try {
    const { terminal, written } = fakeTerminal({ isTerminal: 'stderr' });
    expect(await main([command, ...about, '--hub'], terminal)).toBe(2);
    expect(written.stderr).toMatch(
      /^as user\/orgsweep of account \d{12}, Region us-east-1, by AWS_ACCESS_KEY_ID\n/,
    );
  } finally {
    await hub.close();
  }
});
