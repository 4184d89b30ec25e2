import { z } from 'zod';
import { FLOOR_OF } from '../../core/floors/below-floor.ts';
import type { Floors } from '../../core/floors/floors.ts';
import { limitKeys } from '../../core/input/input.ts';
import type { OwnFloor } from '../../core/input/own-floors.ts';
import { ExecutionInput, OWN_FLOORS } from '../../kinds/registry.ts';
import { type Schema, schemaTable } from './schema-table.ts';

/** The table of `docs/execution-input.md`: every key with what is accepted and its default. */
export function executionInputTable(): string {
  return schemaTable(z.toJSONSchema(ExecutionInput, { io: 'input' }) as Schema, floorNote);
}

const FLOORS: Readonly<Record<string, string>> = {
  approval: 'approval',
  ...FLOOR_OF,
  ...Object.fromEntries(Object.keys(limitKeys).map((name) => [name, name])),
};

function floorNote(key: string): string {
  const name = key.split('.').at(-1) ?? '';
  const kind = Object.keys(OWN_FLOORS).find((one) => key.includes(`kinds.${one}.`)) ?? '';
  const own = OWN_FLOORS[kind]?.[name];
  const floor = own === undefined ? FLOORS[name] : floorOf(own);
  return floor === undefined ? '' : ` Floor of a deployment: \`deletion.floors.${floor}\`.`;
}

function floorOf(own: OwnFloor): keyof Floors {
  if ('floor' in own) return own.floor;
  return 'atLeast' in own ? own.atLeast : 'skippableSources';
}
