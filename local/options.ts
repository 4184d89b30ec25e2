import { parseArgs } from 'node:util';
import { fault, quote } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';

/** An option's name, and whether a value follows it; `many`: it may be given more than once. */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value' | 'many'>>;

/** The values given, by option; a flag's list holds an empty text for each time it was given. */
export type Options = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the options of one command. Nothing is guessed: what isn't known, lacks its value or is
 * given twice is refused by name.
 *
 * @throws {InvalidInput}
 */
export function readOptions(argv: readonly string[], kinds: OptionKinds): Options {
  const config = Object.entries(kinds).map(([name, kind]) => [
    name,
    { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
  ]);
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(config),
    strict: false,
    tokens: true,
  });
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new InvalidInput(fault('argument', token.value, 'options only, after the command'));
    }
    if (token.kind === 'option') take(token, kinds, options);
  }
  return options;
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
  if (kind !== 'flag' && (!value || swallowed)) {
    throw new InvalidInput(`${rawName}: missing – accepted: a value, as in ${rawName}=VALUE`);
  }
  const before = options.get(name) ?? [];
  if (kind === 'value' && before.length > 0) {
    throw new InvalidInput(`${rawName}: ${quote(value)} – accepted: ${rawName} only once`);
  }
  options.set(name, [...before, value ?? '']);
}
