import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../local/cli/cli.ts';
import { AT_ONCE } from '../support/removal-sweep.ts';
import { fakeTerminal, type FakeTerminalOptions } from './fake-terminal.ts';

/** A folder that has a report and a deletion of a small organization, before the first test. */
export function twoRuns(
  small: { readonly accounts: number; readonly regions: readonly string[] },
  use: (ids: { report: string; deletion: string }) => void,
  terminalOptions: FakeTerminalOptions = {},
) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'orgsweep-runs-')));
  const out = path.join(folder, 'out');

  async function cli(argv: readonly string[], options = terminalOptions) {
    const { terminal, written } = fakeTerminal(options);
    const exitCode = await main([...argv, '--out', out], terminal);
    return { exitCode, ...written };
  }

  beforeAll(async () => {
    const scenario = path.join(folder, 'scenario.json');
    writeFileSync(scenario, JSON.stringify({ ...small, snapshotsPerTarget: 60 }));
    const simulated = ['run', '--simulated', '--scenario', scenario];
    await cli(simulated);
    const policy = JSON.stringify({ policy: AT_ONCE });
    await cli([...simulated, '--mode', 'delete', '--enable-deletion', '--input', policy]);
    const ids = readdirSync(path.join(out, 'executions'));
    const idOf = (mode: string) => ids.find((id) => id.includes(mode)) ?? '';
    use({ report: idOf('report'), deletion: idOf('delete') });
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  return { folder, out, cli };
}
