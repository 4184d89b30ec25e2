// Writes browser.generated.ts: what runs and is shown in the page, as text, so that nothing has to
// be found and read where the report is made.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { bundledPackages } from './bundled-packages.ts';
import { licencesOf } from './notices.ts';
import { PALETTE_CSS } from '../../report/page/markup/palette.ts';

const folder = fileURLToPath(new URL('../../report/page/', import.meta.url));
const FILE = path.join(folder, 'browser.generated.ts');

/** The module as it should be, and what is in it. */
export async function generatedModule(): Promise<{ module: string; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: { page: 'browser/main.ts', style: 'style.css' },
    outdir: folder,
    write: false,
    metafile: true,
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
  // Whoever has the page has a copy of what is bundled in it, and of its licences.
  const licences = licencesOf(bundledPackages(metafile, folder)).join('\n');
  const script = `/*!\n${licences}*/\n${textOf('page.js')}`;
  const module = [
    '// Made of browser/ and style/ by `npm run docs`; a test checks that it is current.',
    `export const SCRIPT: string = ${JSON.stringify(script)};`,
    `export const STYLE: string = ${JSON.stringify(PALETTE_CSS + textOf('style.css'))};`,
    '',
  ].join('\n');
  return { module, metafile };
}

if (process.argv[1] === import.meta.filename)
  void generatedModule().then(({ module }) => writeFileSync(FILE, module));
