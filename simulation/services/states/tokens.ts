import { SimTaskFailure } from '../../state-machine.ts';
import { ServiceError } from '../call/service.ts';

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The Tasks that wait for their token. */
export class TaskTokens {
  readonly #waiting = new Map<string, Waiting>();

  async wait(token: string, signal: AbortSignal): Promise<unknown> {
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(token, { resolve, reject });
        const stop = () =>
          reject(new SimTaskFailure('States.Runtime', 'The execution was stopped.'));
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
      });
    } finally {
      this.#waiting.delete(token);
    }
  }

  /** @throws {ServiceError} TaskTimedOut where nobody waits for it, or not any more */
  succeed(token: string, output: string): void {
    this.#take(token).resolve(JSON.parse(output));
  }

  fail(token: string, error = '', cause = ''): void {
    this.#take(token).reject(new SimTaskFailure(error, cause));
  }

  #take(token: string): Waiting {
    const waiting = this.#waiting.get(token);
    if (waiting !== undefined) return waiting;
    throw new ServiceError(
      'TaskTimedOut',
      `Task Timed Out: 'Provided task does not exist anymore'`,
    );
  }
}
