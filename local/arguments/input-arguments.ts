import { z } from 'zod';
import { AccountId, ExecutionId, Region } from '../../core/model/ids.ts';
import { accountIdMeant } from '../../core/model/ids-meant.ts';
import { KINDS } from '../../kinds/registry.ts';
import { MODES } from './defaults.ts';
import { all, listed, one, type Options } from './options/parsed-options.ts';

/** Typed or copied by a person. */
const AccountOption = z
  .string()
  .transform((text) => accountIdMeant(text) ?? text)
  .pipe(AccountId);

const Mode = z.enum(MODES);
const KindOption = z.enum(KINDS.map(({ kind }) => kind));

export interface InputArguments {
  /** A file, or the JSON itself. */
  readonly input: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Undefined: as the input says. */
  readonly kinds?: readonly string[] | undefined;
  /** The kinds that something may be removed of; undefined: as the input says. */
  readonly remove?: readonly string[] | undefined;
  readonly mode: z.infer<typeof Mode> | undefined;
  /** The execution whose plan is applied. */
  readonly plan: string | undefined;
  /** The execution whose incomplete targets are looked at. */
  readonly retry: string | undefined;
  /** The execution that is taken up where it failed; only on a hub. */
  readonly resume?: string | undefined;
}

/** @throws {InvalidInput} */
export function toInputArguments(options: Options): InputArguments {
  return {
    input: one(options, 'input', z.string()),
    accounts: [...new Set(all(options, 'account', AccountOption))],
    regions: all(options, 'region', Region),
    kinds: listed(options, 'kind', KindOption),
    remove: listed(options, 'remove', KindOption),
    mode: one(options, 'mode', Mode),
    plan: one(options, 'plan', ExecutionId),
    retry: one(options, 'retry', ExecutionId),
    resume: one(options, 'resume', ExecutionId),
  };
}
