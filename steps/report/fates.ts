import { RecordTampered } from '../../core/model/errors.ts';
import { resourceKey } from '../../core/model/ids.ts';
import { targetKey, type TargetRef } from '../../core/model/target.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { type Fate, fateOf } from '../../report/page/findings/fate.ts';
import type { Store } from '../../store/store.ts';
import { PlannedByTarget } from './planned-by-target.ts';

/** What becomes of one finding; null: nobody knows. */
type TellFate = (finding: Finding) => Fate | null;

/** What becomes of the findings of one target, and then of those of the next one. */
export interface FatesByTarget {
  of(target: TargetRef): Promise<TellFate>;
}

/** Before a run has ended: it may be another thing yet. */
export const NOT_KNOWN_YET: FatesByTarget = { of: async () => () => null };

/** How an execution ended, as far as it is known. */
interface EndOfExecution {
  readonly plan: Plan | null;
  /** There is one, or was, and it isn't the one that was made. */
  readonly isPlanUnreadable: boolean;
  readonly removals: readonly RemovalOutcome[];
  readonly finishedAt: Date;
  readonly words: WordsByKind;
}

/**
 * What becomes of each finding of an execution that ended. Where its plan can't be read, only what
 * was done is told: without the plan nobody knows what holds anything.
 */
export class Fates implements FatesByTarget {
  readonly #ended: EndOfExecution;
  readonly #removals: ReadonlyMap<string, RemovalOutcome>;
  readonly #told: Parameters<typeof fateOf>[3];
  #planned: PlannedByTarget | null = null;
  #target = '';
  #tell: TellFate = () => null;
  /** What kept the plan from being read to the end. */
  tampered: RecordTampered | undefined;

  private constructor(ended: EndOfExecution) {
    const { plan, words, finishedAt, removals } = ended;
    this.#ended = ended;
    const clock = plan?.clock ?? null;
    this.#told = { plan, words, finishedAt: finishedAt.toISOString(), clock };
    this.#removals = new Map(removals.map((removal) => [resourceKey(removal), removal]));
  }

  static async open(store: Store, ended: EndOfExecution): Promise<Fates> {
    const fates = new Fates(ended);
    const { plan } = ended;
    if (plan !== null)
      await fates.#reading(async () => {
        fates.#planned = await PlannedByTarget.open(store, plan);
      });
    return fates;
  }

  async of(target: TargetRef): Promise<TellFate> {
    const key = targetKey(target);
    if (key === this.#target) return this.#tell;
    this.#target = key;
    let plannedIn: Awaited<ReturnType<PlannedByTarget['of']>> = () => undefined;
    // What the target before it had isn't held beside what this one has.
    this.#tell = () => null;
    await this.#reading(async () => {
      if (this.#planned !== null) plannedIn = await this.#planned.of(target);
    });
    this.#tell = (finding) => {
      const removal = this.#removals.get(resourceKey(finding));
      if (removal === undefined && this.#isUnreadable()) return null;
      return fateOf(finding, plannedIn(finding), removal, this.#told);
    };
    return this.#tell;
  }

  #isUnreadable(): boolean {
    return this.#ended.isPlanUnreadable || this.tampered !== undefined;
  }

  async #reading(read: () => Promise<void>): Promise<void> {
    if (this.#isUnreadable()) return;
    try {
      await read();
    } catch (error) {
      if (!(error instanceof RecordTampered)) throw error;
      this.tampered = error;
      this.#planned = null;
    }
  }
}
