import { z } from 'zod';
import { parseInput } from '../../core/input/bad-input.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { resourceIdMeant } from '../../core/model/ids-meant.ts';
import { DEFAULT_ROLE_NAMES } from './defaults.ts';
import { type KeepArguments, toKeepArguments } from './keep-arguments.ts';
import { all, one, type Options } from './options/parsed-options.ts';
import { hubOf, refuseBesideHub } from './start-arguments.ts';
import { RoleName, type RoleNames } from './options/spoke-roles.ts';

export interface RestoreArguments extends KeepArguments {
  readonly command: 'restore';
  readonly executionId: string;
  readonly resourceIds: readonly string[];
  readonly dryRun: boolean;
  /** Instead of the folder: the SSM parameter that describes the hub. */
  readonly hub: string | undefined;
  readonly roleNames: RoleNames;
  readonly self: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** @throws {InvalidInput} naming the option, its value and what is accepted */
export function toRestoreArguments(about: string, options: Options): RestoreArguments {
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
