import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { fault, parseInput, quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';

/**
 * An option's name, and whether a value follows it; `many`: it may be given more than once. `path`:
 * a value may follow, and does if it begins with a slash; without one the option's value is empty.
 */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value' | 'many' | 'path'>>;

/** The values given, by option; a flag's list holds an empty text for each time it was given. */
export type Options = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the options of one command. Nothing is guessed: what isn't known, lacks its value or is
 * given twice is refused by name.
 *
 * @throws {InvalidInput}
 */
export function readOptions(argv: readonly string[], kinds: OptionKinds): Options {
  const { options, others } = readWords(argv, kinds);
  if (others[0] !== undefined) {
    throw new InvalidInput(fault('argument', others[0], 'options only, after the command'));
  }
  return options;
}

const EXAMPLES = {
  EXECUTION_ID: '20261121T060000-delete-a1b2c3',
  RESOURCE_ID: 'snap-0123456789abcdef0',
};

/**
 * Reads the options of a command that is about one thing, named before, between or after them.
 *
 * @param name what the thing is called in messages
 * @throws {InvalidInput}
 */
export function readOptionsAbout(
  name: keyof typeof EXAMPLES,
  argv: readonly string[],
  kinds: OptionKinds,
): { about: string; options: Options } {
  const { options, others } = readWords(argv, kinds);
  const [about, another] = others;
  if (!about) throw new InvalidInput(`${name}: missing – accepted: one, such as ${EXAMPLES[name]}`);
  if (another !== undefined) throw new InvalidInput(fault('argument', another, `one ${name} only`));
  return { about, options };
}

/** The options, and all other words in their order. */
function readWords(argv: readonly string[], kinds: OptionKinds) {
  const config = Object.entries(kinds).map(([name, kind]) => [
    name,
    { type: kind === 'flag' || kind === 'path' ? ('boolean' as const) : ('string' as const) },
  ]);
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(config),
    strict: false,
    tokens: true,
  });
  const options = new Map<string, string[]>();
  const others: string[] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'option') take(token, kinds, options);
    if (token.kind !== 'positional') return;
    if (before !== undefined && awaitsPath(before, kinds) && token.value.startsWith('/')) {
      options.set(before.name, [token.value]);
    } else others.push(token.value);
  });
  return { options, others };
}

function awaitsPath<T extends { kind: string }>(
  token: T,
  kinds: OptionKinds,
): token is T & { kind: 'option'; name: string } {
  const { name, value } = token as { name?: string; value?: unknown };
  return token.kind === 'option' && kinds[name ?? ''] === 'path' && value === undefined;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function take(token: OptionToken, kinds: OptionKinds, options: Map<string, string[]>): void {
  const { name, rawName, value, inlineValue } = token;
  const kind = Object.hasOwn(kinds, name) && rawName === `--${name}` ? kinds[name] : undefined;
  if (kind === undefined) {
    const accepted = Object.keys(kinds).map((known) => `--${known}`);
    throw new InvalidInput(`${rawName}: unknown option – accepted: ${accepted.join(', ')}`);
  }
  if (kind === 'flag' && value !== undefined) {
    throw new InvalidInput(fault(rawName, value, 'no value'));
  }
  // `--out --json`: the next option was taken for a value.
  const swallowed = !inlineValue && /^-(?!\d)/.test(value ?? '');
  const mayBeAlone = kind === 'flag' || (kind === 'path' && value === undefined);
  if (!mayBeAlone && (!value || swallowed)) {
    throw new InvalidInput(`${rawName}: missing – accepted: a value, as in ${rawName}=VALUE`);
  }
  const before = options.get(name) ?? [];
  if ((kind === 'value' || kind === 'path') && before.length > 0) {
    throw new InvalidInput(`${rawName}: ${quote(value)} – accepted: ${rawName} only once`);
  }
  options.set(name, [...before, value ?? '']);
}

/** Each value given for an option, parsed. @throws {InvalidInput} */
export function all<S extends z.ZodType>(options: Options, name: string, schema: S): z.output<S>[] {
  return (options.get(name) ?? []).map((value) => parseInput(schema, value, `--${name}`));
}

/** The value of an option that is given at most once. @throws {InvalidInput} */
export function one<S extends z.ZodType>(
  options: Options,
  name: string,
  schema: S,
): z.output<S> | undefined {
  return all(options, name, schema)[0];
}
