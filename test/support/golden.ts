import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Compares text with `test/golden/<name>`, byte by byte. `UPDATE_GOLDEN=1` writes the files anew,
 * for a person to read in the diff.
 */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`../golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect({ name, exists: existsSync(file) }).toEqual({ name, exists: true });
  expect(text).toBe(readFileSync(file, 'utf8'));
}
