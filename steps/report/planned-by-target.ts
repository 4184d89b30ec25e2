import { graceDaysOf } from '../../core/input/of-kind.ts';
import { policyOf } from '../../core/input/policy-for.ts';
import { groupsByKey } from '../../core/model/group-by.ts';
import { keyInTarget, type ResourceInTarget } from '../../core/model/ids.ts';
import { targetKey, type TargetRef } from '../../core/model/target.ts';
import type { HeldFile, HeldRemoval, Plan, PlannedRemoval } from '../../core/plan/plan.ts';
import type { Planned } from '../../report/page/findings/fate.ts';
import { heldInFiles } from '../../store/held-files.ts';
import type { Store } from '../../store/store.ts';

type Entry = PlannedRemoval | HeldRemoval;

/** What a plan says of a finding, with the grace of its account and kind. */
export function plannedOf(plan: Pick<Plan, 'policy' | 'policies'>, entry: Entry): Planned {
  const own = 'held' in entry ? entry.graceDays : undefined;
  return { entry, graceDays: own ?? graceDaysOf(policyOf(plan, entry.accountId), entry.kind) };
}

/**
 * What a plan says of the findings of one target, then of the next one. What it holds in files beside
 * itself, a million resources at worst, is read a file at a time.
 */
export class PlannedByTarget {
  readonly #store: Store;
  readonly #plan: Plan;
  readonly #inPlan: ReadonlyMap<string, readonly Entry[]>;
  /** The files that have something of a target. */
  readonly #files: ReadonlyMap<string, readonly HeldFile[]>;
  #last: { readonly file: HeldFile; readonly held: Map<string, HeldRemoval[]> } | undefined;

  private constructor(store: Store, plan: Plan, files: ReadonlyMap<string, readonly HeldFile[]>) {
    this.#store = store;
    this.#plan = plan;
    this.#inPlan = groupsByKey<Entry>([...plan.removals, ...plan.held], targetKey);
    this.#files = files;
  }

  /** @throws {RecordTampered} for a file that isn't the one that the plan names */
  static async open(store: Store, plan: Plan): Promise<PlannedByTarget> {
    const files = new Map<string, HeldFile[]>();
    for (const file of plan.heldFiles ?? []) {
      const targets = new Set<string>();
      for await (const held of heldInFiles(store, { ...plan, heldFiles: [file] }))
        targets.add(targetKey(held));
      for (const target of targets) files.set(target, [...(files.get(target) ?? []), file]);
    }
    return new PlannedByTarget(store, plan, files);
  }

  /** @throws {RecordTampered} */
  async of(target: TargetRef): Promise<(of: ResourceInTarget) => Planned | undefined> {
    const key = targetKey(target);
    const planned = new Map<string, Planned>();
    for (const entry of this.#inPlan.get(key) ?? [])
      planned.set(keyInTarget(entry), plannedOf(this.#plan, entry));
    const shared = new SharedPlanned();
    for (const file of this.#files.get(key) ?? [])
      for (const held of (await this.#heldIn(file)).get(key) ?? [])
        planned.set(keyInTarget(held), shared.of(held, plannedOf(this.#plan, held)));
    return (of) => planned.get(keyInTarget(of));
  }

  async #heldIn(file: HeldFile): Promise<Map<string, HeldRemoval[]>> {
    if (this.#last?.file === file) return this.#last.held;
    const all: HeldRemoval[] = [];
    for await (const held of heldInFiles(this.#store, { ...this.#plan, heldFiles: [file] }))
      all.push(held);
    const held = groupsByKey(all, targetKey);
    this.#last = { file, held };
    return held;
  }
}

/** One for all that is held for the same reasons: a target may have hundreds of thousands. */
class SharedPlanned {
  readonly #known = new Map<string, Planned>();

  of({ held, limit, staleSince, notBefore }: HeldRemoval, { graceDays }: Planned): Planned {
    const key = JSON.stringify([held, limit, staleSince, notBefore, graceDays]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const why = {
      ...{ held, staleSince },
      ...(limit !== undefined && { limit }),
      ...(notBefore !== undefined && { notBefore }),
    };
    const planned = { entry: why, graceDays };
    this.#known.set(key, planned);
    return planned;
  }
}
