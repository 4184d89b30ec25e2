import { resourceIdMeant } from '../../core/model/ids-meant.ts';
import { toKeepArguments } from './keep-arguments.ts';
import type { Options } from './options/parsed-options.ts';
import { hubOf, refuseBesideHub } from './start-arguments.ts';

export interface ExplainArguments {
  readonly command: 'explain';
  readonly resourceId: string;
  readonly out: string;
  readonly keep?: string | undefined;
  /** Instead of the folder: the SSM parameter that describes the hub. */
  readonly hub: string | undefined;
  readonly json: boolean;
}

/** @throws {InvalidInput} naming the option, its value and what is accepted */
export function toExplainArguments(about: string, options: Options): ExplainArguments {
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
