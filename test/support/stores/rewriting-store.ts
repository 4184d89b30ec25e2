import { type Store, StoreConflict } from '../../../store/store.ts';

/** What somebody who can write one object makes of it; null: it is deleted. */
export type Rewrite = (body: string) => string | null;

export interface Moment {
  /** As soon as a key that begins so has been written. */
  readonly after?: string;
  /** As soon as a key that begins so is about to be read or listed. */
  readonly before?: string;
  /** Which of those, counted from 1. */
  readonly nth?: number;
}

/** A store in which somebody else rewrites one object, once. */
export function rewritingStore(key: string, rewrite: Rewrite, { after, before, nth = 1 }: Moment) {
  let isDone = false;
  let isGone = false;
  let seen = 0;
  const wrap = (store: Store): Store => {
    const act = async (touched: string, prefix: string | undefined): Promise<void> => {
      if (isDone || prefix === undefined || !touched.startsWith(prefix)) return;
      seen += 1;
      const found = seen < nth ? undefined : await store.get(key);
      if (found === undefined) return;
      isDone = true;
      const rewritten = rewrite(found.body);
      if (rewritten === null) isGone = true;
      else await store.put(key, rewritten);
    };
    return {
      ...store,
      get: async (asked) => {
        await act(asked, before);
        return isGone && asked === key ? undefined : store.get(asked);
      },
      put: async (asked, body, condition) => {
        if (!(isGone && asked === key)) {
          const version = await store.put(asked, body, condition);
          await act(asked, after);
          return version;
        }
        if (condition !== undefined && 'version' in condition) throw new StoreConflict(key);
        isGone = false;
        return store.put(asked, body);
      },
      lines: async function* (asked) {
        await act(asked, before);
        if (isGone && asked === key) throw new Error(`${key} is not there`);
        yield* store.lines(asked);
      },
      writeLines: async (asked, lines) => {
        await store.writeLines(asked, lines);
        if (asked === key) isGone = false;
        await act(asked, after);
      },
      list: async function* (prefix, from) {
        await act(prefix, before);
        for await (const listed of store.list(prefix, from)) {
          if (!(isGone && listed === key)) yield listed;
        }
      },
    };
  };
  return { wrap, done: () => isDone };
}
