import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { linesIfPresent, parseJson } from '../../store/stored-json.ts';

/** Adds to `unreadable` what is there and can't be read. @returns undefined then, too */
export async function readIfPresent<T>(
  store: Store,
  key: string,
  schema: z.ZodType<T>,
  unreadable: Set<string>,
): Promise<T | undefined> {
  const found = await store.get(key);
  if (found === undefined) return undefined;
  const { data } = schema.safeParse(parseJson(found.body));
  if (data === undefined) unreadable.add(store.locationOf(key));
  return data;
}

const WithId = z.looseObject({ resourceId: z.string() });

/**
 * The lines of a JSONL file that are about one resource; undefined where there is no such file. The
 * file is streamed: it may have a line for each of a million resources.
 */
export async function linesAbout<T>(
  { store, resourceId }: { readonly store: Store; readonly resourceId: string },
  key: string,
  schema: z.ZodType<T>,
  unreadable: Set<string>,
): Promise<T[] | undefined> {
  const quoted = JSON.stringify(resourceId);
  const found: T[] = [];
  const lines = await linesIfPresent(store, key);
  if (lines === undefined) return undefined;
  try {
    for await (const line of lines) {
      if (!line.includes(quoted)) continue;
      const value = parseJson(line);
      if (WithId.safeParse(value).data?.resourceId !== resourceId) continue;
      const { data } = schema.safeParse(value);
      if (data === undefined) unreadable.add(store.locationOf(key));
      else found.push(data);
    }
  } catch {
    unreadable.add(store.locationOf(key));
  }
  return found;
}
