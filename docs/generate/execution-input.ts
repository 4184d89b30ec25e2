import { z } from 'zod';
import { FLOOR_OF } from '../../core/floors/below-floor.ts';
import { limitKeys } from '../../core/input/input.ts';
import { ExecutionInput } from '../../kinds/registry.ts';
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
  const floor = FLOORS[key.split('.').at(-1) ?? ''];
  return floor === undefined ? '' : ` Floor of a deployment: \`deletion.floors.${floor}\`.`;
}
