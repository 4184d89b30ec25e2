import { RecordTampered } from '../../core/model/errors.ts';
import { targetKey, type TargetRef } from '../../core/model/target.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { isUsedFromAnywhere } from '../../kinds/among.ts';
import { readWholeAhead } from '../../store/read-ahead.ts';
import type { FoldDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';
import {
  type ForeignReferences,
  isUseUnknown,
  readForeignReferences,
} from '../targets/foreign-references.ts';
import { type Reconciled, toTampered } from '../targets/reconcile-execution.ts';
import { type Look, readFindings, takeIntoHistory } from '../targets/target-history.ts';

/** What was seen of a target, taken into its history. */
export interface TakenIn extends Awaited<ReturnType<typeof takeIntoHistory>> {
  readonly target: TargetRef;
  readonly outcome: TargetOutcome;
  readonly findings: readonly Finding[];
  readonly isOthersUseUnknown: boolean;
}

type LookDeps = Pick<FoldDeps, 'store' | 'kinds'>;
export type When = Pick<Look, 'now' | 'takenInAt' | 'rules'>;

/** The looks of an execution, target by target: none is in memory for longer than it is worked on. */
export class Looks {
  readonly #deps: LookDeps;
  readonly #expected: Pick<Expected, 'executionId' | 'limits'>;
  readonly #seen: Reconciled;
  readonly #foreign: ForeignReferences;
  readonly #when: When;
  /** Whose files aren't what was written. */
  readonly #messages: Map<string, string>;

  private constructor(
    deps: LookDeps,
    of: {
      readonly expected: Expected;
      readonly seen: Reconciled;
      readonly foreign: ForeignReferences;
      readonly when: When;
    },
  ) {
    this.#deps = deps;
    this.#expected = of.expected;
    this.#seen = of.seen;
    this.#foreign = of.foreign;
    this.#when = of.when;
    this.#messages = new Map(
      of.foreign.tampered.map(({ target, message }) => [targetKey(target), message]),
    );
  }

  static async open(
    deps: LookDeps,
    expected: Expected,
    seen: Reconciled,
    when: When,
  ): Promise<Looks> {
    const { store, kinds } = deps;
    const foreign = await readForeignReferences(store, expected, seen, { kinds });
    return new Looks(deps, { expected, seen, foreign, when });
  }

  /** Of each target that was to be looked at. */
  async *taken(): AsyncGenerator<TakenIn> {
    const { outcomes } = this.#seen;
    const looked = outcomes.filter(
      ({ region, status }) => region !== null && status !== 'EXCLUDED',
    );
    yield* readWholeAhead(looked, resourcesIn, async (outcome) => this.#take(outcome));
  }

  /** Takes the look at a target into the history that is there by now. */
  async again({ accountId, region }: TargetRef): Promise<TakenIn> {
    const isIt = (one: TargetOutcome) => one.accountId === accountId && one.region === region;
    const outcome = this.#seen.outcomes.find(isIt);
    if (outcome === undefined) throw new Error(`${accountId} ${region} was not looked at`);
    return this.#take(outcome);
  }

  async #take(recorded: TargetOutcome): Promise<TakenIn> {
    const { kinds, store } = this.#deps;
    const target = { accountId: recorded.accountId, region: recorded.region ?? '' };
    const key = targetKey(target);
    const { findings: written, lookedFrom } = this.#seen.files.get(key) ?? {};
    const { told } = this.#foreign;
    const findings = await this.#unlessTampered(key, async () =>
      readFindings(store, this.#expected.executionId, target, { told, written }),
    );
    const message = this.#messages.get(key);
    const outcome = message === undefined ? recorded : toTampered(recorded, message);
    const { limits } = this.#expected;
    const look = { target, outcome, written, lookedFrom, told, limits, ...this.#when };
    const isFromAnywhere = (name: string) =>
      kinds.some((kind) => kind.kind === name && isUsedFromAnywhere(kind));
    return {
      ...(await takeIntoHistory(store, { ...look, findings })),
      ...{ target, outcome, findings },
      isOthersUseUnknown: isUseUnknown(
        target,
        this.#foreign,
        Object.keys(outcome.kinds).some(isFromAnywhere),
      ),
    };
  }

  async #unlessTampered(key: string, read: () => Promise<Finding[]>): Promise<Finding[]> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof RecordTampered)) throw error;
      this.#messages.set(key, error.message);
      return [];
    }
  }
}

function resourcesIn({ kinds }: TargetOutcome): number {
  return Object.values(kinds).reduce((sum, { resources }) => sum + resources, 0);
}
