import { ExecutionInput } from '../../kinds/registry.ts';
import { parseArguments } from '../../local/cli/arguments.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { argumentsOf, commandsOf, fencesOf, PAGES, readPage, words } from './page.ts';
import { deadLinksOf } from './links.ts';

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
  expect(deadLinksOf(page)).toEqual([]);
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
