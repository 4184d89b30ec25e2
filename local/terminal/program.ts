import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { PROGRAM } from '../../report/commands/commands.ts';
import { inShell } from '../../report/format/in-shell.ts';

/** The program's own file, in a clone and in the package. */
const OWN_FILE = ['../../bin/orgsweep.mjs', '../../../bin/orgsweep.mjs']
  .map((file) => path.join(import.meta.dirname, file))
  .find((file) => existsSync(file));

/**
 * How this very orgsweep is started from a shell like the one it was started from, whatever its
 * folder is: by its name, if that leads to it, else by its file. Never through `npx`, which asks a
 * registry where it finds nothing.
 */
export function programHere(PATH = process.env['PATH'] ?? '', file = OWN_FILE): string {
  const found = PATH.split(path.delimiter)
    // npm puts these in front for as long as it runs something.
    .filter((folder) => folder !== '' && !/[/\\]node_modules[/\\]\.bin$/.test(folder))
    .map((folder) => path.join(folder, PROGRAM))
    .find((named) => existsSync(named));
  if (file === undefined) return PROGRAM;
  const isOurs = found !== undefined && realpathSync(found) === realpathSync(file);
  return isOurs ? PROGRAM : `node ${inShell(file)}`;
}
