import { z } from 'zod';
import { parseInput } from '../../../core/input/bad-input.ts';
import { ExecutionId } from '../../../core/model/ids.ts';
import { toKeepArguments } from '../keep-arguments.ts';
import { type Options, one } from '../options/parsed-options.ts';
import { hubOf, refuseBesideHub } from '../start-arguments.ts';

/** Where the runs are that a command reads of. */
export interface PlaceArguments {
  readonly out: string;
  readonly keep?: string | undefined;
  /** Instead of the folder: the SSM parameter that describes the hub. */
  readonly hub: string | undefined;
}

export interface ListArguments extends PlaceArguments {
  readonly command: 'list';
  readonly limit: number | undefined;
  readonly json: boolean;
}

export interface OpenArguments extends PlaceArguments {
  readonly command: 'open';
  /** Undefined: the newest. */
  readonly executionId: string | undefined;
  /** Only say where the page is. */
  readonly print: boolean;
}

const Limit = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'accepted: a whole number from 1 to 9999999')
  .transform(Number);

/** @throws {InvalidInput} */
export function placeOf(options: Options): PlaceArguments {
  refuseBesideHub(options, ['out', 'keep']);
  const { out, keep } = toKeepArguments(options);
  return { out, keep, hub: hubOf(options) };
}

/** @throws {InvalidInput} */
export function limitOf(options: Options): number | undefined {
  return one(options, 'limit', Limit);
}

/** The run that was named; undefined: the newest is meant. @throws {InvalidInput} */
export function runNamed(about: string): string | undefined {
  return about === '' ? undefined : parseInput(ExecutionId, about, 'EXECUTION_ID');
}

/** @throws {InvalidInput} naming the option, its value and what is accepted */
export function toListArguments(options: Options): ListArguments {
  return {
    command: 'list',
    ...placeOf(options),
    limit: limitOf(options),
    json: options.has('json'),
  };
}

/** @throws {InvalidInput} naming the option, its value and what is accepted */
export function toOpenArguments(about: string, options: Options): OpenArguments {
  return {
    command: 'open',
    executionId: runNamed(about),
    ...placeOf(options),
    print: options.has('print'),
  };
}
