import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { refuseRepeatedKeys } from '../../core/input/json-text.ts';

/**
 * Refuses the files that the CDK takes its context from where one has a key twice: the CDK parses
 * them before the app is started, and hands on the last one only.
 *
 * @throws {InvalidInput} naming the file, the key, and line and column of both
 */
export function refuseRepeatedContext(folder = process.cwd(), home = homedir()): void {
  const files = [
    path.join(folder, 'cdk.json'),
    path.join(folder, 'cdk.context.json'),
    path.join(home, '.cdk.json'),
  ];
  for (const file of files) {
    const text = readIfThere(file);
    if (text !== undefined) refuseRepeatedKeys(text, path.relative(folder, file));
  }
}

/** What can't be read the CDK didn't read either. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
