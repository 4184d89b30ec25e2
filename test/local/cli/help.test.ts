import { type CommandName, COMMANDS, type CommandSpec } from '../../../local/cli/commands.ts';
import { helpText } from '../../../local/cli/help.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';
import { scenarioByName } from '../../../simulation/scenarios/registry.ts';

const names = Object.keys(COMMANDS) as CommandName[];
const optionsIn = (text: string) =>
  [...text.matchAll(/^ {2}(?:-h, )?(--[a-z-]+)/gm)].map(([, option]) => option ?? '');

/** The options that the command itself says it accepts. */
function acceptedBy(name: string): string[] {
  try {
    parseArguments([name, 'e0', '--xxxxxxxxxxxx']);
  } catch (error) {
    return (error as Error).message.match(/--[a-z-]+/g)?.slice(1) ?? [];
  }
  return [];
}

it.each(names)('tells of %s its usage, options, examples and exit codes', (name) => {
  const text = helpText(name);
  expect(text.split('\n')[0]).toMatch(new RegExp(`^Usage: orgsweep ${name} \\[options\\]`));
  expect(optionsIn(text).toSorted()).toEqual([...acceptedBy(name), '--help'].toSorted());
  const examples = text.match(/^ {2}orgsweep .*$/gm) ?? [];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(example).toMatch(new RegExp(`^  orgsweep ${name}( |$)`));
  for (const code of [0, 1, 2]) expect(text).toMatch(new RegExp(`^ +${code} {2}[a-z]`, 'm'));
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

it('tells of all commands, with an example of each and all exit codes, in one overview', () => {
  const text = helpText();
  for (const name of names) {
    expect(text).toMatch(new RegExp(`^  ${name} .*[a-z]`, 'm'));
    expect(text).toContain(`  orgsweep ${COMMANDS[name].examples[0]}\n`);
  }
  expect(text).toMatch(/^Exit codes:\n {4}0 {2}complete\n/m);
  expect(text.split('\n').length).toBeLessThan(60);
});

it.each([40, 60, 80])('fits a terminal of %i columns, but for examples', (columns) => {
  for (const name of [undefined, ...names]) {
    const [text = ''] = helpText(name, columns).split('Examples:');
    const wide = text.split('\n').filter((line) => line.length > columns && / {2,}\S/.test(line));
    // Beside the longest option there is no room for words in 40 columns: the terminal breaks those.
    if (columns >= 60) expect({ name, wide }).toEqual({ name, wide: [] });
    expect(text.length).toBeGreaterThan(100);
  }
});

it('offers only values that are accepted', () => {
  const offered = Object.entries<CommandSpec>(COMMANDS).flatMap(([name, { options }]) =>
    options.flatMap(({ long, argChoices = [] }) =>
      argChoices.map((value) => ({ name, long, value })),
    ),
  );
  expect(offered.length).toBeGreaterThan(4);
  for (const { name, long, value } of offered) {
    if (long === '--scenario') expect(() => scenarioByName(value)).not.toThrow();
    else expect(() => parseArguments([name, `${long}=${value}`])).not.toThrow();
  }
});

it('takes its own examples', () => {
  for (const { examples } of Object.values<CommandSpec>(COMMANDS))
    for (const example of examples) {
      const words = example.replace(/ > .*/, '').match(/(?:'[^']*'|[^\s'])+/g) ?? [];
      expect(() => parseArguments(words.map((word) => word.replaceAll("'", '')))).not.toThrow();
    }
});
