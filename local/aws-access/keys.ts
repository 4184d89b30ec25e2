import { InvalidInput } from '../../core/model/errors.ts';
import type { Profile, Settings, Variables } from './shared-files.ts';

/** As the SDK has credentials. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the parts are called where they come from. */
interface Names {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const VARIABLES: Names = {
  accessKeyId: 'AWS_ACCESS_KEY_ID',
  secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
  sessionToken: 'AWS_SESSION_TOKEN',
};

/**
 * The keys that variables name: as with the AWS CLI they go before every profile.
 *
 * @returns undefined where there are none
 * @throws {InvalidInput} for half of a pair, and for what can't be a key: which variable, never its
 *   value
 */
export function keysOfVariables(variables: Variables): Keys | undefined {
  const { accessKeyId: id, secretAccessKey: secret, sessionToken: token } = VARIABLES;
  const given = { id: variables[id], secret: variables[secret], token: variables[token] };
  if (given.id === undefined && given.secret === undefined) return undefined;
  if (!given.id) throw badKey(id, given.id === '' ? 'is empty' : `is missing beside ${secret}`);
  if (!given.secret)
    throw badKey(secret, given.secret === '' ? 'is empty' : `is missing beside ${id}`);
  const keys = {
    accessKeyId: given.id,
    secretAccessKey: given.secret,
    // Templates of people with keys of their own export an empty one.
    ...(given.token && { sessionToken: given.token }),
  };
  refuseBadKeys(keys, VARIABLES);
  return keys;
}

/** @throws {InvalidInput} where a profile, or one that it is based on, has what can't be a key */
export function refuseBadKeysOf({ name, all }: Profile): void {
  const seen = new Set<string>();
  let at: string | undefined = name;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const settings: Settings = all[at] ?? {};
    const of = (key: string) => `${key} of the profile ${JSON.stringify(at)}`;
    refuseBadKeys(
      {
        accessKeyId: settings['aws_access_key_id'],
        secretAccessKey: settings['aws_secret_access_key'],
        sessionToken: settings['aws_session_token'],
      },
      {
        accessKeyId: of('aws_access_key_id'),
        secretAccessKey: of('aws_secret_access_key'),
        sessionToken: of('aws_session_token'),
      },
    );
    at = settings['source_profile'];
  }
}

/** They travel in headers: with a line break among them no request can be made. @throws {InvalidInput} */
export function refuseBadKeys(
  keys: { readonly [part in keyof Names]?: string | undefined },
  names: Names,
): void {
  for (const part of ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const) {
    const what = faultIn(keys[part] ?? '');
    if (what !== undefined) throw badKey(names[part], what);
  }
}

function faultIn(value: string): string | undefined {
  if (/[\r\n]/.test(value)) return 'has a line break in it (a file with Windows line ends?)';
  if (/["'`]/.test(value)) return 'has quotes in it';
  if (/\s/.test(value)) return 'has a blank in it';
  if (/[^\x21-\x7e]/.test(value)) return 'has a character in it that no key has';
  return undefined;
}

function badKey(name: string, what: string): InvalidInput {
  return new InvalidInput(
    `${name}: ${what} – accepted: letters, digits and signs as AWS issued them, nothing before or after`,
  );
}
