import type { Store } from '../../../store/store.ts';
import { withoutSeal } from '../../../store/fenced-store.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import type { Lane } from '../run/virtual-time.ts';

/** One write to the store that was carried out. */
export interface Write {
  readonly key: string;
  /** Without its seal. */
  readonly body: string;
  readonly lane: Lane;
  /** By AWS's time. */
  readonly at: number;
}

/** Where an orgsweep keeps its files: the hub's bucket, or the folder of a laptop. */
export interface Place {
  readonly name: PlaceName;
  /** Not reached by crashes. */
  readonly store: ReturnType<typeof makeMemoryStore>;
  /** What orgsweep itself wrote; what somebody else did isn't here. */
  readonly writes: Write[];
  /** All bodies that a key has had, by orgsweep's own writes. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** The store as one lane's executions write to it. */
  storeOf(lane: Lane, now: () => Date): Store;
}
export type PlaceName = 'hub' | 'laptop';

export function makePlace(name: PlaceName): Place {
  const store = makeMemoryStore();
  const writes: Write[] = [];
  const versions = new Map<string, string[]>();
  return {
    name,
    store,
    writes,
    versions,
    storeOf: (lane, now) => {
      const note = (key: string, body: string) => {
        writes.push({ key, body: withoutSeal(body), lane, at: now().getTime() });
        versions.set(key, [...(versions.get(key) ?? []), body]);
      };
      return {
        ...store,
        put: async (key, body, ...rest) => {
          const version = await store.put(key, body, ...rest);
          note(key, body);
          return version;
        },
        writeLines: async (key, lines) => {
          const written: string[] = [];
          for await (const line of lines) written.push(line);
          await store.writeLines(key, written);
          note(key, written.map((line) => `${line}\n`).join(''));
        },
      };
    },
  };
}
