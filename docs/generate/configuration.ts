import { z } from 'zod';
import { OrgsweepConfig } from '../../infra/config.ts';
import { type Schema, schemaTable } from './schema-table.ts';

/** The table of `docs/configuration.md`: every key of the deployment's configuration. */
export function configurationTable(): string {
  return schemaTable(z.toJSONSchema(OrgsweepConfig, { io: 'input' }) as Schema);
}
