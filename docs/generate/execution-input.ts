import { z } from 'zod';
import { ExecutionInput } from '../../kinds/registry.ts';

/** The parts of JSON Schema that the input's schema comes to. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly title?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** The table of `docs/execution-input.md`: every key with what is accepted and its default. */
export function executionInputTable(): string {
  const schema = z.toJSONSchema(ExecutionInput, { io: 'input' }) as Schema;
  return [
    '| key | accepted | default | what |',
    '|---|---|---|---|',
    ...rowsOf(schema, '').map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function rowsOf({ properties = {} }: Schema, path: string): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = `${path}${name}`;
    const inner = schema.type === 'array' ? (schema.items ?? {}) : schema;
    const rows = rowsOf(inner, `${key}${schema.type === 'array' ? '[]' : ''}.`);
    if (schema.type === 'object') return rows;
    const accepted = acceptedBy(schema).replaceAll('|', '\\|');
    const fallback = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
    return [[`\`${key}\``, accepted, fallback, schema.description ?? ''], ...rows];
  });
}

function acceptedBy({ type, items, title, minimum, maximum, ...schema }: Schema): string {
  if (type === 'array') return `list: ${acceptedBy(items ?? {})}`;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (type === 'object') return 'the keys below';
  if (title !== undefined) return title;
  const kind = type === 'integer' ? 'whole number' : (type ?? 'anything');
  if (minimum === undefined) return kind;
  const hasEnd = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return hasEnd ? `${kind}, ${minimum} to ${maximum}` : `${kind}, ${minimum} or more`;
}
