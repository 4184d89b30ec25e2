import type { Clock } from '../../../clock/clock.ts';
import type { Environment } from '../../../local/environment/environment.ts';
import type { Store } from '../../../store/store.ts';
import { makeTurns } from '../run/runner.ts';
import { RETRIED } from '../trial/trial.ts';

/** When whoever runs dies: after so many moments, each before or after a write or a request. */
export interface Death {
  readonly moment: number;
  readonly of: 'invocation' | 'process';
}

/**
 * Whoever runs orgsweep. Once it died it writes, asks and waits for nothing any more, until the state
 * machine invokes the next function, or the next one runs it.
 */
export class Mortal {
  deaths = 0;
  #death: Death | null = null;
  #moments = 0;
  #isDead = false;
  readonly #inTurn = makeTurns();

  get isDead(): boolean {
    return this.#isDead;
  }

  begin(death: Death | null): void {
    this.#death = death;
    this.#moments = 0;
    this.#isDead = false;
  }

  /** @throws where this is the one moment, and ever after */
  pass(): void {
    this.#mustLive();
    this.#moments += 1;
    if (this.#moments !== this.#death?.moment) return;
    this.deaths += 1;
    this.#isDead = true;
    this.#mustLive();
  }

  store(store: Store): Store {
    const around = async <T>(write: () => Promise<T>): Promise<T> => {
      this.pass();
      const written = await write();
      this.pass();
      return written;
    };
    return {
      ...store,
      get: async (key) => {
        this.#mustLive();
        return store.get(key);
      },
      put: async (...args) => around(async () => store.put(...args)),
      writeLines: async (...args) => around(async () => store.writeLines(...args)),
    };
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      sleep: async (milliseconds) => {
        this.#mustLive();
        await clock.sleep(milliseconds);
      },
    };
  }

  readonly wrap: Environment['wrap'] = (_name, call) => async (event) =>
    this.#inTurn(async () => {
      this.#mustLive();
      const ended = await call(event).then(
        (output) => ({ output }),
        (error: unknown) => ({ error }),
      );
      // A dead function gives no answer of its own.
      if (this.#isDead) {
        this.#isDead = this.#death?.of === 'process';
        throw Object.assign(new Error('lost'), { name: RETRIED });
      }
      if ('output' in ended) return ended.output;
      throw ended.error;
    });

  #mustLive(): void {
    if (this.#isDead) throw Object.assign(new Error('nobody is there any more'), { name: 'Dead' });
  }
}
