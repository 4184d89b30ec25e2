import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEPLOYED, type DeployedName, kebabName } from '../../functions/deployed.ts';
import { bundleFunctions } from '../../infra/hub/bundle.ts';
import { atMost, type Bound } from './bounds.ts';
import { type Spread, spreadOf } from './spread.ts';

/** The Node of Lambda's runtime, where another one runs this. */
const NODE_24 = '24.21.0';
const LOADS = 7;
/** Of each bundle. Lambda takes 250 MB; a cold start reads all of it. */
const MOST_BYTES = 2_200_000;
const MOST_GZIPPED_BYTES = 600_000;
const MOST_PACKED_BYTES = 7_500_000;

interface BundleFigures {
  readonly name: DeployedName;
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** Until `handler` is there, in a clean process; Node's own start isn't in it. */
  readonly loadMilliseconds: Spread;
  /** Of the processor, all threads together: what it would take however busy the machine is. */
  readonly loadCpuMilliseconds: Spread;
}

/** What a cold start has to read and load, and what `npm run pack` makes of it all. */
export function reportOfBundles() {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-bench-'));
  try {
    const node = findNode24();
    bundleFunctions(folder);
    const functions = (Object.keys(DEPLOYED) as DeployedName[]).map((name) =>
      figuresOf(name, path.join(folder, kebabName(name), 'index.js'), node),
    );
    const packed = pack(folder);
    const bounds = boundsOfBundles(functions, packed.bytes);
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const ok = bounds.every((bound) => bound.ok);
    return { name: 'bundles', node: version, functions, package: packed, bounds, ok };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @internal A test sees each bound broken. */
export function boundsOfBundles(
  functions: readonly Pick<BundleFigures, 'name' | 'bytes' | 'gzippedBytes'>[],
  packedBytes: number,
): Bound[] {
  const largest = (figure: 'bytes' | 'gzippedBytes') =>
    Math.max(0, ...functions.map((one) => one[figure]));
  return [
    atMost('largest bundle, bytes', MOST_BYTES, largest('bytes')),
    atMost('largest bundle, gzipped bytes', MOST_GZIPPED_BYTES, largest('gzippedBytes')),
    atMost('package, packed bytes', MOST_PACKED_BYTES, packedBytes),
  ];
}

function figuresOf(name: DeployedName, file: string, node: string): BundleFigures {
  const code = readFileSync(file);
  const loads = Array.from({ length: LOADS }, () => loadOnce(file, node));
  return {
    name,
    bytes: code.length,
    gzippedBytes: gzipSync(code).length,
    loadMilliseconds: spreadOf(loads.map(({ wall }) => wall)),
    loadCpuMilliseconds: spreadOf(loads.map(({ cpu }) => cpu)),
  };
}

function loadOnce(file: string, node: string): { wall: number; cpu: number } {
  const script = `
    const startedAt = performance.now();
    const before = process.cpuUsage();
    if (typeof require(${JSON.stringify(file)}).handler !== 'function') process.exit(1);
    const wall = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(JSON.stringify({ wall, cpu: (user + system) / 1000 }));`;
  const env = { AWS_REGION: 'eu-west-1', POWERTOOLS_SERVICE_NAME: 'orgsweep' };
  return JSON.parse(execFileSync(node, ['-e', script], { env, encoding: 'utf8' })) as {
    wall: number;
    cpu: number;
  };
}

function findNode24(): string {
  if (process.version.startsWith('v24.')) return process.execPath;
  const source = `--package=node-${process.platform}-${process.arch}@${NODE_24}`;
  const found = execFileSync('npm', ['exec', '--yes', source, '-c', 'command -v node'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return found.trim();
}

function pack(folder: string): { bytes: number; unpackedBytes: number; files: number } {
  const printed = execFileSync(
    'npm',
    ['run', '--silent', 'pack', '--', '--json', '--pack-destination', folder],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [{ size, unpackedSize, entryCount }] = JSON.parse(printed.slice(printed.indexOf('['))) as [
    { size: number; unpackedSize: number; entryCount: number },
  ];
  return { bytes: size, unpackedBytes: unpackedSize, files: entryCount };
}
