import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { Policy } from '../../core/input/input.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import { keepingRule, type RecycleBinRule } from '../../core/outcome/recycle-bin.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { binOfStep, type RecycleBin } from '../../kinds/removal.ts';

type Tags = Readonly<Record<string, string>>;

/** The Recycle Bin rules of one target, as last read. */
export class RuleBook {
  readonly #known = new Map<string, readonly RecycleBinRule[]>();
  readonly #clients: SpokeClients;
  readonly #policy: Policy;

  constructor(clients: SpokeClients, policy: Policy) {
    this.#clients = clients;
    this.#policy = policy;
  }

  /** None where they could not be read. */
  known({ kind }: Pick<KindInStep, 'kind'>): readonly RecycleBinRule[] {
    return this.#known.get(kind) ?? [];
  }

  /** As they are now: those of the plan may have been changed or deleted since. */
  async read(
    { kind, step }: KindInStep,
    wanted: readonly Tags[],
  ): Promise<{ rules: readonly RecycleBinRule[] } | { failure: AwsFailure }> {
    const bin = binOfStep(step);
    if (bin === undefined) return { rules: [] };
    try {
      const known = this.#known.get(kind);
      const fresh = known && (await this.#refresh(bin, known, wanted));
      const rules = fresh ?? (await bin.rules(this.#clients));
      this.#known.set(kind, rules);
      return { rules };
    } catch (error) {
      this.#known.delete(kind);
      return { failure: toAwsFailure(error) };
    }
  }

  /**
   * The rules with those read anew that keep what is wanted: a call for each of them, not for all.
   * Undefined when that isn't enough to tell what keeps everything wanted, so all have to be listed.
   */
  async #refresh(
    bin: RecycleBin,
    known: readonly RecycleBinRule[],
    wanted: readonly Tags[],
  ): Promise<readonly RecycleBinRule[] | undefined> {
    const inUse = new Set(idsOf(known, wanted));
    const rules: RecycleBinRule[] = [];
    for (const rule of known) {
      const { identifier } = rule;
      const now = inUse.has(identifier) ? await bin.rule(this.#clients, identifier) : rule;
      if (now !== null) rules.push(now);
    }
    // Without a rule, and none required, there is nothing to lose by a rule that is new.
    const isEnough = idsOf(rules, wanted).every((id) =>
      id === null ? !this.#policy.requireUndo : inUse.has(id),
    );
    return isEnough ? rules : undefined;
  }
}

function idsOf(rules: readonly RecycleBinRule[], wanted: readonly Tags[]): (string | null)[] {
  return wanted.map((tags) => keepingRule(rules, tags)?.identifier ?? null);
}
