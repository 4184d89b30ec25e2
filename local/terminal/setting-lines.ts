import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { inShell } from '../../report/format/in-shell.ts';

/** PowerShell takes typographic quotation marks for its own. */
const ENDS_A_STRING = /['\u2018-\u201b]/g;
const ENDS_A_LINE = /[\p{Cc}\u2028\u2029]/u;

/**
 * Environment variables as lines to paste into a shell: a POSIX one and, as a comment, PowerShell; on
 * Windows the other way round.
 *
 * @throws {InvalidInput} where a value would end its line
 */
export function settingLines(
  settings: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const all = Object.entries(settings);
  for (const [name, value] of all)
    if (ENDS_A_LINE.test(value))
      throw new InvalidInput(
        `${name}: ${quote(value)} – accepted: a value without control characters`,
      );
  const posix = all.map(([name, value]) => `export ${name}=${inShell(value)}`);
  const power = all.map(
    ([name, value]) => `$env:${name} = '${value.replaceAll(ENDS_A_STRING, '$&$&')}'`,
  );
  return platform === 'win32'
    ? [...power, `# Git Bash: ${posix.join('; ')}`]
    : [...posix, `# PowerShell: ${power.join('; ')}`];
}
