import { z } from 'zod';
import { fault } from '../../../core/input/bad-input.ts';
import { InvalidInput } from '../../../core/model/errors.ts';
import type { LeastKey, ValueKey } from '../../../report/findings/finding-filter.ts';
import { FORMATS } from '../defaults.ts';
import { all, listed, one, type Options } from '../options/parsed-options.ts';
import { limitOf, type PlaceArguments, placeOf, runNamed } from './runs-arguments.ts';

export type Format = (typeof FORMATS)[number];

/** What was typed of a filter: what of it the run knows is held against the run. */
export type TypedFilter = {
  readonly [K in ValueKey]?: readonly string[];
} & {
  readonly [K in LeastKey]?: number;
};

export interface FindingsArguments extends PlaceArguments {
  readonly command: 'findings';
  /** Undefined: the newest. */
  readonly executionId: string | undefined;
  /** Undefined: by what stdout is. */
  readonly format: Format | undefined;
  readonly filter: TypedFilter;
  /** What is kept on purpose, too. */
  readonly all: boolean;
  /** So many, what is unused first and then by cost; undefined: all of them, account by account. */
  readonly limit: number | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Names and tags may have commas. */
const GIVEN_ONE_BY_ONE = ['unit', 'tag', 'text'] as const;
const LISTED = ['account', 'region', 'kind', 'reason', 'next', 'verdict'] as const;

const Days = z
  .string()
  .regex(/^\d{1,6}$/, 'accepted: a whole number of days')
  .transform(Number);
const Figure = (of: string) =>
  z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, `accepted: a number of ${of}, such as 100 or 0.5`)
    .transform(Number);
const Format = z.enum(FORMATS);
const Value = z
  .string()
  .regex(/\S/, 'accepted: something to look for')
  .transform((text) => text.trim());

/** @throws {InvalidInput} naming the option, its value and what is accepted */
export function toFindingsArguments(about: string, options: Options): FindingsArguments {
  const format = formatOf(options);
  if (options.has('all') && options.has('verdict'))
    throw new InvalidInput('--all: works only without --verdict');
  return {
    command: 'findings',
    executionId: runNamed(about),
    ...placeOf(options),
    format,
    filter: filterOf(options),
    all: options.has('all'),
    limit: limitOf(options),
    quiet: options.has('quiet'),
    json: format === 'json',
  };
}

function formatOf(options: Options): Format | undefined {
  const format = one(options, 'format', Format);
  if (!options.has('json')) return format;
  if (format === undefined || format === 'json') return 'json';
  throw new InvalidInput(fault('--format', format, 'only without --json'));
}

function filterOf(options: Options): TypedFilter {
  const values = [
    ...GIVEN_ONE_BY_ONE.map((key) => [key, all(options, key, Value)] as const),
    ...LISTED.map((key) => [key, listed(options, key, Value) ?? []] as const),
  ].filter(([, given]) => given.length > 0);
  const least = {
    minAgeDays: one(options, 'min-age-days', Days),
    minSizeGiB: one(options, 'min-size-gib', Figure('GiB')),
    minUsd: one(options, 'min-usd', Figure('US dollars a month')),
  };
  const given = Object.entries(least).filter(([, figure]) => figure !== undefined);
  return Object.fromEntries([...values, ...given]);
}
