/** The parts of JSON Schema that orgsweep's schemas come to. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly title?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * Every key of an object with what is accepted, its default, and what it is for.
 *
 * @param noteOf what else is to be said of a key
 */
export function schemaTable(schema: Schema, noteOf: (key: string) => string = () => ''): string {
  return [
    '| key | accepted | default | what |',
    '|---|---|---|---|',
    ...rowsOf(schema, '').map(
      ([key = '', accepted, fallback, what = '']) =>
        `| ${[`\`${key}\``, accepted, fallback, `${what}${noteOf(key)}`].join(' | ')} |`,
    ),
  ].join('\n');
}

function rowsOf({ properties = {} }: Schema, path: string): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = `${path}${name}`;
    const inner = schema.type === 'array' ? (schema.items ?? {}) : schema;
    const rows = rowsOf(inner, `${key}${schema.type === 'array' ? '[]' : ''}.`);
    if (schema.properties !== undefined) return rows;
    const accepted = acceptedBy(schema).replaceAll('|', '\\|');
    const fallback = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
    return [[key, accepted, fallback, schema.description ?? ''], ...rows];
  });
}

function acceptedBy({ type, items, title, minimum, maximum, ...schema }: Schema): string {
  if (type === 'array') return `list: ${acceptedBy(items ?? {})}`;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (title !== undefined) return title;
  if (type === 'object') return 'the keys below';
  const kind = type === 'integer' ? 'whole number' : (type ?? 'anything');
  if (schema.exclusiveMinimum !== undefined) {
    return `${kind}, more than ${schema.exclusiveMinimum}, at most ${maximum}`;
  }
  if (minimum === undefined) return kind;
  const hasEnd = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return hasEnd ? `${kind}, ${minimum} to ${maximum}` : `${kind}, ${minimum} or more`;
}
