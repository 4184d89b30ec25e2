import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { anonymous } from './anonymous.ts';
import { notSettled, type Probe, type Seen } from './probe.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface Settled extends Seen {
  readonly probe: Probe;
}

export interface RunOptions {
  readonly probes: readonly Probe[];
  readonly sandbox: Sandbox;
  /** Before each one; `at` counts from 1. */
  readonly tell: (probe: Probe, at: number) => void;
  readonly signal: AbortSignal;
}

/** Runs one probe after the other. What fails is not settled, and the next one is tried. */
export async function runProbes({ probes, sandbox, tell, signal }: RunOptions): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (const [index, probe] of probes.entries()) {
    if (!signal.aborted) tell(probe, index + 1);
    const { result, seen } = signal.aborted
      ? notSettled('stopped by Ctrl-C')
      : await runOne(probe, sandbox);
    settled.push({ probe, result, seen: anonymous(seen) });
  }
  return settled;
}

async function runOne(probe: Probe, sandbox: Sandbox): Promise<Seen> {
  if (probe.sends === 'WRITES' && sandbox.writing === undefined) {
    return notSettled('not tried: it needs --write');
  }
  try {
    return await probe.run(sandbox);
  } catch (error) {
    return notSettled(whyNot(error));
  }
}

/** In a sentence, whatever kept it. */
export function whyNot(error: unknown): string {
  const failure = toAwsFailure(error);
  return failure.operation === undefined ? failure.message : answeredInWords(failure);
}
