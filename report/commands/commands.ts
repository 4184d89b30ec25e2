import { DAY_MS } from '../../core/model/age.ts';
import { hubOption } from '../../core/input/hub-name.ts';
import { REMOVED_BY_DEFAULT, Scope } from '../../core/input/input.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { inShell } from '../format/in-shell.ts';
import { withoutOwnDays } from './asked-days.ts';
import { looserInput } from './looser-input.ts';
import { sameInput } from './same-input.ts';
import { isOwnAccount } from './own-account.ts';
import { storeRoot } from '../format/store-place.ts';

type Ran = Pick<Summary, 'executionId' | 'hubName' | 'location' | 'simulated' | 'startedBy'>;

/** The command, where it is installed. */
export const PROGRAM = 'orgsweep';

/**
 * Every command that is printed: what a POSIX shell takes, and what never asks a package registry.
 * `npx orgsweep` would run what somebody else has put there under this name.
 *
 * @param program how orgsweep is started where the command is read, as a shell takes it
 */
export function commandLine(words: readonly string[], program = PROGRAM): string {
  return [program, ...words.filter((word) => word !== '').map(inShell)].join(' ');
}

/** For whoever reads a command elsewhere than where orgsweep is installed. */
export const WHERE_TO_TYPE =
  'Type orgsweep commands where orgsweep is installed (README.md, "The command"). Never with npx: there, this name may be a stranger\'s program.';

/** What to type, and what leads up to it. */
export interface Command {
  readonly lead: string;
  readonly command: string;
}

/** Why there is no way back from a run on the simulated organization. */
export const SIMULATED_BIN =
  'The simulated organization ended with this run, and its Recycle Bin too; `orgsweep run --simulated --keep DIR` keeps one.';

/**
 * Brings back what an execution removed, from the place it ran in; null for a run on the simulated
 * organization, whose Recycle Bin ended with it.
 *
 * @param resourceIds only these; none: all of it
 */
export function restoreCommand(ran: Ran, resourceIds: readonly string[] = []): string | null {
  if (ran.simulated) return null;
  const only = resourceIds.flatMap((id) => ['--resource', id]);
  const self = isOwnAccount(ran) ? ['--self'] : [];
  const kept = keptIn(ran);
  const keep = kept === null ? [] : ['--keep', kept];
  const words = ['restore', ran.executionId, ...only, ...self, ...keep, ...placeOptions(ran)];
  return commandLine(words, ran.startedBy?.program);
}

/** A local run is started again as it was; how, summaries of earlier versions don't tell. */
export function startCommand(ran: Ran, options: readonly string[]): Command {
  const { hubName, startedBy, simulated } = ran;
  const rest = [...options, ...placeOptions(ran)];
  if (hubName !== null) return { lead: 'Command', command: commandLine(['start', ...rest]) };
  if (startedBy !== null) {
    const words = ['run', ...startedBy.options, ...rest];
    return { lead: 'Command', command: commandLine(words, startedBy.program) };
  }
  const lead = 'Command, plus the options that this run was started with';
  const words = ['run', ...(simulated ? ['--simulated'] : []), ...rest];
  return { lead, command: commandLine(words) };
}

/**
 * What comes after the grace: of a kept organization the clock can be moved there at once; of any
 * other it is a matter of waiting, and of a plan of its own.
 */
export function afterGraceCommand(
  ran: Ran & Pick<Summary, 'input' | 'words'>,
  graceDays: number,
): Command | undefined {
  if (keptIn(ran) === null) return undefined;
  const after = ['--after', `${graceDays}d`];
  return startCommand(ran, [...after, ...deleteOptions(withoutOwnDays(ran.input, ran))]);
}

/**
 * Another delete run like this one, which goes on with what this one only prepared. undefined: where it
 * is started elsewhere, asked for an approval, or went by a plan, which had its own scope.
 *
 * @param afterDays so much later it can; the clock of a kept organization is moved there at once
 */
export function deleteAgainCommand(
  ran: Ran & Pick<Summary, 'input' | 'words' | 'plan' | 'approval'>,
  afterDays: number,
): Command | undefined {
  if (ran.startedBy === null || ran.hubName !== null || ran.approval !== null) return undefined;
  if (ran.plan === null || ran.plan.basedOn !== null) return undefined;
  const after = keptIn(ran) === null ? [] : ['--after', `${afterDays}d`];
  return startCommand(ran, [...after, ...deleteOptions(withoutOwnDays(ran.input, ran))]);
}

/** A delete run with a plan of its own, which looks where this one did, and decides as it did. */
function deleteOptions(input: Summary['input']): string[] {
  const { kinds, remove = [...REMOVED_BY_DEFAULT] } = input;
  const isDefault = remove.join(',') === REMOVED_BY_DEFAULT.join(',');
  // An option names something always.
  const none = remove.length === 0 ? { remove: [] } : {};
  const asked = { ...sameInput(input), ...none };
  return [
    ...kindOption(kinds),
    ...(isDefault || remove.length === 0 ? [] : ['--remove', remove.join(',')]),
    ...(Object.keys(asked).length === 0 ? [] : ['--input', JSON.stringify(asked)]),
    ...['--mode', 'delete', '--enable-deletion'],
  ];
}

/** What it didn't look at nobody has read of. */
function kindOption(kinds: readonly string[]): string[] {
  const looksAt = REMOVED_BY_DEFAULT.every((kind) => kinds.includes(kind));
  return looksAt ? [] : ['--kind', kinds.join(',')];
}

/**
 * A report of all accounts, by the same policy. undefined: it had all in its scope, so what it didn't see
 * are gaps, or excluded.
 */
export function seeAllCommand(ran: Ran & Pick<Summary, 'input' | 'words'>): Command | undefined {
  const { scope, ...input } = withoutOwnDays(ran.input, ran);
  const { accounts, organizationalUnits, excludeAccounts, regions, accepted, retryOf } = scope;
  const asked = [accounts, organizationalUnits, excludeAccounts, regions];
  const isSelf = isOwnAccount(ran);
  if (!isSelf && retryOf === undefined && asked.every(({ length }) => length === 0))
    return undefined;
  const same = sameInput({ ...input, scope: { ...Scope.parse({}), accepted } });
  const startedBy = ran.startedBy && {
    ...ran.startedBy,
    options: ran.startedBy.options.filter((option) => option !== '--self'),
  };
  const { lead, command } = startCommand({ ...ran, startedBy }, [
    ...kindOption(input.kinds),
    ...(Object.keys(same).length === 0 ? [] : ['--input', JSON.stringify(same)]),
  ]);
  return { command, lead: isSelf ? 'From the management or delegated account' : lead };
}

/** Errors that stay, however often the step is taken up: a file isn't what it was. */
const NOT_PASSING = new Set(['PlanTampered', 'RecordTampered', 'ExpectedTampered']);

/** Takes an execution up where its Plan or Summarize failed; null where that can't help. */
export function resumeCommand(
  summary: Ran & Pick<Summary, 'failure' | 'mode' | 'startedAt' | 'finishedAt'>,
): Command | null {
  const { failure, hubName, executionId, mode } = summary;
  if (failure === null || hubName === null || NOT_PASSING.has(failure.error)) return null;
  const sinceStart = Date.parse(summary.finishedAt) - Date.parse(summary.startedAt);
  const isPlan = failure.step === 'Plan' && sinceStart < DAY_MS;
  if (!isPlan && failure.step !== 'Summarize') return null;
  const again = isPlan && mode === 'delete' ? ['--mode', 'delete'] : [];
  return startCommand(summary, ['--resume', executionId, ...again]);
}

/**
 * Applies the plan of an execution. What was looser than the defaults is said again; a simulated
 * organization brings its own input.
 */
export function applyCommand(
  ran: Ran & Pick<Summary, 'input' | 'words'>,
  approval: 'none' | 'required' = 'none',
): Command {
  const { executionId: plan, hubName } = ran;
  const enabled = hubName === null ? ['--enable-deletion'] : [];
  const looser = isOnSimulation(ran) ? {} : looserInput(withoutOwnDays(ran.input, ran));
  if (approval === 'required') {
    const input = JSON.stringify({ mode: 'delete', approval, plan, ...looser });
    return startCommand(ran, ['--input', input, ...enabled]);
  }
  const input = Object.keys(looser).length === 0 ? [] : ['--input', JSON.stringify(looser)];
  return startCommand(ran, ['--mode', 'delete', '--plan', plan, ...input, ...enabled]);
}

/** Whether it ran on a simulated organization, also on one that is kept: no other program reaches it. */
export function isOnSimulation({ simulated, startedBy }: Pick<Ran, 'simulated' | 'startedBy'>) {
  return simulated || (startedBy?.options.includes('--simulated') ?? false);
}

/** The folder of the kept organization that it ran on, which has the executions, too. */
function keptIn({ startedBy }: Pick<Ran, 'startedBy'>): string | null {
  const options = startedBy?.options ?? [];
  const at = options.indexOf('--keep');
  return at === -1 ? null : (options[at + 1] ?? null);
}

/**
 * What leads a command to the files of the execution. A local run's folder is named always: whether
 * it is the one that the next shell would take by itself, nobody knows.
 */
function placeOptions({ hubName, ...ran }: Ran): string[] {
  if (hubName !== null) return [hubOption(hubName)];
  const folder = storeRoot(ran);
  const isKnown = folder === null || folder.startsWith('s3://') || folder === keptIn(ran);
  return isKnown ? [] : ['--out', folder];
}
