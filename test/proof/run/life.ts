import type { Clock } from '../../../clock/clock.ts';
import type { Store } from '../../../store/store.ts';
import type { FunctionName } from '../../../statemachine/contracts.ts';

/** When a function or the whole process dies. */
export interface Crash {
  readonly within: FunctionName;
  readonly at: 'write' | 'call';
  /** Counted from 1, over all invocations of that function in one execution. */
  readonly number: number;
  /** Whether the write or call is still carried out: its answer is lost. */
  readonly carriedOut: boolean;
  readonly dies: 'invocation' | 'process';
  /** Under which name Step Functions hears of a lost invocation. */
  readonly errorName: string;
}

export function countKey(within: FunctionName, what: Crash['at']): string {
  return `${what} in ${within}`;
}

class Dead extends Error {
  override readonly name = 'Dead';
}

/**
 * Whether the code that runs is still there. After a crash nothing is read, written, sent or waited
 * for any more until the next invocation, or, where the process died, until `revive`.
 */
export class Life {
  /** By function, as `countKey` names them. */
  readonly counts = new Map<string, number>();
  /** The function that runs. Step Functions itself doesn't die. */
  within: FunctionName | undefined;
  #crash: Crash | null = null;
  #dead = false;

  get isDead(): boolean {
    return this.#dead;
  }

  /** Of the crash that happened. */
  happened: Crash | undefined;

  /** Before each execution: what is counted begins again. */
  begin(crash: Crash | null): void {
    this.counts.clear();
    this.#crash = crash;
    this.happened = undefined;
    this.#dead = false;
  }

  revive(): void {
    this.#dead = false;
  }

  mustLive(): void {
    if (this.#dead) throw new Dead('nobody is there any more');
  }

  async pass<T>(what: Crash['at'], carryOut: () => Promise<T>): Promise<T> {
    this.mustLive();
    if (this.within === undefined) return carryOut();
    const key = countKey(this.within, what);
    const number = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, number);
    const crash = this.#crash;
    const isDue = crash?.within === this.within && crash.at === what && crash.number === number;
    if (!isDue) return carryOut();
    this.#crash = null;
    if (crash.carriedOut) await carryOut().catch(() => undefined);
    this.#dead = true;
    this.happened = crash;
    throw new Dead(`died at ${key}`);
  }

  store(store: Store): Store {
    const alive = <A extends unknown[], R>(call: (...args: A) => R) => {
      return (...args: A): R => {
        this.mustLive();
        return call(...args);
      };
    };
    return {
      ...store,
      get: async (key) => {
        this.mustLive();
        return store.get(key);
      },
      put: async (...args) => this.pass('write', async () => store.put(...args)),
      writeLines: async (...args) => this.pass('write', async () => store.writeLines(...args)),
      lines: alive(store.lines),
      list: alive(store.list),
    };
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      sleep: async (milliseconds) => {
        this.mustLive();
        await clock.sleep(milliseconds);
      },
    };
  }
}
