import { z } from 'zod';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { type Options, one } from './options/parsed-options.ts';
import { type KeepArguments, toKeepArguments } from './keep-arguments.ts';

const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'accepted: 0 to 65535; 0 takes any free port')
  .transform(Number)
  .refine((port) => port <= 65_535, 'accepted: 0 to 65535; 0 takes any free port');

export interface SimulateArguments extends Omit<KeepArguments, 'out'> {
  readonly command: 'simulate';
  readonly port: number;
  readonly scenario: string | undefined;
  /** With a deployed hub in it. */
  readonly hub: boolean;
  /** How the hubs in it are configured: JSON, a file, or a folder with a file for each. */
  readonly config: string | undefined;
  readonly enableDeletion: boolean;
}

/** @throws {InvalidInput} */
export function toSimulateArguments(options: Options): SimulateArguments {
  if (options.has('enable-deletion') && !options.has('hub')) {
    throw new InvalidInput('--enable-deletion: works only together with --hub');
  }
  refuseConfigBeside(options);
  const { keep, afterMilliseconds } = toKeepArguments(options);
  if (keep !== undefined && options.has('hub')) {
    throw new InvalidInput(
      fault(
        '--keep',
        keep,
        'only without --hub: what a hub has, its bucket and its executions, is not kept',
      ),
    );
  }
  return {
    command: 'simulate',
    port: one(options, 'port', Port) ?? 0,
    scenario: one(options, 'scenario', z.string()),
    ...(keep !== undefined && { keep }),
    ...(afterMilliseconds !== undefined && { afterMilliseconds }),
    hub: options.has('hub'),
    config: one(options, 'config', z.string()),
    enableDeletion: options.has('enable-deletion'),
  };
}

function refuseConfigBeside(options: Options): void {
  const given = options.get('config')?.[0];
  if (given === undefined) return;
  if (!options.has('hub')) {
    throw new InvalidInput(fault('--config', given, 'only together with --hub'));
  }
  if (options.has('enable-deletion')) {
    throw new InvalidInput(
      '--enable-deletion: works only without --config, which has deletion.enabled',
    );
  }
}
