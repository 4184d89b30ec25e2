import type { Command, CommanderError, Option } from 'commander';
import { DEFAULT_HUB_NAME } from '../../core/input/hub-name.ts';
import { fault, quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { Options } from '../arguments/options/parsed-options.ts';
import { SHELLS } from '../arguments/defaults.ts';

export interface Words {
  /** The command that was named; the program itself where it has none. */
  readonly command: string;
  /** What isn't an option, in order. */
  readonly others: readonly string[];
  readonly options: Options;
}

/**
 * Reads words by commander. Nothing is guessed: what isn't known, lacks its value or is given twice
 * is refused by name. What the values say is parsed later, by their schemas.
 *
 * @throws {InvalidInput}
 */
export function readWords(program: Command, argv: readonly string[]): Words {
  const options = new Map<string, string[]>();
  let chosen = program;
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride((error) => {
        throw new InvalidInput(refusalInWords(error, command));
      })
      .configureOutput({ outputError: () => undefined });
    if (command !== program) command.action(() => void (chosen = command));
    for (const option of command.options)
      command.on(`option:${option.name()}`, (value?: string | null) =>
        take(option, value ?? undefined, argv, options),
      );
  }
  const named = program.commands.find((command) => command.name() === argv[0]) ?? program;
  program.parse(asCommanderReads(argv, named), { from: 'user' });
  const [about] = chosen.registeredArguments;
  if (about !== undefined && chosen.args[0] === '') {
    throw new InvalidInput(missingArgument(about.name()));
  }
  return { command: chosen.name(), others: chosen.args, options };
}

/** What follows `--` is no option, and stays as it is. */
function asCommanderReads(argv: readonly string[], command: Command): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const words = argv.slice(0, end).map((word, i) => {
    const isValue = command.options.some(({ long, required }) => required && long === argv[i - 1]);
    // Commander would take it for what the command is about.
    if (/^-\.?\d/.test(word) && !isValue) throw new InvalidInput(unknownOption(word, command));
    return wordAsCommanderReads(word, argv[i + 1], command.options);
  });
  return [...words, ...argv.slice(end)];
}

/**
 * `--hub` alone is the default hub, and the word behind it is its name only if it begins with a
 * slash: commander would take any. And it would look for an option that is called `--self=yes`.
 */
function wordAsCommanderReads(
  word: string,
  next: string | undefined,
  options: readonly Option[],
): string {
  const [flag = '', value] = word.split(/=([^]*)/, 2);
  const option = options.find(({ long }) => long === flag);
  if ((option?.isBoolean() || flag === '--help') && value !== undefined) {
    throw new InvalidInput(fault(flag, value, 'no value'));
  }
  if (option === undefined && flag.startsWith('--') && flag !== '--') return flag;
  const isAlone = option?.long === '--hub' && option.optional && value === undefined;
  return isAlone && !next?.startsWith('/') ? `${flag}=${DEFAULT_HUB_NAME}` : word;
}

function take(
  option: Option,
  value: string | undefined,
  argv: readonly string[],
  options: Map<string, string[]>,
): void {
  const flag = option.long ?? '';
  const before = options.get(option.name()) ?? [];
  if (!option.isBoolean()) {
    // `--out --json`: the next option was taken for a value.
    const swallowed = /^-(?!\d)/.test(value ?? '') && !argv.includes(`${flag}=${value}`);
    const isAlone = option.optional && value === undefined;
    if ((!value && !isAlone) || swallowed) throw new InvalidInput(missingValue(flag));
    const isMany = option.parseArg !== undefined;
    if (!isMany && before.length > 0) {
      throw new InvalidInput(fault(flag, value, `${flag} only once`));
    }
  }
  options.set(option.name(), [...before, value ?? '']);
}

function missingValue(flag: string): string {
  return `${flag}: missing – accepted: a value, as in ${flag}=VALUE`;
}

function missingArgument(name: string): string {
  return `${name}: missing – accepted: ${ABOUT_EXAMPLES[name] ?? name}`;
}

function unknownOption(word: string, command: Command): string {
  return `${word}: unknown option – accepted: ${flagsOf(command)}`;
}

const ABOUT_EXAMPLES: Readonly<Record<string, string>> = {
  EXECUTION_ID: 'one, such as 20261121T060000-delete-a1b2c3',
  RESOURCE_ID: 'one, such as snap-0123456789abcdef0',
  SHELL: SHELLS.map(quote).join(', '),
};

/** What commander says in its words, in those of every refusal: name, value, what is accepted. */
function refusalInWords({ code, message }: CommanderError, command: Command): string {
  // The word as it was typed may hold anything, and the suggestion holds names of ours only.
  const [, word = '', similar] =
    /'([^]*?)'(?: argument missing)?(?:\n\(Did you mean ([^']+)\?\))?$/.exec(message) ?? [];
  const suggested = similar === undefined ? '' : `; did you mean ${similar}?`;
  const about = command.registeredArguments[0]?.name();
  switch (code) {
    case 'commander.unknownCommand':
      return `${fault('command', word, commandsOf(command))}${suggested}`;
    case 'commander.unknownOption':
      return `${unknownOption(word, command)}${suggested}`;
    case 'commander.optionMissingArgument':
      return missingValue(word.split(' ')[0] ?? word);
    case 'commander.missingArgument':
      return missingArgument(word);
    case 'commander.excessArguments':
      return fault(
        'argument',
        command.args[command.registeredArguments.length],
        about === undefined ? 'options only, after the command' : `one ${about} only`,
      );
    default:
      return `${quote(command.name())}: ${message}`;
  }
}

export function commandsOf(program: Command): string {
  return `${program.commands.map((command) => command.name()).join(', ')}; see --help`;
}

function flagsOf({ options }: Command): string {
  const shown = options.flatMap(({ long, hidden }) => (hidden ? [] : (long ?? [])));
  return shown.length === 0 ? 'none' : shown.join(', ');
}
