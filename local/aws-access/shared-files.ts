import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getHomeDir, loadSharedConfigFiles } from '@smithy/core/config';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';

export type Variables = Readonly<Record<string, string | undefined>>;
export type Settings = Readonly<Record<string, string | undefined>>;

/** The profile that a command goes by, as the AWS CLI chooses it. */
export interface Profile {
  readonly name: string;
  /** The variable that names it; undefined: none does, and it is the default one. */
  readonly from: string | undefined;
  /** What the two files say of it; of the default one perhaps nothing. */
  readonly settings: Settings;
  /** What they say of each profile. */
  readonly all: Readonly<Record<string, Settings>>;
}

/** In the order in which the AWS CLI looks for it; the SDK knows only the first. */
const NAMED_BY = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'];
const FILES = [
  { variable: 'AWS_CONFIG_FILE', usual: 'config' },
  { variable: 'AWS_SHARED_CREDENTIALS_FILE', usual: 'credentials' },
];
const MOST_NAMES = 10;

/**
 * Reads the files that the AWS CLI has its profiles in.
 *
 * @throws {InvalidInput} for a file that can't be read, or a profile that isn't there: the SDK goes
 *   on without, and so as somebody else
 */
export async function readProfile(variables: Variables): Promise<Profile> {
  for (const file of FILES) refuseUnlessReadable(file, variables);
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  const all = Object.fromEntries(
    [...names].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]),
  );
  const from = NAMED_BY.find((variable) => variables[variable] !== undefined);
  const name = (from && variables[from]) ?? 'default';
  if (from !== undefined && name !== 'default' && !names.has(name)) {
    throw new InvalidInput(fault(from, name, profilesInWords([...names])));
  }
  return { name, from, settings: all[name] ?? {}, all };
}

function profilesInWords(names: readonly string[]): string {
  if (names.length === 0) {
    return 'the name of a profile (there is none in ~/.aws/config and ~/.aws/credentials), or leave it unset';
  }
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name));
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `one of the profiles ${shown.join(', ')}${more}`;
}

function refuseUnlessReadable(
  { variable, usual }: (typeof FILES)[number],
  variables: Variables,
): void {
  const given = variables[variable];
  const isGiven = given !== undefined;
  if (given === '') throw new InvalidInput(fault(variable, given, 'a file, or leave it unset'));
  const file = (given ?? '~/').replace(/^~\//, `${getHomeDir()}${path.sep}`);
  const place = isGiven ? file : path.join(file, '.aws', usual);
  const name = isGiven ? variable : `~/.aws/${usual}`;
  let content: Buffer;
  try {
    content = readFileSync(place);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!isGiven && ['ENOENT', 'ENOTDIR'].includes(code)) return;
    throw new InvalidInput(fault(name, place, `a file that can be read (${code})`));
  }
  // With a byte order mark its first section has another name, and nobody finds it.
  if (content.includes(0) || content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
    throw new InvalidInput(fault(name, place, 'a text file in UTF-8 without a byte order mark'));
  }
}
