import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvalidInput } from '../../../core/model/errors.ts';
import { readCallersAccess } from '../../../local/aws-access/access.ts';

const CERTIFICATE = path.resolve('test/fixtures/tls/ca.pem');
const before = { ...process.env };
let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'orgsweep-home-'));
  mkdirSync(path.join(home, '.aws'));
  process.env['HOME'] = home;
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(home, { recursive: true });
});

function file(name: string, text: string | Buffer): string {
  const place = path.join(home, '.aws', name);
  writeFileSync(place, text);
  return place;
}

/** The SDK itself reads some of them. */
async function access(variables: Record<string, string> = {}) {
  Object.assign(process.env, variables);
  return readCallersAccess();
}

async function refusal(variables: Record<string, string> = {}): Promise<string> {
  const error: unknown = await access(variables).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InvalidInput)) throw new Error(`not refused: ${String(error)}`);
  return error.message;
}

describe('the Region', () => {
  it('is the default one only where none is configured', async () => {
    expect(await access()).toMatchObject({ region: 'us-east-1', from: undefined });
  });

  it('is looked for as the AWS CLI does: AWS_REGION, AWS_DEFAULT_REGION, the profile', async () => {
    file('config', '[default]\nregion = eu-west-3\n[profile other]\nregion = eu-north-1\n');
    expect((await access()).region).toBe('eu-west-3');
    expect((await access({ AWS_DEFAULT_PROFILE: 'other' })).region).toBe('eu-north-1');
    expect((await access({ AWS_DEFAULT_REGION: 'eu-west-2' })).region).toBe('eu-west-2');
    expect((await access({ AWS_REGION: 'eu-west-1' })).region).toBe('eu-west-1');
  });

  it.each([
    ['eu-west-1\r', 'AWS_REGION: "eu-west-1\\r" – accepted: "eu-west-1"?'],
    ['eu-west-1 ', 'AWS_REGION: "eu-west-1 " – accepted: "eu-west-1"?'],
    ['"eu-west-1"', 'AWS_REGION: "\\"eu-west-1\\"" – accepted: "eu-west-1"?'],
    ['eu_west_1', 'AWS_REGION: "eu_west_1" – accepted: "eu-west-1"?'],
    ['EU-WEST-1', 'AWS_REGION: "EU-WEST-1" – accepted: "eu-west-1"?'],
    ['eu-west-1a', 'AWS_REGION: "eu-west-1a" – accepted: "eu-west-1"?'],
    ['Ireland', 'AWS_REGION: "Ireland" – accepted: a Region name such as "eu-west-1"'],
    ['', 'AWS_REGION: "" – accepted: a Region name such as "eu-west-1", or leave it unset'],
  ])('%j is refused, with what is meant', async (AWS_REGION, words) => {
    expect(await refusal({ AWS_REGION })).toBe(words);
  });

  it('that is no good is refused wherever it stands', async () => {
    expect(await refusal({ AWS_DEFAULT_REGION: 'eu_west_1' })).toMatch(/^AWS_DEFAULT_REGION: "eu_/);
    delete process.env['AWS_DEFAULT_REGION'];
    file('config', '[default]\nregion = eu_west_1\n');
    expect(await refusal()).toMatch(/^region of the profile "default": "eu_west_1" – accepted/);
  });
});

describe('a profile', () => {
  it.each(['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'])('of %s that is not there', async (name) => {
    expect(await refusal({ [name]: 'prod' })).toMatch(`${name}: "prod" – accepted: the name of`);
    file('config', '[default]\noutput = json\n[profile dev]\nregion = eu-west-1\n');
    file('credentials', '[ops]\naws_access_key_id = AKIA\naws_secret_access_key = s\n');
    expect(await refusal({ [name]: 'prod' })).toBe(
      `${name}: "prod" – accepted: one of the profiles "default", "dev", "ops"`,
    );
    expect(await refusal({ [name]: '' })).toMatch(`${name}: "" – accepted: one of`);
  });

  it('of a file that is named and is not there, or is no text', async () => {
    const gone = path.join(home, 'gone');
    expect(await refusal({ AWS_CONFIG_FILE: gone })).toBe(
      `AWS_CONFIG_FILE: "${gone}" – accepted: a file that can be read (ENOENT)`,
    );
    expect(await refusal({ AWS_CONFIG_FILE: home })).toMatch(/can be read \(EISDIR\)/);
    delete process.env['AWS_CONFIG_FILE'];
    expect(await refusal({ AWS_SHARED_CREDENTIALS_FILE: gone })).toMatch(/^AWS_SHARED_/);
    delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
    file('config', Buffer.from('\ufeff[default]\nregion = eu-west-1\n', 'utf8'));
    expect(await refusal()).toMatch(/^~\/\.aws\/config: .* UTF-8 without a byte order mark$/);
    file('config', Buffer.from('\ufeff[default]\nregion = eu-west-1\n', 'utf16le'));
    expect(await refusal()).toMatch(/^~\/\.aws\/config: /);
  });
});

describe('what can’t be read is refused, never replaced by a default:', () => {
  it.each([
    ['AWS_ENDPOINT_URL', 'localhost:4566'],
    ['AWS_ENDPOINT_URL', ''],
    ['AWS_ENDPOINT_URL_STS', 'sts.example.com'],
    ['AWS_USE_FIPS_ENDPOINT', 'yes'],
    ['AWS_USE_FIPS_ENDPOINT', 'True'],
    ['AWS_USE_DUALSTACK_ENDPOINT', '1'],
    ['AWS_MAX_ATTEMPTS', 'many'],
    ['AWS_MAX_ATTEMPTS', '0'],
    ['AWS_RETRY_MODE', 'always'],
    ['AWS_DEFAULTS_MODE', 'fast'],
    ['AWS_REQUEST_CHECKSUM_CALCULATION', 'never'],
    ['AWS_ACCOUNT_ID_ENDPOINT_MODE', 'maybe'],
    ['AWS_CA_BUNDLE', '/nowhere/ca.pem'],
    ['AWS_CA_BUNDLE', path.resolve('package.json')],
    ['HTTPS_PROXY', 'socks5://proxy.test:1080'],
    ['https_proxy', 'http://'],
    ['HTTPS_PROXY', 'http://proxy.test:99999'],
    ['HTTP_PROXY', 'http://proxy.test/path?x'],
    ['ALL_PROXY', 'socks5h://proxy.test'],
    ['HTTPS_PROXY', 'http://proxy .test'],
  ])('%s=%s', async (name, value) => {
    expect(await refusal({ [name]: value })).toMatch(new RegExp(`^${name}: .* – accepted: `));
  });

  it('the password of a proxy stays out of what is said of it', async () => {
    for (const value of [
      'http://me:secret@proxy.test:8080/x?y',
      'me:sec/ret@proxy.test:port',
      'socks5://me:s#cret@proxy.test',
      'http://me:%zzsecret@proxy.test:8080',
    ]) {
      const told = await refusal({ HTTPS_PROXY: value });
      expect(told).toContain('proxy.test');
      expect(told).not.toMatch(/s.?[ec]?c\/?ret|zz/);
    }
  });

  it.each([
    'use_fips_endpoint = on',
    'endpoint_url = example.com',
    'max_attempts = lots',
    'ca_bundle = /nowhere/ca.pem',
  ])('%s in a profile', async (line) => {
    file('config', `[default]\n${line}\n`);
    expect(await refusal()).toMatch(/^\w+ of the profile "default": /);
  });

  it('what is good is taken', async () => {
    const good = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_USE_FIPS_ENDPOINT: 'false',
      AWS_MAX_ATTEMPTS: '3',
      AWS_RETRY_MODE: 'adaptive',
      AWS_CA_BUNDLE: CERTIFICATE,
      HTTPS_PROXY: 'proxy.test:8080',
      https_proxy: '',
      NO_PROXY: '*',
    };
    await expect(access(good)).resolves.toMatchObject({ region: 'us-east-1' });
  });
});

describe('a key', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAGOOD', AWS_SECRET_ACCESS_KEY: 'good/+=' };

  it.each([
    ['AWS_ACCESS_KEY_ID', 'AKIA\r', 'has a line break in it'],
    ['AWS_SECRET_ACCESS_KEY', 'verysecret\n', 'has a line break in it'],
    ['AWS_SECRET_ACCESS_KEY', ' verysecret', 'has a blank in it'],
    ['AWS_SECRET_ACCESS_KEY', '"verysecret"', 'has quotes in it'],
    ['AWS_SESSION_TOKEN', 'verysecret\u00e9', 'has a character in it that no key has'],
    ['AWS_SESSION_TOKEN', 'verysecret\u200b', 'has a character in it that no key has'],
    ['AWS_ACCESS_KEY_ID', '', 'is empty'],
  ])('%s=%j is refused by name, and not shown', async (name, value, what) => {
    const told = await refusal({ ...KEYS, [name]: value });
    expect(told).toContain(`${name}: ${what}`);
    expect(told).not.toContain('verysecret');
  });

  it('without the other half is refused: the SDK would look for somebody else’s', async () => {
    expect(await refusal({ AWS_ACCESS_KEY_ID: 'AKIA' })).toMatch(
      /^AWS_SECRET_ACCESS_KEY: is missing beside AWS_ACCESS_KEY_ID/,
    );
    delete process.env['AWS_ACCESS_KEY_ID'];
    expect(await refusal({ AWS_SECRET_ACCESS_KEY: 's' })).toMatch(/^AWS_ACCESS_KEY_ID: is missing/);
  });

  it('of a profile, or of the one it is based on, is looked at too', async () => {
    file('credentials', '[base]\naws_access_key_id = "AKIA"\naws_secret_access_key = s\n');
    file('config', '[profile role]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n');
    expect(await refusal({ AWS_PROFILE: 'role' })).toMatch(
      /^aws_access_key_id of the profile "base": has quotes in it/,
    );
  });

  it('in variables goes before every profile, as with the AWS CLI', async () => {
    file('credentials', '[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = s\n');
    const { clients, source } = await access({ ...KEYS, AWS_PROFILE: 'ops' });
    expect(clients.credentials).toEqual({ accessKeyId: 'AKIAGOOD', secretAccessKey: 'good/+=' });
    expect(source).toBe('AWS_ACCESS_KEY_ID');
  });

  it('of the profile that AWS_DEFAULT_PROFILE names is used where no other is named', async () => {
    file('credentials', '[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = s\n');
    const { clients, source } = await access({ AWS_DEFAULT_PROFILE: 'ops' });
    const provide = clients.credentials as () => Promise<unknown>;
    expect(await provide()).toMatchObject({ accessKeyId: 'AKIAOPS' });
    expect(source).toBe('the profile "ops"');
  });
});
