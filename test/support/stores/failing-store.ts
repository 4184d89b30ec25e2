import type { Store } from '../../../store/store.ts';

export interface WriteFault {
  /** Which write fails, counted from 1. */
  readonly at: number;
  /** Whether the write itself is carried out before it fails: its answer is lost. */
  readonly written: boolean;
  /** `once`: a function died. `process`: nothing can be read or written any more, until `revive`. */
  readonly dies: 'once' | 'process';
  readonly onFailure?: () => void;
  /** Under a name that the state machine tries again, as when AWS loses an invocation. */
  readonly errorName?: string;
}

/** Counts the writes to a store, and fails at one of them. */
export function makeFailingStore(fault?: WriteFault) {
  const keys: string[] = [];
  let dead = false;
  const failedKeys: string[] = [];
  const refuseDead = () => {
    if (dead) throw new Error('the process is dead');
  };
  const write = async <T>(key: string, carryOut: () => Promise<T>): Promise<T> => {
    refuseDead();
    keys.push(key);
    if (keys.length !== fault?.at) return carryOut();
    if (fault.written) await carryOut();
    failedKeys.push(key);
    fault.onFailure?.();
    dead = fault.dies === 'process';
    const error = new Error(`write ${keys.length} failed: ${key}`);
    throw Object.assign(error, { name: fault.errorName ?? 'Error' });
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
      list: (prefix, after) => {
        refuseDead();
        return store.list(prefix, after);
      },
    }),
    /** Of all writes so far. */
    keys,
    failedKeys,
    revive: () => {
      dead = false;
    },
  };
}
