import { keyInTarget, type ResourceRef } from '../../core/model/ids.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { History } from '../../core/history/history.ts';
import {
  isTaken,
  type LedgerSays,
  type RestoreLine,
  wasBroughtBack,
} from '../../core/removal/restore.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { Unreadable } from '../../store/stored-json.ts';
import type { RestoreDeps } from '../deps.ts';
import { type LedgerEntry, readBatch } from '../ledger/ledger-batch.ts';
import { readHistory } from '../targets/target-history.ts';
import { readRestores } from './restore-log.ts';

/** When an execution took a step of each resource, by `keyInTarget`; null: its ledger can't be read. */
type TakenBy = ReadonlyMap<string, string> | null;

/** A resource of the ledger, as far as it is asked what became of it. */
type InLedger = LedgerSays & Readonly<ResourceRef> & Readonly<Pick<LedgerEntry, 'step'>>;

/** What executions and restores so far left of one target: read once, when it is first asked for. */
export class KnownOfTarget {
  readonly #deps: Pick<RestoreDeps, 'store' | 'clock'>;
  readonly #executionId: string;
  readonly #target: TargetRef;
  readonly #restores = new Map<string, Promise<RestoreLine[]>>();
  readonly #takenBy = new Map<string, Promise<TakenBy>>();
  #history: Promise<History> | undefined;

  /** @param executionId the one that is restored */
  constructor(deps: Pick<RestoreDeps, 'store' | 'clock'>, executionId: string, target: TargetRef) {
    this.#deps = deps;
    this.#executionId = executionId;
    this.#target = target;
  }

  /** Whether an earlier restore of an execution brought it back. */
  async wasBroughtBack(resource: ResourceRef, executionId = this.#executionId): Promise<boolean> {
    const { store } = this.#deps;
    const reading = this.#restores.get(executionId) ?? readRestores(store, executionId);
    this.#restores.set(executionId, reading);
    return wasBroughtBack(await reading, resource);
  }

  /**
   * Who took a step of the same resource later, or took it anew: the history names all executions that
   * took steps here, and their own ledgers say of what. undefined: nobody, or all of it was taken back.
   */
  async laterExecution(resource: InLedger): Promise<string | undefined> {
    if (resource.step === undefined) return undefined;
    const { store, clock } = this.#deps;
    this.#history ??= readHistory(store, this.#target, clock.now());
    const { stepsBy = {} } = await this.#history;
    const own = Date.parse(resource.outcome?.at ?? resource.requestedAt ?? resource.intentAt ?? '');
    const isLater = (at: string) => Date.parse(at) > own;
    const later = Object.entries(stepsBy)
      .filter(([executionId, at]) => executionId !== this.#executionId && isLater(at))
      .toSorted(([, a], [, b]) => Date.parse(b) - Date.parse(a));
    for (const [executionId] of later) {
      const taken = await this.#taken(executionId);
      if (taken !== null && !isLater(taken.get(keyInTarget(resource)) ?? '')) continue;
      if (!(await this.wasBroughtBack(resource, executionId))) return executionId;
    }
    return undefined;
  }

  async #taken(executionId: string): Promise<TakenBy> {
    const reading = this.#takenBy.get(executionId) ?? this.#readTaken(executionId);
    this.#takenBy.set(executionId, reading);
    return reading;
  }

  async #readTaken(executionId: string): Promise<TakenBy> {
    const store = fencedStore(this.#deps.store, null, executionId);
    const taken = new Map<string, string>();
    try {
      for await (const key of store.list(keysOf(executionId).ledgerOfTargetPrefix(this.#target))) {
        const { content } = await readBatch(store, key);
        for (const { outcome, ...entry } of content.entries)
          if (outcome !== null && isTaken(outcome)) taken.set(keyInTarget(entry), outcome.at);
      }
    } catch (error) {
      // What the store itself doesn't give may be whole.
      if (!(error instanceof Unreadable)) throw error;
      return null;
    }
    return taken;
  }
}
