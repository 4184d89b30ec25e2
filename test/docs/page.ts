import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Every page that people read, as a path from the root. */
export const PAGES: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
].toSorted();

export function readPage(page: string): string {
  return readFileSync(path.join(root, page), 'utf8');
}

/** The fenced blocks of one language. */
export function fencesOf(text: string, language: string): string[] {
  const fence = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g');
  return [...text.matchAll(fence)].map(([, inside = '']) => inside);
}

/** What a person would type: the lines of shell blocks, and commands within sentences. */
export function commandsOf(text: string): string[] {
  const lines = fencesOf(text, 'sh').flatMap((block) =>
    block
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*$/, '').trim()),
  );
  const inline = [...text.matchAll(/`((?:(?:npx|npm|orgsweep) |node bin)[^`\n]+)`/g)].map(
    ([, command = '']) => command,
  );
  return [...new Set([...lines, ...inline].filter((line) => line !== ''))];
}

/** What follows orgsweep's name, or its file, in a line; undefined where something else is run. */
export function argumentsOf(line: string): string[] | undefined {
  const typed = words(line.replace(/ > \S+$/, ''));
  if (typed[0] === 'orgsweep') return typed.slice(1);
  return typed[0] === 'node' && typed[1] === 'bin/orgsweep.mjs' ? typed.slice(2) : undefined;
}

/** Words as a shell makes them; the pages quote with '…' only. */
export function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}
