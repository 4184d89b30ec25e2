import { readFileSync } from 'node:fs';
import { fault, parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { decodeText } from '../../core/input/text-encoding.ts';
import { isJsonObject, parseJsonText } from '../../core/input/json-text.ts';
import { ExecutionInput } from '../../kinds/registry.ts';
import type { InputArguments } from './input-arguments.ts';

type Json = Record<string, unknown>;

/**
 * The execution input that `run` and `start` are asked for: the scenario's or that of the execution
 * to try again, the one given with `--input` laid over it, and the flags over both. Checked, but with
 * no default filled in: that is Prepare's work.
 *
 * @throws {InvalidInput} with one line that names the field, the value and what is accepted
 */
export function makeExecutionInput(
  args: InputArguments & { readonly enableDeletion: boolean },
  under: Json = {},
): Json {
  const given = args.input === undefined ? {} : readInput(args.input);
  // `plan` and `approval` are accepted only with delete, which may also come from the flag.
  parseInput(ExecutionInput, { ...(args.mode && { mode: args.mode }), ...given }, '--input');
  const below = layOver(fitFor(args.mode ?? given['mode'] ?? under['mode'], under), given);
  const input = layOver(args.accounts.length > 0 ? withoutUnits(below) : below, flagsOf(args));
  const { mode } = parseInput(ExecutionInput, input);
  if (mode === 'delete' && !args.enableDeletion) {
    throw new InvalidInput(
      fault('mode', mode, '"report", or "delete" together with --enable-deletion'),
    );
  }
  return input;
}

/** Only a delete execution may ask for approval; a report that tries one again asks for none. */
function fitFor(mode: unknown, { approval, ...under }: Json): Json {
  return mode === 'delete' && approval !== undefined ? { ...under, approval } : under;
}

function flagsOf(args: InputArguments): Json {
  const { accounts, regions, kinds, remove, mode, plan, retry, resume } = args;
  const scope = {
    ...(retry !== undefined && { retryOf: retry }),
    ...(accounts.length > 0 && { accounts }),
    ...(regions.length > 0 && { regions }),
  };
  return {
    ...(kinds !== undefined && { kinds }),
    ...(remove !== undefined && { remove }),
    ...(mode !== undefined && { mode }),
    ...(plan !== undefined && { plan }),
    ...(resume !== undefined && { resume }),
    ...(Object.keys(scope).length > 0 && { scope }),
  };
}

/** Accounts and OUs are a union: with accounts from the flags, OUs from below would be swept as well. */
function withoutUnits(input: Json): Json {
  if (!isJsonObject(input['scope'])) return input;
  const { organizationalUnits: _organizationalUnits, ...scope } = input['scope'];
  return { ...input, scope };
}

/** Objects are laid over each other key by key; everything else is replaced. */
function layOver(under: Json, over: Json): Json {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isJsonObject(below) && isJsonObject(value) ? layOver(below, value) : value];
  });
  return { ...under, ...(Object.fromEntries(entries) as Json) };
}

/** What begins with a brace is the JSON itself, everything else names a file. */
function readInput(source: string): Json {
  const isJson = source.trimStart().startsWith('{');
  const text = isJson ? source.replace(/^\uFEFF/, '') : readTextFile('--input', source);
  const value = parseJsonText(text, isJson ? '--input' : `--input ${source}`);
  if (!isJsonObject(value)) throw new InvalidInput(fault('--input', value, 'a JSON object'));
  return value;
}

/** @throws {InvalidInput} naming the option, the file and why it can't be read */
export function readTextFile(option: string, path: string): string {
  return decodeText(readBytes(option, path), `${option} ${path}`);
}

function readBytes(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    throw new InvalidInput(`${fault(option, path, 'a file that can be read')} (${why})`);
  }
}
