import { hubOption } from '../hub-name.ts';
import type { Summary } from '../summary.ts';
import { inShell } from './in-shell.ts';
import { storeRoot } from './store-place.ts';

type Ran = Pick<Summary, 'executionId' | 'hubName' | 'location' | 'simulated'>;

/** What to type, and what leads up to it. */
export interface Command {
  readonly lead: string;
  readonly command: string;
}

/** Why there is no way back from a run on the simulated organization. */
export const SIMULATED_BIN =
  'The simulated organization ended with this run, and its Recycle Bin too; `npx orgsweep simulate` serves one that stays.';

/**
 * Brings back what an execution removed, from the place it ran in; null for a run on the simulated
 * organization, whose Recycle Bin ended with it.
 */
export function restoreCommand(ran: Ran): string | null {
  if (ran.simulated) return null;
  return ['npx orgsweep restore', ran.executionId, ...placeOptions(ran)].join(' ');
}

/** A local run is started again as it was; only its own shell knows how. */
export function startCommand(ran: Ran, options: string): Command {
  const command = (name: string) => ['npx orgsweep', name, options, ...placeOptions(ran)].join(' ');
  if (ran.hubName !== null) return { lead: 'Command', command: command('start') };
  const lead = 'Command, plus the options that this run was started with';
  return { lead, command: command(ran.simulated ? 'run --simulated' : 'run') };
}

/** Applies the plan of an execution. */
export function applyCommand(ran: Ran, approval: 'none' | 'required' = 'none'): Command {
  const { executionId: plan, hubName } = ran;
  const enabled = hubName === null ? ' --enable-deletion' : '';
  if (approval === 'required') {
    const input = JSON.stringify({ mode: 'delete', approval, plan });
    return startCommand(ran, `--input '${input}'${enabled}`);
  }
  return startCommand(ran, `--mode delete --plan ${plan}${enabled}`);
}

/**
 * What leads a command to the files of the execution. A local run's folder is named always: whether
 * it is the one that the next shell would take by itself, nobody knows.
 */
function placeOptions({ hubName, ...ran }: Ran): string[] {
  if (hubName !== null) return [inShell(hubOption(hubName))];
  const folder = storeRoot(ran);
  return folder === null || folder.startsWith('s3://') ? [] : ['--out', inShell(folder)];
}
