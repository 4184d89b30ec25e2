import { resourceKey } from '../../core/model/ids.ts';
import type { PlanToMake } from '../../core/plan/make-plan.ts';
import { HeldRemoval, type Plan } from '../../core/plan/plan.ts';
import { keysOf } from '../../store/keys.ts';
import { SpilledLines } from '../../store/spilled-lines.ts';
import type { Store } from '../../store/store.ts';
import { parseJson } from '../../store/stored-json.ts';

/** What is held in its own target, on its way into the plan or, where it is much, beside it. */
export class HeldInTargets {
  readonly #lines: SpilledLines;
  readonly #named: ReadonlySet<string>;
  readonly #namedAndHeld = new Set<string>();

  constructor(
    store: Store,
    of: {
      readonly executionId: string;
      readonly namedPlan: Plan | null;
      readonly mostCharacters?: number | undefined;
    },
  ) {
    this.#lines = new SpilledLines(store, keysOf(of.executionId).held, of.mostCharacters);
    this.#named = new Set(of.namedPlan?.removals.map(resourceKey));
  }

  /** All that is held in one target. */
  async add(held: readonly HeldRemoval[]): Promise<void> {
    for (const one of held) {
      const key = this.#named.size > 0 ? resourceKey(one) : '';
      if (this.#named.has(key)) this.#namedAndHeld.add(key);
      await this.#lines.add(JSON.stringify(one));
    }
  }

  async end(): Promise<{
    readonly held: HeldRemoval[];
    readonly heldBeside?: PlanToMake['heldBeside'];
  }> {
    const { files, rest } = this.#lines;
    if (files.length === 0) return { held: rest.map((line) => HeldRemoval.parse(parseJson(line))) };
    await this.#lines.spill();
    return { held: [], heldBeside: { files, named: this.#namedAndHeld } };
  }
}
