import { parseArguments } from '../../../local/cli/arguments.ts';
import { COMMANDS } from '../../../local/cli/command-help.ts';
import { helpAbout, overview } from '../../../local/cli/help.ts';
import { InvalidInput } from '../../../core/model/errors.ts';

const names = Object.keys(COMMANDS);
const optionsIn = (text: string) =>
  [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option ?? '');

/** The options that the command itself says it accepts. */
function acceptedBy(name: string): string[] {
  try {
    parseArguments([name, 'e0', '--no-such-option']);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.match(/--[a-z-]+/g)?.slice(1) ?? [];
    throw error;
  }
  return [];
}

it.each(names)('tells of %s one usage line, its options, examples and exit codes', (name) => {
  const text = helpAbout(name);
  expect(text.split('\n')[0]).toMatch(new RegExp(`^orgsweep ${name} .*: `));
  expect(text.match(/^orgsweep /gm)).toHaveLength(1);
  expect(optionsIn(text).toSorted()).toEqual(acceptedBy(name).toSorted());
  const examples = text.match(/^ {2}orgsweep .*$/gm) ?? [];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(example).toMatch(new RegExp(`^  orgsweep ${name} `));
  for (const code of [0, 1, 2]) expect(text).toMatch(new RegExp(`^ +${code} [a-z]`, 'm'));
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(104);
});

it('tells of all commands, options and examples in one overview', () => {
  const text = overview();
  for (const name of names) {
    expect(text).toMatch(new RegExp(`^  orgsweep ${name} \\S+ +[a-z]`, 'm'));
    for (const example of COMMANDS[name]?.examples ?? []) expect(text).toContain(example);
    for (const option of acceptedBy(name)) expect(text).toContain(option);
  }
  expect(text).toMatch(/^Exit codes\n {2}0 complete · /m);
});
