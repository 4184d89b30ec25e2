import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { Shell } from '../../arguments/defaults.ts';
import { commandWords } from './words.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * What a shell reads to complete orgsweep's commands, options and values. All of it is in the script,
 * so that no key starts orgsweep.
 */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell](commandWords());
}
