import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import type { Made } from '../sandbox/made.ts';
import { notSettled, type Probe, type Seen } from '../probe.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

type Run = (sandbox: Sandbox, made: Made, writing: SpokeClients) => Promise<Seen>;

/** A probe that makes or ends something of what `--write` makes; without that it isn't settled. */
export function withParts(run: Run): Probe['run'] {
  return async (sandbox) => {
    const { writing } = sandbox;
    if (writing === undefined) return notSettled('it makes things: run it with --write');
    const { made, clients } = writing;
    if (typeof made === 'string') return notSettled(`what it needs could not be made: ${made}`);
    return run(sandbox, made, clients);
  };
}

/** Of every probe that only acts on what was made once for all of them. */
export const ON_PARTS = {
  sends: 'WRITES',
  costUsd: 0,
} as const;
