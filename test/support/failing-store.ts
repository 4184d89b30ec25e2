import type { Store } from '../../adapters/store.ts';

export interface WriteFault {
  /** Which write fails, counted from 1. */
  readonly at: number;
  /** Whether the write itself is carried out before it fails: its answer is lost. */
  readonly written: boolean;
  /** `once`: a function died. `process`: nothing can be read or written any more, until `revive`. */
  readonly dies: 'once' | 'process';
  readonly onFailure?: () => void;
}

/** Counts the writes to a store, and fails at one of them. */
export function makeFailingStore(fault?: WriteFault) {
  let writes = 0;
  let dead = false;
  const failedKeys: string[] = [];
  const refuseDead = () => {
    if (dead) throw new Error('the process is dead');
  };
  const write = async <T>(key: string, carryOut: () => Promise<T>): Promise<T> => {
    refuseDead();
    writes += 1;
    if (writes !== fault?.at) return carryOut();
    if (fault.written) await carryOut();
    failedKeys.push(key);
    fault.onFailure?.();
    dead = fault.dies === 'process';
    throw new Error(`write ${writes} failed: ${key}`);
  };
  return {
    wrap: (store: Store): Store => ({
      ...store,
      get: async (key) => {
        refuseDead();
        return store.get(key);
      },
      put: async (key, ...rest) => write(key, async () => store.put(key, ...rest)),
      lines: (key) => {
        refuseDead();
        return store.lines(key);
      },
      writeLines: async (key, lines) => write(key, async () => store.writeLines(key, lines)),
      list: (prefix) => {
        refuseDead();
        return store.list(prefix);
      },
    }),
    writes: () => writes,
    failedKeys,
    revive: () => {
      dead = false;
    },
  };
}
