import { z } from 'zod';
import { ExecutionInput } from '../../kinds/registry.ts';
import { type Schema, schemaTable } from './schema-table.ts';

/** The table of `docs/execution-input.md`: every key with what is accepted and its default. */
export function executionInputTable(): string {
  return schemaTable(z.toJSONSchema(ExecutionInput, { io: 'input' }) as Schema);
}
