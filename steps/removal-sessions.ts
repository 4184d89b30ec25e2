import type { SpokeClients } from '../aws/sessions/aws-clients.ts';
import { arnsThatFit } from '../aws/sessions/session-policy.ts';
import type { SpokeSessions } from '../aws/sessions/spoke-session.ts';
import type { TargetRef } from '../core/model/target.ts';
import { actionsToRemove } from '../kinds/grant.ts';
import type { KindInStep } from '../kinds/in-step.ts';
import { arnOf } from '../kinds/removal.ts';

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
    const fitting = arnsThatFit(actionsToRemove(kind, kind.step.name), named);
    await this.#open(kind, fitting);
    return batch.filter((one) => fitting.includes(arns.get(one) ?? ''));
  }

  /** @throws where none was opened */
  clientsOf(kind: KindInStep): SpokeClients {
    const clients = this.#opened.get(keyOf(kind));
    if (clients === undefined) throw new Error(`no session takes the step ${keyOf(kind)}`);
    return clients;
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
