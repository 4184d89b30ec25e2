import type { Made } from '../../../tools/real-account/sandbox/made.ts';
import { type Probe } from '../../../tools/real-account/probe.ts';
import { runProbes } from '../../../tools/real-account/run-probes.ts';
import {
  openSandbox,
  openWriting,
  type Sandbox,
} from '../../../tools/real-account/sandbox/sandbox.ts';
import { PROBES } from '../../../tools/real-account/table.ts';
import { type FakeAnswer, fakeAws, type SentRequest } from '../../support/aws/fake-aws.ts';
import { makeManualClock, NOW } from '../../support/manual-clock.ts';

export const PLACE = { accountId: '111122223333', partition: 'aws', region: 'eu-west-1' };

const MADE: Made = {
  volumeId: 'vol-1',
  deleted: 'snap-1',
  locked: 'snap-2',
  inImage: 'snap-3',
  binned: 'snap-4',
  copy: 'snap-5',
};

/** A sandbox whose AWS answers so. */
export function openFake(respond: (request: SentRequest) => FakeAnswer | Error) {
  const aws = fakeAws(respond);
  const clock = makeManualClock(NOW);
  const sandbox = openSandbox(PLACE, aws.options, clock);
  const writing = { ...openWriting(PLACE, aws.options), made: MADE };
  return { ...aws, clock, sandbox, writing };
}

export async function run(sandbox: Sandbox, probes: readonly Probe[] = PROBES) {
  const { signal } = new AbortController();
  return runProbes({ probes, sandbox, signal, tell: () => undefined });
}

export function probe(name: string): Probe {
  const found = PROBES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no probe ${name}`);
  return found;
}
