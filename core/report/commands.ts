import { hubOption } from '../hub-name.ts';
import type { Summary } from '../summary.ts';

type Ran = Pick<Summary, 'executionId' | 'hubName'>;

/** What to type, and what leads up to it. */
export interface Command {
  readonly lead: string;
  readonly command: string;
}

/** Brings back what an execution removed, from the place it ran in. */
export function restoreCommand({ executionId, hubName }: Ran): string {
  return `orgsweep restore ${executionId}${hubName === null ? '' : ` ${hubOption(hubName)}`}`;
}

/** A local run is started again as it was; only its own shell knows how. */
export function startCommand({ hubName }: Ran, options: string): Command {
  return hubName === null
    ? { lead: 'Start it as this run was started, and add', command: options }
    : { lead: 'Command', command: `orgsweep start ${hubOption(hubName)} ${options}` };
}

/** Applies the plan of an execution. */
export function applyCommand(ran: Ran, approval: 'none' | 'required' = 'none'): Command {
  const { executionId: plan, hubName } = ran;
  if (approval === 'required') {
    const input = JSON.stringify({ mode: 'delete', approval, plan });
    return startCommand(ran, `--input '${input}'${hubName === null ? ' --enable-deletion' : ''}`);
  }
  return startCommand(
    ran,
    `--mode delete --plan ${plan}${hubName === null ? ' --enable-deletion' : ''}`,
  );
}
