// The CLI of a clone. What is compiled is compiled anew as soon as one of its sources has changed, so
// that nobody has to build, and nobody runs what is no longer there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = path.join(root, 'dist/cli');

/** @returns the address of the module that is the CLI: compiled, or its source where that can't be */
export async function cliOfClone(quiet) {
  const found = lastBuild();
  if (found !== undefined && isCurrent(found.sources)) return found.url;
  // To a person who waits; a log tells of what is done.
  if (process.stderr.isTTY)
    tell('compiling its commands: this clone is new, or has changed', quiet);
  const tsx = addressOfTsx();
  const failure = compile(tsx);
  const built = failure === undefined ? lastBuild() : undefined;
  if (built !== undefined) return built.url;
  tell(`its sources run, which takes longer, as they can't be compiled: ${failure}`, quiet);
  (await import('tsx/esm/api')).register();
  return new URL('../../local/cli/process.ts', import.meta.url).href;
}

function tell(text, quiet) {
  if (!quiet) process.stderr.write(`orgsweep: ${text}\n`);
}

function addressOfTsx() {
  try {
    return import.meta.resolve('tsx');
  } catch {
    process.stderr.write('orgsweep: what it needs is not installed here: npm ci\n');
    process.exit(1);
  }
}

function lastBuild() {
  try {
    const { folder, sources } = JSON.parse(readFileSync(path.join(dist, 'current.json'), 'utf8'));
    const file = path.join(dist, folder, 'cli.mjs');
    return existsSync(file) ? { url: pathToFileURL(file).href, sources } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Any other time is a change, also an earlier one: Git and copies set what they like. A build that
 * doesn't say what it was compiled from is an older one.
 */
function isCurrent(sources) {
  const all = Object.entries(sources ?? {});
  const isSame = ([file, noted]) => {
    const { mtimeMs, size } = statSync(path.join(root, file), { throwIfNoEntry: false }) ?? {};
    return mtimeMs === noted?.mtimeMs && size === noted?.size;
  };
  return all.length > 0 && all.every(isSame);
}

/** @returns why it failed; undefined: it didn't */
function compile(tsx) {
  const argv = ['--import', tsx, path.join(root, 'tools/packaging/compile-clone.ts')];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const options = { env, encoding: 'utf8' };
  const { status, signal, stderr, error } = spawnSync(process.execPath, argv, options);
  if (status === 0) return undefined;
  if (error !== undefined) return error.message;
  if (signal !== null) return `the compiler was ended by ${signal}`;
  const lines = stderr.split('\n').map((line) => line.trim());
  // As esbuild says it of a source, else as Node says what was thrown.
  const said = [/ ERROR: /, /^\w*Error\b/].map((words) => lines.find((line) => words.test(line)));
  return said.find((line) => line !== undefined) ?? 'no reason was given';
}
