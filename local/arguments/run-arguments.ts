import { z } from 'zod';
import type { Condition } from '../../core/gate/gate.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { DEFAULT_ROLE_NAMES } from './defaults.ts';
import { failOnOf } from './options/fail-on.ts';
import { type InputArguments, toInputArguments } from './input-arguments.ts';
import { type KeepArguments, toKeepArguments } from './keep-arguments.ts';
import { one, type Options } from './options/parsed-options.ts';
import { RoleName, type RoleNames } from './options/spoke-roles.ts';

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
  readonly failOn?: readonly Condition[] | undefined;
  /** The file that a summary in Markdown is appended to. */
  readonly summaryFile?: string | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** @throws {InvalidInput} naming the option, its value and what is accepted */
export function toRunArguments(options: Options): RunArguments {
  // No option of a local run, but one that somebody may look for there.
  if (options.has('resume')) {
    throw new InvalidInput(
      '--resume: works only with start, on a deployed hub, which remembers what its runs did; here use --retry',
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
    failOn: failOnOf(options),
    summaryFile: one(options, 'summary', z.string()),
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}
