import { keyInTarget, resourceKey, type ResourceRef } from '../../core/model/ids.ts';
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
    return wasBroughtBack(await this.#restoresOf(executionId), resource);
  }

  /**
   * Who took a step of the same resource later, or took it anew: the history names all executions that
   * took steps here, and their own ledgers say of what. undefined: nobody, or all of it was taken back.
   */
  async laterExecution(resource: InLedger): Promise<string | undefined> {
    for (const executionId of await this.#laterThan(resource))
      if (!(await this.wasBroughtBack(resource, executionId))) return executionId;
    return undefined;
  }

  /** Under which id a restore of a later execution made it again last; undefined: none did. */
  async madeAgainAs(resource: InLedger): Promise<string | undefined> {
    const key = resourceKey(resource);
    for (const executionId of await this.#laterThan(resource)) {
      const restores = await this.#restoresOf(executionId);
      const made = restores.findLast((line) => line.newId && resourceKey(line) === key);
      if (made?.newId !== undefined) return made.newId;
    }
    return undefined;
  }

  /** The newest first. One whose ledger can't be read may have, too. */
  async #laterThan(resource: InLedger): Promise<string[]> {
    if (resource.step === undefined) return [];
    const { store, clock } = this.#deps;
    this.#history ??= readHistory(store, this.#target, clock.now());
    const { stepsBy = {} } = await this.#history;
    const isLater = isLaterThan(resource);
    const later = Object.entries(stepsBy)
      .filter(([executionId, at]) => executionId !== this.#executionId && isLater(at))
      .toSorted(([, a], [, b]) => Date.parse(b) - Date.parse(a));
    const taking: string[] = [];
    for (const [executionId] of later) {
      const taken = await this.#taken(executionId);
      if (taken === null || isLater(taken.get(keyInTarget(resource)) ?? ''))
        taking.push(executionId);
    }
    return taking;
  }

  async #restoresOf(executionId: string): Promise<RestoreLine[]> {
    const reading = this.#restores.get(executionId) ?? readRestores(this.#deps.store, executionId);
    this.#restores.set(executionId, reading);
    return reading;
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

function isLaterThan({ outcome, requestedAt, intentAt }: InLedger): (at: string) => boolean {
  const own = Date.parse(outcome?.at ?? requestedAt ?? intentAt ?? '');
  return (at) => Date.parse(at) > own;
}
