import type { z } from 'zod';
import { toDotPath } from 'zod/v4/core';
import type { Store } from './store.ts';

/** A file of the store that isn't what it should be. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

const WHAT_TO_DO =
  'Put back an earlier version of it or, where there is none, start a new execution';

/**
 * Reads and parses one JSON object of the store.
 *
 * @throws {Unreadable} when it isn't there, or doesn't fit
 */
export async function readJson<T>(store: Store, key: string, schema: z.ZodType<T>): Promise<T> {
  const object = await store.get(key);
  if (object === undefined) throw new Unreadable(`${store.locationOf(key)} is missing`);
  return parseStored(schema, object.body, store.locationOf(key));
}

/**
 * Parses a stored object, or one line of it.
 *
 * @param location where a person finds it
 * @throws {Unreadable} naming it, what is wrong with it and what to do
 */
export function parseStored<T>(schema: z.ZodType<T>, body: string, location: string): T {
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const why = whyUnreadable(body, parsed.error);
  throw new Unreadable(`${location} can't be read: ${why}. ${WHAT_TO_DO}.`, {
    cause: parsed.error,
  });
}

/** What is wrong with a stored body, in a few words. */
export function whyUnreadable(body: string, error: z.ZodError): string {
  if (body.trim() === '') return 'it is empty';
  if (parseJson(body) === undefined) return 'it is not JSON, or it was cut short';
  const [issue] = error.issues;
  return `it is not of this version (${toDotPath(issue?.path ?? []) || 'the whole'}: ${issue?.message ?? 'unknown'})`;
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
