import type { z } from 'zod';
import type { Store } from '../adapters/store.ts';

/** Reads and parses one JSON object of the store. @throws when it isn't there or doesn't fit */
export async function readJson<T>(store: Store, key: string, schema: z.ZodType<T>): Promise<T> {
  const object = await store.get(key);
  if (object === undefined) throw new Error(`${store.locationOf(key)} is missing`);
  return schema.parse(JSON.parse(object.body));
}

export async function writeJson(store: Store, key: string, value: unknown): Promise<void> {
  await store.put(key, bodyOf(value));
}

export function bodyOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The lines of an object; undefined where there is no such object. */
export async function linesIfPresent(
  store: Store,
  key: string,
): Promise<AsyncIterable<string> | undefined> {
  for await (const listed of store.list(key)) if (listed === key) return store.lines(key);
  return undefined;
}

/** Undefined for what isn't JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
