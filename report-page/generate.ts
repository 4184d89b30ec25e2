// Writes browser.generated.ts: what runs and is shown in the page, as text, so that nothing has to
// be found and read where the report is made.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { PALETTE_CSS } from './charts/palette.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const FILE = path.join(folder, 'browser.generated.ts');

/** The module as it should be. */
export async function generatedModule(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: { page: 'browser/main.ts', style: 'style.css' },
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    // `<` of `</script` in what is bundled is escaped by esbuild; the charset keeps it so in UTF-8.
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  const textOf = (name: string) =>
    outputFiles.find(({ path: file }) => file.endsWith(name))?.text.trim() ?? '';
  return [
    '// Made of browser/ and style.css by `npm run docs`; a test checks that it is current.',
    '// Has in it @tanstack/table-core and @tanstack/store, both under the MIT license,',
    '// copyright (c) Tanner Linsley.',
    `export const SCRIPT: string = ${JSON.stringify(textOf('page.js'))};`,
    `export const STYLE: string = ${JSON.stringify(PALETTE_CSS + textOf('style.css'))};`,
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(FILE, await generatedModule());
