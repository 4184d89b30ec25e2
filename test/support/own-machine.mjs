// Runs once, before the first test: a run has a temporary and a home folder of its own, no settings
// of whoever runs it, and a time zone that nobody's machine has. So nothing that an earlier run, an
// installed program or a person left makes a test green or red, and two runs at once don't meet.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

let folder;

export default function setUp() {
  const { env } = process;
  // npm goes on with the registry, the certificates and the cache of this machine.
  env.npm_config_userconfig ??= path.join(homedir(), '.npmrc');
  env.npm_config_cache ??= path.join(homedir(), '.npm');
  folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-tests-'));
  const [temporary, home] = [path.join(folder, 'tmp'), path.join(folder, 'home')];
  for (const made of [temporary, home]) mkdirSync(made);
  for (const name of Object.keys(env)) if (isPersonal(name)) delete env[name];
  Object.assign(env, { TMPDIR: temporary, HOME: home, TZ: 'Pacific/Chatham' });
}

export function tearDown() {
  rmSync(folder, { recursive: true, force: true });
}

function isPersonal(name) {
  return (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) || name.startsWith('XDG_');
}
