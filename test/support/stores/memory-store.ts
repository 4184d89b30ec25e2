import { type PutCondition, type Store, StoreConflict } from '../../../store/store.ts';
import { joinLines, splitLines } from '../../../store/lines.ts';

export interface MemoryStore extends Store {
  /** As somebody else may do; orgsweep deletes nothing of its own. */
  delete(key: string): void;
  /** @throws where it isn't there */
  textOf(key: string): string;
}

/** A store in memory, for tests that need thousands of them; the contract is tested on it too. */
export function makeMemoryStore(): MemoryStore {
  const objects = new Map<string, { body: string; version: string }>();
  let writes = 0;

  const put = (key: string, body: string, condition?: PutCondition): string => {
    const current = objects.get(key)?.version;
    const holds =
      condition === undefined ||
      ('absent' in condition ? current === undefined : current === condition.version);
    if (!holds) throw new StoreConflict(key);
    writes += 1;
    objects.set(key, { body, version: `v${writes}` });
    return `v${writes}`;
  };

  return {
    get: async (key) => objects.get(key),
    put: async (key, body, condition) => put(key, body, condition),
    lines: async function* (key) {
      const found = objects.get(key);
      if (found === undefined) throw new Error(`${key} is not there`);
      yield* splitLines(
        (async function* () {
          yield Buffer.from(found.body);
        })(),
      );
    },
    writeLines: async (key, lines) => {
      const chunks: Buffer[] = [];
      for await (const chunk of joinLines(lines)) chunks.push(chunk);
      put(key, Buffer.concat(chunks).toString());
    },
    list: async function* (prefix, after = '') {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after);
      yield* keys.sort();
    },
    locationOf: (key) => `memory:${key}`,
    delete: (key) => void objects.delete(key),
    textOf: (key) => {
      const found = objects.get(key);
      if (found === undefined) throw new Error(`${key} is not there`);
      return found.body;
    },
  };
}
