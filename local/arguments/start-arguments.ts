import { z } from 'zod';
import { HubName } from '../../aws/hub/hub-description.ts';
import type { Condition } from '../../core/gate/gate.ts';
import { DEFAULT_HUB_NAME } from '../../core/input/hub-name.ts';
import { fault, parseInput, quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { type Options, one } from './options/parsed-options.ts';
import { failOnOf } from './options/fail-on.ts';
import { type InputArguments, toInputArguments } from './input-arguments.ts';

export interface StartArguments extends InputArguments {
  readonly command: 'start';
  /** The SSM parameter that describes the hub. */
  readonly hub: string;
  readonly name: string | undefined;
  readonly watch: boolean;
  readonly failOn?: readonly Condition[] | undefined;
  /** The file that a summary in Markdown is appended to. */
  readonly summaryFile?: string | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

export interface WatchArguments {
  readonly command: 'watch';
  readonly executionId: string;
  readonly hub: string;
  readonly failOn?: readonly Condition[] | undefined;
  /** The file that a summary in Markdown is appended to. */
  readonly summaryFile?: string | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** @throws {InvalidInput} */
export function toStartArguments(options: Options): StartArguments {
  refuseUnlessWatched(options, ['fail-on', 'summary']);
  return {
    command: 'start',
    ...toInputArguments(options),
    hub: hubOf(options) ?? DEFAULT_HUB_NAME,
    name: one(options, 'name', ExecutionId),
    watch: options.has('watch'),
    failOn: failOnOf(options),
    summaryFile: one(options, 'summary', z.string()),
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}

/** @throws {InvalidInput} */
export function toWatchArguments(about: string, options: Options): WatchArguments {
  return {
    command: 'watch',
    executionId: parseInput(ExecutionId, about, 'EXECUTION_ID'),
    hub: hubOf(options) ?? DEFAULT_HUB_NAME,
    failOn: failOnOf(options),
    summaryFile: one(options, 'summary', z.string()),
    quiet: options.has('quiet'),
    json: options.has('json'),
  };
}

/** @throws {InvalidInput} for what only the end of a run can say */
function refuseUnlessWatched(options: Options, names: readonly string[]): void {
  const name = options.has('watch') ? undefined : names.find((one) => options.has(one));
  if (name === undefined) return;
  throw new InvalidInput(
    fault(
      `--${name}`,
      options.get(name)?.[0],
      'only together with --watch, which waits for the end',
    ),
  );
}

/** @throws {InvalidInput} for what a hub says itself */
export function refuseBesideHub(options: Options, names: readonly string[]): void {
  const name = options.has('hub') ? names.find((one) => options.has(one)) : undefined;
  if (name === undefined) return;
  const value = options.get(name)?.[0];
  const given = value ? `${quote(value)} – accepted:` : 'works';
  throw new InvalidInput(`--${name}: ${given} only without --hub`);
}

/** The hub that `--hub` names, its default where it stands alone; undefined without it. */
export function hubOf(options: Options): z.infer<typeof HubName> | undefined {
  const given = options.get('hub')?.[0];
  if (given === undefined) return undefined;
  return given === '' ? DEFAULT_HUB_NAME : parseInput(HubName, given, '--hub');
}
