import type { SpokeClients } from '../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../aws/answers/aws-error.ts';
import { arnsThatFit, canName } from '../aws/sessions/session-policy.ts';
import type { SpokeSessions } from '../aws/sessions/spoke-session.ts';
import type { AwsFailure } from '../core/outcome/outcome.ts';
import type { TargetRef } from '../core/model/target.ts';
import { actionsToRemove } from '../kinds/grant.ts';
import type { KindInStep } from '../kinds/in-step.ts';
import { arnOf } from '../kinds/removal.ts';

/** STS refuses what is named, and no other session. `…Exception` where the SDK names it. */
const OF_WHAT_IS_NAMED = /^(PackedPolicyTooLarge|MalformedPolicyDocument)/;

/** Which of a batch one session is for, and which no session can be for. The others come later. */
interface Opened<T> {
  readonly first: readonly T[];
  readonly never: readonly T[];
  /** STS's word on those. */
  readonly failure?: AwsFailure;
}

/**
 * The sessions that change something in one target: each may take one step of one kind, so that the
 * one that archives can't delete. A step that exact ARNs fence in has one for each batch.
 */
export class RemovalSessions {
  readonly #spokes: SpokeSessions;
  readonly #target: TargetRef;
  /** By kind and step. */
  readonly #opened = new Map<string, SpokeClients>();

  constructor(spokes: SpokeSessions, target: TargetRef) {
    this.#spokes = spokes;
    this.#target = target;
  }

  /** Opens the session of a step, unless each batch has its own. @throws what STS answers */
  async open(kind: KindInStep): Promise<void> {
    if (!namesResources(kind)) await this.#open(kind);
  }

  /**
   * Opens a session for the first ones of these that one can name.
   *
   * @param factsOf as of the second look
   * @throws what STS answers
   */
  async openFor<T>(
    kind: KindInStep,
    batch: readonly T[],
    factsOf: (one: T) => unknown,
  ): Promise<Opened<T>> {
    if (!namesResources(kind) || batch.length === 0) return { first: batch, never: [] };
    const actions = actionsToRemove(kind, kind.step.name);
    const arns = new Map(
      batch.map((one) => [one, arnOf(kind.step, factsOf(one), this.#target) ?? '']),
    );
    const of = (some: readonly string[]) =>
      batch.filter((one) => some.includes(arns.get(one) ?? ''));
    const named = [...new Set(arns.values())];
    const never = named.filter((arn) => !canName(actions, arn));
    const others = named.filter((arn) => !never.includes(arn));
    if (others.length === 0) return { first: [], never: of(never) };
    const opened = await this.#openForMost(kind, arnsThatFit(actions, others));
    if (!('failure' in opened)) return { first: of(opened.arns), never: of(never) };
    return { first: [], never: of([...never, ...opened.arns]), failure: opened.failure };
  }

  /** @throws where none was opened */
  clientsOf(kind: KindInStep): SpokeClients {
    const clients = this.#opened.get(keyOf(kind));
    if (clients === undefined) throw new Error(`no session takes the step ${keyOf(kind)}`);
    return clients;
  }

  /** @returns those of them, the first ones, that STS took; or the first one, which it refused by itself */
  async #openForMost(
    kind: KindInStep,
    arns: readonly string[],
  ): Promise<{ readonly arns: readonly string[]; readonly failure?: AwsFailure }> {
    try {
      await this.#open(kind, arns);
      return { arns };
    } catch (error) {
      // STS has a limit for the packed form as well, and only its answer tells.
      const failure = toAwsFailure(error);
      if (!OF_WHAT_IS_NAMED.test(failure.code)) throw error;
      if (arns.length < 2) return { arns, failure };
      return this.#openForMost(kind, arns.slice(0, Math.ceil(arns.length / 2)));
    }
  }

  async #open(kind: KindInStep, arns?: readonly string[]): Promise<void> {
    const { accountId, region } = this.#target;
    const change = { kind: kind.kind, step: kind.step.name, ...(arns && { arns }) };
    this.#opened.set(keyOf(kind), await this.#spokes.open(accountId, region, 'remove', change));
  }
}

function namesResources({ step: { fence } }: KindInStep): boolean {
  return 'arnOf' in fence && fence.arnOf !== undefined;
}

function keyOf({ kind, step: { name } }: KindInStep): string {
  return `${kind}:${name}`;
}
