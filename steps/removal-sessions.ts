import type { SpokeClients } from '../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../aws/answers/aws-error.ts';
import { arnsThatFit } from '../aws/sessions/session-policy.ts';
import type { SpokeSessions } from '../aws/sessions/spoke-session.ts';
import type { TargetRef } from '../core/model/target.ts';
import { actionsToRemove } from '../kinds/grant.ts';
import type { KindInStep } from '../kinds/in-step.ts';
import { arnOf } from '../kinds/removal.ts';

/** `…Exception` where the SDK names it. */
const PACKED_TOO_LARGE = 'PackedPolicyTooLarge';

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
   * Of these the first ones that one session is for, which is open then.
   *
   * @param factsOf as of the second look
   * @throws what STS answers
   */
  async openFor<T>(
    kind: KindInStep,
    batch: readonly T[],
    factsOf: (one: T) => unknown,
  ): Promise<readonly T[]> {
    if (!namesResources(kind) || batch.length === 0) return batch;
    const arns = new Map(batch.map((one) => [one, arnOf(kind.step, factsOf(one), this.#target)]));
    const named = [...new Set(arns.values())].filter((arn) => arn !== undefined);
    const fitting = await this.#openForMost(
      kind,
      arnsThatFit(actionsToRemove(kind, kind.step.name), named),
    );
    return batch.filter((one) => fitting.includes(arns.get(one) ?? ''));
  }

  /** @throws where none was opened */
  clientsOf(kind: KindInStep): SpokeClients {
    const clients = this.#opened.get(keyOf(kind));
    if (clients === undefined) throw new Error(`no session takes the step ${keyOf(kind)}`);
    return clients;
  }

  /** @returns those of them, the first ones, that STS took */
  async #openForMost(kind: KindInStep, arns: readonly string[]): Promise<readonly string[]> {
    try {
      await this.#open(kind, arns);
      return arns;
    } catch (error) {
      // STS has a limit for the packed form as well, and only its answer tells.
      if (arns.length < 2 || !toAwsFailure(error).code.startsWith(PACKED_TOO_LARGE)) throw error;
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
