import type { Option } from 'commander';
import { type CommandSpec, COMMANDS } from '../commands.ts';
import { SHELLS } from '../../arguments/defaults.ts';

/** What a shell offers: words as they are, the names of files or folders, the ids of executions. */
export interface Offer {
  readonly words: readonly string[];
  readonly also: 'files' | 'folders' | 'executions' | undefined;
}

export interface OptionWords {
  readonly flag: string;
  readonly says: string;
  readonly isMany: boolean;
  /** What is written in place of a value; undefined: none follows. */
  readonly value: string | undefined;
  readonly mayBeAlone: boolean;
  readonly offer: Offer;
}

export interface CommandWords {
  readonly name: string;
  readonly says: string;
  readonly options: readonly OptionWords[];
  readonly about: string | undefined;
  readonly offer: Offer;
}

/** All that can be completed, as the table of commands has it. */
export function commandWords(): CommandWords[] {
  return Object.entries<CommandSpec>(COMMANDS).map(([name, { about, says, options }]) => ({
    name,
    says,
    about,
    options: options.filter(({ hidden }) => !hidden).map(optionWords),
    offer: offerOf(about, about === 'SHELL' ? SHELLS : []),
  }));
}

function optionWords(option: Option): OptionWords {
  const value = /[<[](.+)[>\]]/.exec(option.flags)?.[1];
  return {
    flag: option.long ?? '',
    says: option.description,
    isMany: option.parseArg !== undefined,
    value,
    mayBeAlone: option.optional,
    offer: offerOf(value, option.argChoices),
  };
}

/** @param value as help writes it, such as "DIR" or "FILE|JSON" */
function offerOf(value: string | undefined, words: readonly string[] = []): Offer {
  const kinds = value?.split('|') ?? [];
  if (kinds.includes('EXECUTION_ID')) return { words, also: 'executions' };
  if (kinds.includes('FILE')) return { words, also: 'files' };
  return { words, also: kinds.includes('DIR') ? 'folders' : undefined };
}
