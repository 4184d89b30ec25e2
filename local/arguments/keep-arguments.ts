import { z } from 'zod';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { DEFAULT_OUT } from './defaults.ts';
import { type Options, one } from './options/parsed-options.ts';

export interface KeepArguments {
  /** The folder that a simulated organization is kept in. */
  readonly keep?: string | undefined;
  /** By how much its clock is moved forward first. */
  readonly afterMilliseconds?: number | undefined;
  /** Of executions and history. */
  readonly out: string;
}

const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 24 * 60 * MINUTE_MS,
  w: 7 * 24 * 60 * MINUTE_MS,
};
const MOST_DAYS = 3_650;
const ACCEPTED = `accepted: a whole number and a unit, such as 90m, 36h, 14d or 2w; from 1m to ${MOST_DAYS}d`;

/** How long something takes, as people write it; in milliseconds. */
const Duration = z
  .string()
  .regex(/^\d{1,7}[mhdw]$/, ACCEPTED)
  .transform((text) => Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? NaN))
  .refine((ms) => ms >= MINUTE_MS && ms <= MOST_DAYS * (UNIT_MS['d'] ?? 0), ACCEPTED);

/** Everything is in the folder that `--keep` names, unless `--out` names another one. @throws {InvalidInput} */
export function toKeepArguments(options: Options): KeepArguments {
  const keep = one(options, 'keep', z.string());
  const afterMilliseconds = one(options, 'after', Duration);
  if (afterMilliseconds !== undefined && keep === undefined) {
    throw new InvalidInput(
      fault(
        '--after',
        options.get('after')?.[0],
        'only together with --keep: no other clock can be moved',
      ),
    );
  }
  return { keep, afterMilliseconds, out: one(options, 'out', z.string()) ?? keep ?? DEFAULT_OUT };
}
