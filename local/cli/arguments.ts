import { z } from 'zod';
import { fault, parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { resourceIdMeant } from '../../core/model/ids-meant.ts';
import { type CommandLine, type Given, readCommandLine } from './command-line.ts';
import { DEFAULT_ROLE_NAMES } from './defaults.ts';
import type { Options } from './options.ts';
import { type DecideArguments, toDecideArguments } from './arguments/decide-arguments.ts';
import { type InputArguments, toInputArguments } from './arguments/input-arguments.ts';
import { type KeepArguments, toKeepArguments } from './arguments/keep-arguments.ts';
import { type MeasureArguments, toMeasureArguments } from './arguments/measure-arguments.ts';
import { all, one } from './arguments/parsed-options.ts';
import { type PricesArguments, toPricesArguments } from './arguments/prices-arguments.ts';
import { type SimulateArguments, toSimulateArguments } from './arguments/simulate-arguments.ts';
import { RoleName, type RoleNames } from '../connection/spoke-roles.ts';
import {
  hubOf,
  refuseBesideHub,
  type StartArguments,
  toStartArguments,
  toWatchArguments,
  type WatchArguments,
} from './arguments/start-arguments.ts';

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
  | DecideArguments;

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function parseArguments(argv: readonly string[]): Arguments | Exclude<CommandLine, Given> {
  const line = readCommandLine(argv);
  return 'options' in line ? toArguments(line) : line;
}

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function toArguments({ command, about, options }: Given): Arguments {
  switch (command) {
    case 'run':
      return toRunArguments(options);
    case 'start':
      return toStartArguments(options);
    case 'watch':
      return toWatchArguments(about, options);
    case 'explain':
      return toExplainArguments(about, options);
    case 'restore':
      return toRestoreArguments(about, options);
    case 'measure':
      return toMeasureArguments(about, options);
    case 'prices':
      return toPricesArguments(options);
    case 'simulate':
      return toSimulateArguments(options);
    case 'approve':
    case 'reject':
      return toDecideArguments(command, about, options);
  }
}

function toRunArguments(options: Options): RunArguments {
  // No option of a local run, but one that somebody may look for there.
  if (options.has('resume')) {
    throw new InvalidInput(
      '--resume: given – accepted: only with start, on a deployed hub, which remembers what its runs did; here use --retry',
    );
  }
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

function toExplainArguments(about: string, options: Options): ExplainArguments {
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

function toRestoreArguments(about: string, options: Options): RestoreArguments {
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
