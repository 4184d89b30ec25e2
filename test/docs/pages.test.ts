import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ExecutionInput } from '../../kinds/registry.ts';
import { parseArguments } from '../../local/cli/arguments.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { argumentsOf, commandsOf, fencesOf, PAGES, readPage, root, words } from './page.ts';

const commands = PAGES.flatMap((page) =>
  commandsOf(readPage(page)).map((command): [string, string] => [page, command]),
);
// An ellipsis stands for what the reader knows; a command's bare name is a name.
const ofOrgsweep = commands.filter(
  ([, line]) => (argumentsOf(line)?.length ?? 0) > 1 && !line.includes('…'),
);

it('finds the commands of all pages', () => {
  expect(ofOrgsweep.length).toBeGreaterThan(40);
});

it.each(ofOrgsweep)('%s: %s is understood', (_page, line) => {
  const args = parseArguments(argumentsOf(line) ?? []);
  if (!('input' in args) || args.input === undefined) return;
  const mode = args.mode === undefined ? {} : { mode: args.mode };
  expect(() => ExecutionInput.parse({ ...JSON.parse(args.input!), ...mode })).not.toThrow();
});

it.each(fencesOf(readPage('docs/execution-input.md'), 'json'))('accepts the input %s', (text) => {
  expect(() => ExecutionInput.parse(JSON.parse(text))).not.toThrow();
});

it.each(commands.filter(([, line]) => /^npm run [^…]/.test(line)))(
  '%s: %s is a script',
  (_, line) => {
    expect(Object.keys(packageJson.scripts)).toContain(words(line)[2]);
  },
);

it.each(PAGES)('%s: every link leads somewhere', (page) => {
  const dead = linksOf(readPage(page)).filter((link) => !leadsSomewhere(page, link));
  expect(dead).toEqual([]);
});

it.each(PAGES)('%s: every picture says in words what it shows', (page) => {
  const pictures = [...readPage(page).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
  for (const [, alt = '', file = ''] of pictures) {
    expect({ file, words: alt.split(' ').length >= 4 }).toEqual({ file, words: true });
  }
});

it('has a page for each kind of reader', () => {
  const readme = readPage('README.md');
  for (const reader of ['cloud-ops-lead', 'account-owner', 'security-reviewer', 'contributor']) {
    expect(readme).toContain(`docs/readers/${reader}.md`);
  }
});

function linksOf(text: string): string[] {
  const withoutCode = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(root, target))) return false;
  return anchor === undefined || anchorsOf(path.join(root, target)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(file: string): string[] {
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}
