import type { z } from 'zod';
import { parseInput } from '../../../core/input/bad-input.ts';

/** The values given, by option; a flag's list holds an empty text for each time it was given. */
export type Options = ReadonlyMap<string, readonly string[]>;

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

/**
 * The values of an option that takes several with commas between them, and more than once; undefined:
 * it wasn't given.
 *
 * @throws {InvalidInput}
 */
export function listed<S extends z.ZodType>(
  options: Options,
  name: string,
  schema: S,
): z.output<S>[] | undefined {
  const values = options.get(name)?.flatMap((value) => value.split(','));
  return values && [...new Set(all(new Map([[name, values]]), name, schema))];
}
