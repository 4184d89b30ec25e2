import { z } from 'zod';
import { InvalidInput } from '../model/errors.ts';

const MAX_ISSUES = 5;
const MAX_VALUE_LENGTH = 80;
/** A message of ours, written next to the schema; what follows it is shown as it stands. */
const ACCEPTED = 'accepted: ';

/**
 * Parses what a person or another program wrote.
 *
 * @param root what the value is called in messages, such as "input" or "--input"
 * @throws {InvalidInput} with one line that names, for up to five faults, the path, the value and
 *   what is accepted instead
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  root = 'input',
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, schema, value, root));
  const more = faults.length - MAX_ISSUES;
  const shown = faults.slice(0, MAX_ISSUES);
  if (more > 0) shown.push(`and ${more} more`);
  throw new InvalidInput(shown.join('; '), { cause: parsed.error });
}

/** One fault in the words every message about input uses. */
export function fault(path: string, value: unknown, accepted: string): string {
  return `${path}: ${quote(value)} – accepted: ${accepted}`;
}

/** The value as JSON, on one line, at most 80 characters, with nothing a terminal would act on. */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  // JSON has no Infinity: it would be shown as null.
  const json = escapeControls(typeof value === 'number' ? String(value) : JSON.stringify(value));
  return json.length <= MAX_VALUE_LENGTH ? json : `${json.slice(0, MAX_VALUE_LENGTH - 1)}…`;
}

/** JSON leaves DEL, C1 controls, line separators and bidirectional overrides as they are. */
export function escapeControls(json: string): string {
  return json.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function faultsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  value: unknown,
  root: string,
): string[] {
  const path = pathOf(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map(
      (key) => `${pathOf(path, [key])}: unknown key – accepted: ${known.join(', ')}`,
    );
  }
  const [badKey] = issue.code === 'invalid_key' ? issue.issues : [];
  if (badKey !== undefined) {
    const parent = pathOf(root, issue.path.slice(0, -1));
    return [fault(parent, issue.path.at(-1), `${acceptedBy(badKey, schema)} as key`)];
  }
  return [fault(path, valueAt(value, issue.path), acceptedBy(issue, schema))];
}

function acceptedBy(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  if (issue.message.startsWith(ACCEPTED)) return issue.message.slice(ACCEPTED.length);
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.length === 0 ? 'nothing here yet' : issue.values.map(quote).join(', ');
    case 'invalid_type':
      return typeInWords(issue.expected, keysAt(schema, issue.path));
    case 'too_small':
      return `${unitsInWords(issue.origin, issue.minimum)} or more`;
    case 'too_big':
      return `at most ${unitsInWords(issue.origin, issue.maximum)}`;
    default:
      return issue.message;
  }
}

function typeInWords(expected: string, keys: readonly string[]): string {
  switch (expected) {
    case 'int':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return keys.length === 0 ? 'an object' : `an object with ${keys.join(', ')}`;
    default:
      return expected;
  }
}

function unitsInWords(origin: string, limit: number | bigint): string {
  const unit = { string: 'character', array: 'entry' }[origin];
  if (unit === undefined) return `${limit}`;
  if (limit === 1) return `1 ${unit}`;
  return `${limit} ${unit === 'entry' ? 'entries' : `${unit}s`}`;
}

/** "root.key[0]": as messages name what is inside a value. */
export function pathOf(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, step) => {
    if (typeof step === 'number') return `${before}[${step}]`;
    const name = String(step);
    return /^[A-Za-z_][A-Za-z0-9_-]{0,79}$/.test(name)
      ? `${before}.${name}`
      : `${before}[${quote(name)}]`;
  }, root);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}

/** The keys an object may have there; none where the schema says nothing about keys. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = unwrap(schema);
  for (const step of path) {
    if (at instanceof z.ZodObject) at = unwrap(at.shape[String(step)]);
    else if (at instanceof z.ZodArray) at = unwrap(at.element);
    else return [];
  }
  if (at instanceof z.ZodRecord && at.keyType instanceof z.ZodEnum) {
    return at.keyType.options.map(String);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let at = schema;
  while (
    at instanceof z.ZodDefault ||
    at instanceof z.ZodPrefault ||
    at instanceof z.ZodOptional ||
    at instanceof z.ZodNullable ||
    at instanceof z.ZodPreprocess
  )
    at = at instanceof z.ZodPreprocess ? at.out : at.unwrap();
  return at;
}
