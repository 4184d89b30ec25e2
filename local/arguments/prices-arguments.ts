import { z } from 'zod';
import { InvalidInput } from '../../core/model/errors.ts';
import { DEFAULT_OUT } from './defaults.ts';
import { type Options, one } from './options/parsed-options.ts';
import { hubOf, refuseBesideHub } from './start-arguments.ts';

export interface PricesArguments {
  readonly command: 'prices';
  /** Ask AWS, and write what it says. */
  readonly update: boolean;
  /** Also in place of prices that somebody wrote, without asking. */
  readonly yes: boolean;
  /** Instead of the folder: the SSM parameter that describes the hub. */
  readonly hub: string | undefined;
  readonly out: string;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function toPricesArguments(options: Options): PricesArguments {
  refuseBesideHub(options, ['out']);
  if (options.has('yes') && !options.has('update')) {
    throw new InvalidInput('--yes: works only together with --update');
  }
  return {
    command: 'prices',
    update: options.has('update'),
    yes: options.has('yes'),
    hub: hubOf(options),
    out: one(options, 'out', z.string()) ?? DEFAULT_OUT,
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}
