import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileClient } from './compile-client.ts';
import type {
  BenchCase,
  Run,
  ServedOrganization,
  SimulationFigures,
  SmallestFigures,
  SweepFigures,
} from './messages.ts';

/** What the bounds are of. */
const MEASURED = ['ebs-snapshot'];
const SIMULATION = path.join(import.meta.dirname, 'processes/serve-simulation.ts');

/**
 * One sweep over an organization made for it, and then the smallest client, each in a process of its
 * own.
 *
 * @throws when one of them ends before it has said what it measured
 */
export async function runOnce({ size, heapLimitMiB }: BenchCase): Promise<Run> {
  const simulation = start(SIMULATION, [JSON.stringify(size)], {
    nodeOptions: ['--import', 'tsx'],
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-bench-'));
  try {
    const served = await nextMessage<ServedOrganization>(simulation);
    const sweep = await figuresOf<SweepFigures>({
      ...{ served, heapLimitMiB, file: compileClient('sweep-once', folder) },
      argv: [path.join(folder, 'out'), JSON.stringify({ ...served.input, kinds: MEASURED })],
    });
    // Before the smallest client asks, too.
    simulation.send('how much?');
    const figures = await nextMessage<SimulationFigures>(simulation);
    const smallest = await figuresOf<SmallestFigures>({
      ...{ served, heapLimitMiB, file: compileClient('smallest-client', folder) },
      argv: [JSON.stringify(served.accounts)],
    });
    return { sweep, smallest, simulation: figures };
  } finally {
    simulation.kill();
    rmSync(folder, { recursive: true });
  }
}

interface Client {
  readonly file: string;
  readonly argv: readonly string[];
  readonly served: ServedOrganization;
  readonly heapLimitMiB: number | undefined;
}

/** What a client of the organization, in a process of its own, says that it took. */
async function figuresOf<T>({ file, argv, served, heapLimitMiB }: Client): Promise<T> {
  const { endpoint, credentials } = served;
  const child = start(file, argv, {
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
    },
    nodeOptions: heapLimitMiB === undefined ? [] : [`--max-old-space-size=${heapLimitMiB}`],
  });
  try {
    return await nextMessage<T>(child);
  } finally {
    child.kill();
  }
}

function start(
  file: string,
  argv: readonly string[],
  options: { env?: Record<string, string>; nodeOptions?: readonly string[] } = {},
): ChildProcess {
  return fork(file, argv, {
    execArgv: [...(options.nodeOptions ?? [])],
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
