// Runs once, before the first test: a run has a temporary and a home folder of its own, no settings
// of whoever runs it, and a time zone that nobody's machine has. So nothing that an earlier run, an
// installed program or a person left makes a test green or red, and two runs at once don't meet.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

let folder;

const IN_MEMORY = '/dev/shm';
/** A whole run leaves less; what a container has by itself is too small. */
const ROOM_BYTES = 4 * 2 ** 30;

export default function setUp() {
  const { env } = process;
  // npm goes on with the registry, the certificates and the cache of this machine.
  env.npm_config_userconfig ??= path.join(homedir(), '.npmrc');
  env.npm_config_cache ??= path.join(homedir(), '.npm');
  folder = newFolderIn(canBeIn(IN_MEMORY) ? IN_MEMORY : tmpdir());
  const [temporary, home] = [path.join(folder, 'tmp'), path.join(folder, 'home')];
  for (const made of [temporary, home]) mkdirSync(made);
  for (const name of Object.keys(env)) if (isPersonal(name)) delete env[name];
  Object.assign(env, { TMPDIR: temporary, HOME: home, TZ: 'Pacific/Chatham' });
  env.ORGSWEEP_PROPERTY_SEED ??= String(seedOfCommit());
}

export function tearDown() {
  rmSync(folder, { recursive: true, force: true });
}

/** What was committed is tried alike on every machine, and otherwise from each commit on. */
function seedOfCommit() {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD:'], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout.slice(0, 7), 16) : 1;
}

function newFolderIn(parent) {
  return mkdtempSync(path.join(parent, 'orgsweep-tests-'));
}

/** Each file that an execution leaves is synced. That takes a disk ten times as long as memory. */
function canBeIn(parent) {
  let tried;
  try {
    const { bavail, bsize } = statfsSync(parent);
    if (bavail * bsize < ROOM_BYTES) return false;
    tried = newFolderIn(parent);
    const program = path.join(tried, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    return spawnSync(program).status === 0;
  } catch {
    return false;
  } finally {
    if (tried !== undefined) rmSync(tried, { recursive: true });
  }
}

function isPersonal(name) {
  return (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) || name.startsWith('XDG_');
}
