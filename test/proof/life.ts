import type { Clock } from '../../adapters/clock.ts';
import type { Store } from '../../adapters/store.ts';

/** When a function or the whole process dies. */
export interface Crash {
  readonly at: 'write' | 'call';
  /** Counted from 1, over the whole execution. */
  readonly number: number;
  /** Whether the write or call is still carried out: its answer is lost. */
  readonly carriedOut: boolean;
  readonly dies: 'invocation' | 'process';
  /** Under which name Step Functions hears of a lost invocation. */
  readonly errorName: string;
}

export class Dead extends Error {
  override readonly name = 'Dead';
}

/**
 * Whether the code that runs is still there. After a crash nothing is read, written, sent or waited
 * for any more until the next invocation, or, where the process died, until `revive`.
 */
export class Life {
  readonly counts = { write: 0, call: 0 };
  /** Only what a function does is counted: Step Functions itself doesn't die. */
  inFunction = false;
  #crash: Crash | null = null;
  #dead = false;

  get isDead(): boolean {
    return this.#dead;
  }

  /** Of the crash that happened. */
  happened: Crash | undefined;

  /** Before each execution: what is counted begins again. */
  begin(crash: Crash | null): void {
    Object.assign(this.counts, { write: 0, call: 0 });
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
    if (!this.inFunction) return carryOut();
    this.counts[what] += 1;
    const crash = this.#crash;
    if (crash?.at !== what || crash.number !== this.counts[what]) return carryOut();
    this.#crash = null;
    if (crash.carriedOut) await carryOut().catch(() => undefined);
    this.#dead = true;
    this.happened = crash;
    throw new Dead(`died at ${what} ${crash.number}`);
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
      now: clock.now,
      sleep: async (milliseconds) => {
        this.mustLive();
        await clock.sleep(milliseconds);
      },
    };
  }
}
