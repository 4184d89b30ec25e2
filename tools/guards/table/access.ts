import type { Guard } from '../guard.ts';

const CONFIGURATION = ['configuration'];
const PROXIES = ['proxies'];
const THROUGH = ['through-a-proxy'];

/** Between the configuration of whoever calls and the account that is entered. */
export const ACCESS: readonly Guard[] = [
  {
    name: 'region-that-cannot-be-read',
    promise: 5,
    keeps: 'a Region that somebody misspelt is replaced by us-east-1',
    in: 'configuredRegion',
    find: 'if (Region.safeParse(region).success) return',
    replace:
      'if (!Region.safeParse(region).success) return { region: DEFAULT_REGION, from }; if (region) return',
    tests: CONFIGURATION,
  },
  {
    name: 'profile-that-is-not-there',
    promise: 5,
    keeps: 'a profile that somebody misspelt is replaced by other credentials',
    in: 'readProfile',
    find: "if (from !== undefined && name !== 'default' && !names.has(name)) {",
    replace: "if (from !== undefined && name === '' && !names.has(name)) {",
    tests: CONFIGURATION,
  },
  {
    name: 'half-of-a-key',
    promise: 5,
    keeps: 'half of a pair of keys is passed over, and other credentials are used',
    in: 'keysOfVariables',
    find: 'if (given.id === undefined && given.secret === undefined) return undefined;',
    replace: 'if (!given.id || !given.secret) return undefined;',
    tests: CONFIGURATION,
  },
  {
    name: 'keys-in-variables-first',
    promise: 5,
    keeps: 'the keys in the environment are passed over for those of a profile',
    in: 'readCallersAccess',
    find: 'credentials: keys === undefined ? providerFor(',
    replace: 'credentials: keys === undefined || profile.from !== undefined ? providerFor(',
    tests: CONFIGURATION,
  },
  {
    name: 'key-that-cannot-be-sent',
    promise: 6,
    keeps: 'a key with a line break in it is an error that names nothing',
    in: 'refuseBadKeys',
    find: 'if (what !== undefined) throw badKey(names[part], what);',
    replace: "if (what === 'never') throw badKey(names[part], what);",
    tests: CONFIGURATION,
  },
  {
    name: 'setting-that-cannot-be-read',
    promise: 5,
    keeps: 'an endpoint that nobody can read is replaced by that of AWS',
    in: 'refuse',
    find: 'if (value === undefined || schema.safeParse(value).success) return;',
    replace: 'if (value === undefined || schema.safeParse(value).success || accepted) return;',
    tests: CONFIGURATION,
  },
  {
    name: 'loopback-without-proxy',
    promise: 5,
    keeps: 'what is meant for this computer goes to a proxy',
    in: 'readProxies',
    find: 'isLoopback(host) || isExcepted(',
    replace: 'isExcepted(',
    tests: PROXIES,
  },
  {
    name: 'trusted-behind-a-proxy',
    promise: 5,
    keeps: 'behind a proxy other certificates are trusted than those that were named',
    in: 'makeHandler',
    find: 'Object.assign(httpsAgent.options, trusted);',
    replace: '',
    tests: THROUGH,
  },
  {
    name: 'secrets-stay-out',
    promise: 6,
    keeps: 'an error shows the password of a proxy, or a key that a page repeats',
    in: 'redactSecrets',
    find: "return text.replace(USER_INFO, '$1$2***@').replace(LONG, '***');",
    replace: 'return text.replace(/^$/, USER_INFO.source + LONG.source);',
    tests: [...CONFIGURATION, 'no-answer'],
  },
  {
    name: 'nothing-holds-the-process',
    promise: 6,
    keeps: 'a process that has told its error is held by a timer or a connection',
    in: 'orgsweep.mjs',
    find: 'setTimeout(() => process.exit(), 500).unref();',
    replace: '',
    tests: ['early-errors'],
    title: 'never answers',
  },
];
