import { z } from 'zod';
import { parseInput } from '../../core/input/bad-input.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { DEFAULT_MAX_REQUESTS, DEFAULT_ROLE_NAMES, DEFAULT_TOP } from './defaults.ts';
import { type Options, one } from './options/parsed-options.ts';
import { type KeepArguments, toKeepArguments } from './keep-arguments.ts';
import { RoleName, type RoleNames } from './options/spoke-roles.ts';

function countUpTo(most: number) {
  const accepted = `accepted: a whole number from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, accepted)
    .transform(Number)
    .refine((count) => count >= 1 && count <= most, accepted);
}
const Top = countUpTo(1000);
const MaxRequests = countUpTo(10_000_000);

export interface MeasureArguments extends KeepArguments {
  readonly command: 'measure';
  readonly executionId: string;
  /** How many lineages, those that may cost most. */
  readonly top: number;
  readonly maxRequests: number;
  /** Measure without asking. */
  readonly yes: boolean;
  readonly roleNames: RoleNames;
  readonly self: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function toMeasureArguments(about: string, options: Options): MeasureArguments {
  return {
    command: 'measure',
    executionId: parseInput(ExecutionId, about, 'EXECUTION_ID'),
    top: one(options, 'top', Top) ?? DEFAULT_TOP,
    maxRequests: one(options, 'max-requests', MaxRequests) ?? DEFAULT_MAX_REQUESTS,
    yes: options.has('yes'),
    ...toKeepArguments(options),
    roleNames: {
      ...DEFAULT_ROLE_NAMES,
      discovery: one(options, 'role-name', RoleName) ?? DEFAULT_ROLE_NAMES.discovery,
    },
    self: options.has('self'),
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}
