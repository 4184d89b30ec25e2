import { inShell } from '../../report/format/in-shell.ts';

/**
 * Environment variables as lines to paste into a shell: a POSIX one and, as a comment, PowerShell; on
 * Windows the other way round.
 */
export function settingLines(
  settings: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const all = Object.entries(settings);
  const posix = all.map(([name, value]) => `export ${name}=${inShell(value)}`);
  const power = all.map(([name, value]) => `$env:${name} = '${value.replaceAll("'", "''")}'`);
  return platform === 'win32'
    ? [...power, `# Git Bash: ${posix.join('; ')}`]
    : [...posix, `# PowerShell: ${power.join('; ')}`];
}
