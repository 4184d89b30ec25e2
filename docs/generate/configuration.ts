import { z } from 'zod';
import { ConfigKeys } from '../../infra/config/keys.ts';
import { type Schema, schemaTable } from './schema-table.ts';

/** The table of `docs/configuration.md`: every key of the deployment's configuration. */
export function configurationTable(): string {
  return schemaTable(z.toJSONSchema(ConfigKeys, { io: 'input' }) as Schema);
}
