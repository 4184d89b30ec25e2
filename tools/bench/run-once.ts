import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  BenchCase,
  Run,
  ServedOrganization,
  SimulationFigures,
  SweepFigures,
} from './messages.ts';

/**
 * One sweep over an organization made for it, each in a process of its own.
 *
 * @throws when one of the two ends before it has said what it measured
 */
export async function runOnce({ size, heapLimitMiB }: BenchCase): Promise<Run> {
  const simulation = start('serve-simulation.ts', [JSON.stringify(size)]);
  try {
    const served = await nextMessage<ServedOrganization>(simulation);
    const sweep = await sweepOnce(served, heapLimitMiB);
    simulation.send('how much?');
    return { sweep, simulation: await nextMessage<SimulationFigures>(simulation) };
  } finally {
    simulation.kill();
  }
}

async function sweepOnce(
  { endpoint, credentials, input }: ServedOrganization,
  heapLimitMiB: number | undefined,
): Promise<SweepFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-bench-'));
  const child = start('sweep-once.ts', [folder, JSON.stringify(input)], {
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
    },
    nodeOptions: heapLimitMiB === undefined ? [] : [`--max-old-space-size=${heapLimitMiB}`],
  });
  try {
    return await nextMessage<SweepFigures>(child);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
}

function start(
  file: string,
  argv: readonly string[],
  options: { env?: Record<string, string>; nodeOptions?: readonly string[] } = {},
): ChildProcess {
  return fork(path.join(import.meta.dirname, file), argv, {
    // As `bin/orgsweep.mjs` runs it: TypeScript as it is.
    execArgv: ['--import', 'tsx', ...(options.nodeOptions ?? [])],
    env: { ...environmentWithoutAws(), ...options.env },
    // The bench's stdout is for its JSON.
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  });
}

/** No profile, endpoint or setting of whoever runs the bench may change what it measures. */
function environmentWithoutAws(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with ${String(code ?? signal)}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T];
  return message;
}
