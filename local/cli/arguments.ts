import { z } from 'zod';
import { fault, parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { resourceIdMeant } from '../../core/model/ids-meant.ts';
import { COMMANDS } from './command-help.ts';
import { type DecideArguments, toDecideArguments } from './arguments/decide-arguments.ts';
import {
  INPUT_OPTIONS,
  type InputArguments,
  toInputArguments,
} from './arguments/input-arguments.ts';
import {
  all,
  one,
  type OptionKinds,
  type Options,
  readOptions,
  readOptionsAbout,
} from './options.ts';
import { KEEP_OPTIONS, type KeepArguments, toKeepArguments } from './arguments/keep-arguments.ts';
import { type PricesArguments, toPricesArguments } from './arguments/prices-arguments.ts';
import { type MeasureArguments, toMeasureArguments } from './arguments/measure-arguments.ts';
import { type SimulateArguments, toSimulateArguments } from './arguments/simulate-arguments.ts';
import { DEFAULT_ROLE_NAMES, RoleName, type RoleNames } from '../connection/spoke-roles.ts';
import {
  hubOf,
  refuseBesideHub,
  type StartArguments,
  toStartArguments,
  toWatchArguments,
  type WatchArguments,
} from './arguments/start-arguments.ts';

export { DEFAULT_ROLE_NAMES } from '../connection/spoke-roles.ts';

const RUN_OPTIONS = {
  simulated: 'flag',
  scenario: 'value',
  ...KEEP_OPTIONS,
  ...INPUT_OPTIONS,
  'enable-deletion': 'flag',
  out: 'value',
  'role-name': 'value',
  'deletion-role-name': 'value',
  self: 'flag',
  topic: 'value',
  quiet: 'flag',
  json: 'flag',
} as const satisfies OptionKinds;

const EXPLAIN_OPTIONS = {
  out: 'value',
  keep: 'value',
  hub: 'path',
  json: 'flag',
} as const satisfies OptionKinds;
const RESTORE_OPTIONS = {
  resource: 'many',
  'dry-run': 'flag',
  out: 'value',
  ...KEEP_OPTIONS,
  hub: 'path',
  'restore-role-name': 'value',
  self: 'flag',
  quiet: 'flag',
  json: 'flag',
} as const satisfies OptionKinds;

const TopicArn = z
  .string()
  .regex(
    /^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
    'accepted: the ARN of a standard SNS topic',
  );
export interface RunArguments extends InputArguments, KeepArguments {
  readonly command: 'run';
  readonly simulated: boolean;
  readonly scenario: string | undefined;
  readonly enableDeletion: boolean;
  readonly roleNames: RoleNames;
  readonly self: boolean;
  readonly topic: string | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

export interface ExplainArguments {
  readonly command: 'explain';
  readonly resourceId: string;
  readonly out: string;
  readonly keep?: string | undefined;
  /** Instead of the folder: the SSM parameter that describes the hub. */
  readonly hub: string | undefined;
  readonly json: boolean;
}

export interface RestoreArguments extends KeepArguments {
  readonly command: 'restore';
  readonly executionId: string;
  readonly resourceIds: readonly string[];
  readonly dryRun: boolean;
  /** Instead of the folder: the SSM parameter that describes the hub. */
  readonly hub: string | undefined;
  readonly roleNames: RunArguments['roleNames'];
  readonly self: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

export type Arguments =
  | RunArguments
  | StartArguments
  | WatchArguments
  | ExplainArguments
  | RestoreArguments
  | MeasureArguments
  | PricesArguments
  | SimulateArguments
  | DecideArguments
  | { readonly command: 'help'; readonly about?: string }
  | { readonly command: 'version' };

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function parseArguments(argv: readonly string[]): Arguments {
  const [command = '', ...rest] = argv;
  if (command === '--version') return { command: 'version' };
  const asksForHelp = ['help', '--help', '-h'];
  if (asksForHelp.includes(command)) return helpOn(rest[0]);
  if (rest.some((word) => asksForHelp.slice(1).includes(word))) return helpOn(command);
  if (command === 'run') {
    refuseResume(rest);
    return toRunArguments(readOptions(rest, RUN_OPTIONS));
  }
  if (command === 'start') return toStartArguments(rest);
  if (command === 'watch') return toWatchArguments(rest);
  if (command === 'explain') return toExplainArguments(rest);
  if (command === 'restore') return toRestoreArguments(rest);
  if (command === 'measure') return toMeasureArguments(rest);
  if (command === 'prices') return toPricesArguments(rest);
  if (command === 'simulate') return toSimulateArguments(rest);
  if (command === 'approve' || command === 'reject') return toDecideArguments(command, rest);
  const accepted = `${Object.keys(COMMANDS).join(', ')}; see --help`;
  throw new InvalidInput(fault('command', command || undefined, accepted));
}

/** On all commands where it isn't one of them. */
function helpOn(command = ''): Arguments {
  return Object.hasOwn(COMMANDS, command)
    ? { command: 'help', about: command }
    : { command: 'help' };
}

/** No option of a local run, but one that somebody may look for there. @throws {InvalidInput} */
function refuseResume(argv: readonly string[]): void {
  if (!argv.some((word) => /^--resume(=|$)/.test(word))) return;
  throw new InvalidInput(
    '--resume: given – accepted: only with start, on a deployed hub, which remembers what its runs did; here use --retry',
  );
}

function toRunArguments(options: Options): RunArguments {
  if (options.has('scenario') && !options.has('simulated')) {
    throw new InvalidInput(
      fault('--scenario', options.get('scenario')?.[0], 'only together with --simulated'),
    );
  }
  if (options.has('keep') && !options.has('simulated')) {
    throw new InvalidInput(
      fault('--keep', options.get('keep')?.[0], 'only together with --simulated'),
    );
  }
  return {
    command: 'run',
    simulated: options.has('simulated'),
    scenario: one(options, 'scenario', z.string()),
    ...toInputArguments(options),
    enableDeletion: options.has('enable-deletion'),
    ...toKeepArguments(options),
    roleNames: {
      discovery: one(options, 'role-name', RoleName) ?? DEFAULT_ROLE_NAMES.discovery,
      deletion: one(options, 'deletion-role-name', RoleName) ?? DEFAULT_ROLE_NAMES.deletion,
      restore: DEFAULT_ROLE_NAMES.restore,
    },
    self: options.has('self'),
    topic: one(options, 'topic', TopicArn),
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}

function toExplainArguments(argv: readonly string[]): ExplainArguments {
  const { about, options } = readOptionsAbout('RESOURCE_ID', argv, EXPLAIN_OPTIONS);
  refuseBesideHub(options, ['out', 'keep']);
  const { out, keep } = toKeepArguments(options);
  return {
    command: 'explain',
    resourceId: resourceIdMeant(about),
    out,
    keep,
    hub: hubOf(options),
    json: options.has('json'),
  };
}

function toRestoreArguments(argv: readonly string[]): RestoreArguments {
  const { about, options } = readOptionsAbout('EXECUTION_ID', argv, RESTORE_OPTIONS);
  refuseBesideHub(options, ['out', 'keep', 'after', 'self', 'restore-role-name']);
  return {
    command: 'restore',
    executionId: parseInput(ExecutionId, about, 'EXECUTION_ID'),
    resourceIds: all(options, 'resource', z.string()).map(resourceIdMeant),
    dryRun: options.has('dry-run'),
    ...toKeepArguments(options),
    hub: hubOf(options),
    roleNames: {
      ...DEFAULT_ROLE_NAMES,
      restore: one(options, 'restore-role-name', RoleName) ?? DEFAULT_ROLE_NAMES.restore,
    },
    self: options.has('self'),
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}
