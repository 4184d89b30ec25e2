import type { Store } from '../../../store/store.ts';

/** Notes what is written, in order, and refuses to write some of it. */
export function makeRecordingStore({ refuses }: { refuses: (key: string) => boolean }) {
  const written: string[] = [];
  const note = (key: string) => {
    if (refuses(key)) throw new Error(`${key} can't be written`);
    written.push(key);
  };
  return {
    written,
    wrap: (store: Store): Store => ({
      ...store,
      put: async (key, body, condition) => {
        note(key);
        return store.put(key, body, condition);
      },
      writeLines: async (key, lines) => {
        note(key);
        await store.writeLines(key, lines);
      },
    }),
  };
}
