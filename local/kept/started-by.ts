import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROGRAM } from '../../report/commands/commands.ts';
import type { Deps } from '../../steps/deps.ts';
import type { RunArguments } from '../arguments/run-arguments.ts';
import { DEFAULT_ROLE_NAMES } from '../arguments/defaults.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * What another run needs to work where this one did, and as the same: all but its folder, which the
 * summary knows, and what it was to do.
 */
export function startedBy(
  args: Pick<RunArguments, 'simulated' | 'scenario' | 'keep' | 'self' | 'roleNames' | 'topic'>,
  { program = PROGRAM }: Pick<Terminal, 'program'>,
): NonNullable<Deps['startedBy']> {
  const { simulated, scenario, keep, self, roleNames, topic } = args;
  const { discovery, deletion } = roleNames;
  const isFile = scenario !== undefined && existsSync(scenario);
  return {
    program,
    options: [
      ...(simulated ? ['--simulated'] : []),
      // A kept organization knows its own, and the file may be elsewhere by then.
      ...(scenario === undefined || keep !== undefined
        ? []
        : ['--scenario', isFile ? path.resolve(scenario) : scenario]),
      ...(keep === undefined ? [] : ['--keep', path.resolve(keep)]),
      ...(self ? ['--self'] : []),
      ...(discovery === DEFAULT_ROLE_NAMES.discovery ? [] : ['--role-name', discovery]),
      ...(deletion === DEFAULT_ROLE_NAMES.deletion ? [] : ['--deletion-role-name', deletion]),
      ...(topic === undefined ? [] : ['--topic', topic]),
    ],
  };
}
