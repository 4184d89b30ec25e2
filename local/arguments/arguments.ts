import { type DecideArguments, toDecideArguments } from './decide-arguments.ts';
import { type ExplainArguments, toExplainArguments } from './explain-arguments.ts';
import { type MeasureArguments, toMeasureArguments } from './measure-arguments.ts';
import type { Options } from './options/parsed-options.ts';
import { type PricesArguments, toPricesArguments } from './prices-arguments.ts';
import { type RestoreArguments, toRestoreArguments } from './restore-arguments.ts';
import { type RunArguments, toRunArguments } from './run-arguments.ts';
import { type FindingsArguments, toFindingsArguments } from './runs/findings-arguments.ts';
import {
  type ListArguments,
  type OpenArguments,
  toListArguments,
  toOpenArguments,
} from './runs/runs-arguments.ts';
import { type SimulateArguments, toSimulateArguments } from './simulate-arguments.ts';
import {
  type StartArguments,
  toStartArguments,
  toWatchArguments,
  type WatchArguments,
} from './start-arguments.ts';

export type Arguments =
  | RunArguments
  | StartArguments
  | WatchArguments
  | ExplainArguments
  | RestoreArguments
  | MeasureArguments
  | PricesArguments
  | FindingsArguments
  | ListArguments
  | OpenArguments
  | SimulateArguments
  | DecideArguments;

/** A command, and the words that were given to it. */
export interface Given {
  readonly command: Arguments['command'];
  /** The one thing that it is about; empty: it takes options only, or nothing was named. */
  readonly about: string;
  readonly options: Options;
}

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function toArguments({ command, about, options }: Given): Arguments {
  switch (command) {
    case 'run':
      return toRunArguments(options);
    case 'start':
      return toStartArguments(options);
    case 'watch':
      return toWatchArguments(about, options);
    case 'explain':
      return toExplainArguments(about, options);
    case 'restore':
      return toRestoreArguments(about, options);
    case 'measure':
      return toMeasureArguments(about, options);
    case 'prices':
      return toPricesArguments(options);
    case 'findings':
      return toFindingsArguments(about, options);
    case 'list':
      return toListArguments(options);
    case 'open':
      return toOpenArguments(about, options);
    case 'simulate':
      return toSimulateArguments(options);
    case 'approve':
    case 'reject':
      return toDecideArguments(command, about, options);
  }
}
