// A process of its own: one execution in report mode, as `orgsweep run` does it with the endpoint
// and the credentials of its environment. Its arguments are the folder to write to and the
// execution input; over IPC it says what the sweep took.
import { Summary } from '../../../core/summary/summary.ts';
import { parseArguments } from '../../../local/cli/arguments.ts';
import { execute } from '../../../local/environment/execute.ts';
import { openRealEnvironment } from '../../../local/environment/real-environment.ts';
import { readJson } from '../../../store/stored-json.ts';
import { keysOf } from '../../../store/keys.ts';
import { cpuSeconds } from './cpu-seconds.ts';
import type { SweepFigures } from '../messages.ts';

const EXECUTION_ID = 'bench';

const [folder = '', input = ''] = process.argv.slice(2);
process.send?.(await sweep(folder, JSON.parse(input) as Record<string, unknown>), () =>
  process.disconnect(),
);

async function sweep(out: string, executionInput: Record<string, unknown>): Promise<SweepFigures> {
  const startUpCpuSeconds = cpuSeconds();
  const args = parseArguments(['run', '--out', out]);
  if (args.command !== 'run') throw new Error(`"run" was read as "${args.command}"`);
  const environment = await openRealEnvironment(args, new AbortController().signal);
  const { transitions, largestStateBytes } = (
    await execute(environment, {
      executionId: EXECUTION_ID,
      input: executionInput,
      topic: undefined,
    })
  ).result;
  // Before the summary is read: that is the bench's own work.
  const measured = {
    wallSeconds: performance.now() / 1000,
    cpuSeconds: cpuSeconds(),
    startUpCpuSeconds,
    peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
  };
  const { store } = environment.deps;
  const { status, counts } = await readJson(store, keysOf(EXECUTION_ID).summary, Summary);
  return {
    ...measured,
    transitions,
    largestStateBytes,
    status,
    snapshots: counts.resources,
    stale: counts.verdicts.STALE,
  };
}
