import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

const PAGES = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
/** Of docs/: what is read. What makes it, and screenshots of up to a megabyte, stay with the sources. */
const SHIPPED = /\.(?:md|svg|html|schema\.json)$/;
const LINK = /(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g;

/**
 * Puts README.md, the documentation and the schemas into `folder`. A link to what isn't shipped
 * becomes its text, and a picture that isn't goes, so that whatever looks like a link is one.
 */
export function copyPages(folder: string): void {
  for (const page of PAGES) cpSync(path.join(root, page), path.join(folder, page));
  cpSync(path.join(root, 'docs'), path.join(folder, 'docs'), {
    recursive: true,
    filter: (file) => statSync(file).isDirectory() || SHIPPED.test(file),
  });
  const shipped = readdirSync(path.join(folder, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join('docs', file))
    .filter((file) => file.endsWith('.md'));
  for (const page of [...PAGES, ...shipped]) {
    const file = path.join(folder, page);
    writeFileSync(file, withLinksIn(folder, page, readFileSync(file, 'utf8')));
  }
}

function withLinksIn(folder: string, page: string, text: string): string {
  const linked = text.replace(LINK, (link, isPicture: string, words: string, target: string) => {
    if (/^(?:[a-z]+:|#)/.test(target)) return link;
    const [file = ''] = target.split('#');
    if (existsSync(path.join(folder, path.dirname(page), file))) return link;
    return isPicture === '' ? words : '';
  });
  return linked.replace(/\n{3,}/g, '\n\n');
}
