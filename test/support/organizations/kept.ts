import type { SimChange } from '../../../simulation/model/change.ts';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../local/cli/cli.ts';
import { KEPT_FILE, KeptLine } from '../../../local/kept/kept-file.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';

/** Folders for kept organizations, below one that is to be removed at the end. */
export function keptFolders() {
  const root = mkdtempSync(path.join(tmpdir(), 'orgsweep-keep-'));
  const scenario = path.join(root, 'scenario.json');
  const content = { accounts: 2, regions: ['us-east-1'], snapshotsPerTarget: 60 };
  writeFileSync(scenario, JSON.stringify(content));
  let count = 0;
  return {
    root,
    /** A file: two accounts with 60 snapshots each. */
    scenario,
    /** Not there yet. */
    next: () => path.join(root, `kept-${(count += 1)}`),
    /** With a file of that name and content in it. */
    with: (name: string, text: string) => {
      const folder = path.join(root, `kept-${(count += 1)}`);
      mkdirSync(folder);
      writeFileSync(path.join(folder, name), text);
      return folder;
    },
  };
}

export async function orgsweep(...argv: string[]) {
  const { terminal, written } = fakeTerminal();
  const code = await main(argv, terminal);
  return { code, ...written };
}

export const executionsIn = (keep: string) => readdirSync(path.join(keep, 'executions')).toSorted();

/** Of the names of executions, which begin with their time. */
export const lastOf = (keep: string) => executionsIn(keep).at(-1) ?? '';

export function fileOf(keep: string, executionId: string, name: string): string {
  return readFileSync(path.join(keep, 'executions', executionId, name), 'utf8');
}

export const summaryOf = (keep: string, executionId: string) =>
  JSON.parse(fileOf(keep, executionId, 'summary.json'));

export const keptText = (keep: string) => readFileSync(path.join(keep, KEPT_FILE), 'utf8');

export function keptLines(keep: string): KeptLine[] {
  const text = keptText(keep);
  const [, ...lines] = text.slice(0, text.lastIndexOf('\n')).split('\n');
  return lines.map((line) => KeptLine.parse(JSON.parse(line)));
}

/** What was deleted, and not restored since. */
export function goneIn(keep: string): Set<string> {
  const gone = new Set<string>();
  for (const line of keptLines(keep)) {
    if (!('change' in line)) continue;
    const change = line.change as SimChange & { readonly snapshotId: string };
    if (change.kind === 'delete-snapshot') gone.add(change.snapshotId);
    if (change.kind === 'restore-snapshot') gone.delete(change.snapshotId);
  }
  return gone;
}
