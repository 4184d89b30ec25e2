import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { isJsonObject, parseJsonText } from '../../core/input/json-text.ts';
import { CONTEXT_KEY, type OrgsweepConfig, readConfig } from '../../infra/config/config.ts';
import { readTextFile } from '../arguments/execution-input.ts';

const OPTION = '--config';

/** A configuration as somebody wrote it, and what it is called in messages. */
export interface WrittenConfig {
  readonly name: string;
  readonly text: string;
}

/**
 * What `--config` names: JSON, a file, or a folder with a file for each hub. A file that is gone is a
 * hub that is to go.
 *
 * @param isWatched whether a file that was there may be gone by now
 * @throws {InvalidInput}
 */
export function writtenConfigs(given: string, isWatched = false): readonly WrittenConfig[] {
  if (isJson(given)) return [{ name: OPTION, text: given }];
  if (isFolder(given)) return filesIn(given).map(readWritten);
  if (isWatched && !isThere(given)) return [];
  return [readWritten(given)];
}

/** @throws {InvalidInput} naming the file, the key, its value and what is accepted */
export function toConfigs(written: readonly WrittenConfig[]): readonly OrgsweepConfig[] {
  return written.map(({ name, text }) => naming(name, () => readConfig(orgsweepIn(name, text))));
}

/** The names of the keys that are given. */
export function keysGiven(written: readonly WrittenConfig[]): readonly string[] {
  const keys = written.flatMap(({ name, text }) => Object.keys(orgsweepIn(name, text)));
  return [...new Set(keys)].toSorted();
}

/** Nobody can write JSON in a command again while it runs. */
export function canBeSaved(given: string): boolean {
  return !isJson(given);
}

function isJson(given: string): boolean {
  return given.trimStart().startsWith('{');
}

/** As `cdk.context.json` has it, or the object alone. */
function orgsweepIn(name: string, text: string): object {
  const value = parseJsonText(text, name);
  if (!isJsonObject(value)) throw new InvalidInput(fault(name, value, 'a JSON object'));
  if (!Object.hasOwn(value, CONTEXT_KEY)) return value;
  const inner = value[CONTEXT_KEY];
  if (!isJsonObject(inner))
    throw new InvalidInput(fault(`${name}: ${CONTEXT_KEY}`, inner, 'an object'));
  return inner;
}

function naming<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput) || error.message.startsWith(name)) throw error;
    throw new InvalidInput(`${name}: ${error.message}`, { cause: error });
  }
}

function readWritten(file: string): WrittenConfig {
  return { name: `${OPTION} ${file}`, text: readTextFile(OPTION, file) };
}

function filesIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => /^[^.].*\.json$/.test(name));
  return names.toSorted().map((name) => join(folder, name));
}

function isFolder(given: string): boolean {
  return isThere(given) && statSync(given).isDirectory();
}

function isThere(given: string): boolean {
  return statSync(given, { throwIfNoEntry: false }) !== undefined;
}
