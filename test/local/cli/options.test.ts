import { Command } from 'commander';
import { many } from '../../../local/cli/command-options.ts';
import { readWords } from '../../../local/cli/options.ts';

const program = () =>
  new Command('p')
    .argument('<RESOURCE_ID>')
    .option('--hub [NAME]')
    .option('--json')
    .option('--out <DIR>')
    .option('--resume [ID]')
    .addOption(many('--account <ID>', ''));
const read = (line: string) => readWords(program(), line.split(' '));

it.each([
  ['x', undefined],
  ['x --hub', ['/orgsweep/hub']],
  ['--hub x', ['/orgsweep/hub']],
  ['--hub --json x', ['/orgsweep/hub']],
  ['--hub /a/hub x', ['/a/hub']],
  ['x --hub /a/hub', ['/a/hub']],
  ['x --hub=/a/hub', ['/a/hub']],
])('reads the name of the hub of "%s"', (line, hub) => {
  const { others, options } = read(line);
  expect([others[0], options.get('hub')]).toEqual(['x', hub]);
  expect(options.has('json')).toBe(line.includes('--json'));
});

it.each([
  ['x --out=-x', 'out', ['-x']],
  ['x --out -1', 'out', ['-1']],
  ['x --out a=b', 'out', ['a=b']],
  ['x --out=a=b', 'out', ['a=b']],
  ['x --out=a\nb', 'out', ['a\nb']],
  ['x --account 1 --account=2', 'account', ['1', '2']],
  ['x --json --json', 'json', ['', '']],
  ['--json -- x', 'json', ['']],
])('reads the values of %j', (line, name, values) => {
  expect(read(line)).toMatchObject({ command: 'p', others: ['x'] });
  expect(read(line).options.get(name)).toEqual(values);
});

it.each([
  ['x --hub --json /a/hub', 'argument: "/a/hub" – accepted: one RESOURCE_ID only'],
  ['x --hub=/a /b', 'argument: "/b"'],
  ['x --hub /a /b', 'argument: "/b"'],
  ['x --hub=', '--hub: missing'],
  ['x --hub /a --hub /b', '--hub: "/b" – accepted: --hub only once'],
  ['x --out', '--out: missing – accepted: a value, as in --out=VALUE'],
  ['x --out --json', '--out: missing – accepted: a value, as in --out=VALUE'],
  ['x -- --json', 'argument: "--json" – accepted: one RESOURCE_ID only'],
  ['--json', 'RESOURCE_ID: missing – accepted: one, such as snap-0123456789abcdef0'],
  [
    "x --a'b\nc'",
    "--a'b\nc': unknown option – accepted: --hub, --json, --out, --resume, --account",
  ],
  ['-5', '-5: unknown option – accepted: --hub, --json, --out, --resume, --account'],
  ['x --hub -5', '-5: unknown option'],
  ['x --help=y', '--help: "y" – accepted: no value'],
  ['x --resume=', '--resume: missing'],
])('refuses %j', (line, message) => {
  expect(() => read(line)).toThrow(expect.objectContaining({ name: 'InvalidInput' }));
  expect(() => read(line)).toThrow(message);
});

it('refuses an empty word for what it is about as one that is missing', () => {
  expect(() => readWords(program(), [''])).toThrow('RESOURCE_ID: missing – accepted: one, such as');
});

it.each(['--foo=bar', '--hub', '--json=1', '-5'])('leaves %s behind "--" as it is', (word) => {
  expect(read(`-- ${word}`).others).toEqual([word]);
});

it('takes an option alone whose value may be left out', () => {
  expect(read('x --resume --json').options.get('resume')).toEqual(['']);
});

it.each([
  ['x --jsno', '--account; did you mean --json?'],
  ['x --acount=1', '--account; did you mean --account?'],
  ['x --nothing-like-it', '--account'],
])('suggests for %j what it may have meant', (line, end) => {
  expect(() => read(line)).toThrow(
    new RegExp(`unknown option – accepted: .*${end.replace(/\?/g, '\\?')}$`),
  );
});
