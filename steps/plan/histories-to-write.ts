import type { Store } from '../../store/store.ts';
import { keysOf } from '../../store/keys.ts';
import { readAhead } from '../../store/read-ahead.ts';
import { SpilledLines } from '../../store/spilled-lines.ts';
import { parseJson } from '../../store/stored-json.ts';
import { historyToWrite, HistoryToWrite, writeHistory } from '../targets/target-history.ts';
import type { Looks, TakenIn } from './looks.ts';

/**
 * The histories of all targets, which wait for the plan: what died before it was there has seen
 * nothing yet, so a grace may begin later but never earlier.
 */
export class HistoriesToWrite {
  readonly #store: Store;
  readonly #lines: SpilledLines;

  constructor(store: Store, executionId: string, mostCharacters?: number) {
    this.#store = store;
    this.#lines = new SpilledLines(store, keysOf(executionId).histories, mostCharacters);
  }

  async add({ target, ...seen }: TakenIn): Promise<void> {
    const history = historyToWrite(target, seen);
    if (history !== null) await this.#lines.add(JSON.stringify(history));
  }

  /**
   * @param looks of the same execution, for what another one changed meanwhile
   * @throws {RecordTampered} where what waited was changed
   */
  async write(looks: Pick<Looks, 'again'>): Promise<void> {
    for await (const group of this.#lines.groups()) {
      const writes = readAhead(group, async (line) => {
        const history = HistoryToWrite.parse(parseJson(line));
        await writeHistory(this.#store, history, async () => looks.again(history));
      });
      for await (const _written of writes);
    }
  }
}
