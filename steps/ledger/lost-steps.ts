import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import type { History } from '../../core/history/history.ts';
import { stepToTake } from '../../core/history/next-step.ts';
import { keyInTarget, type ResourceInTarget } from '../../core/model/ids.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { Finding, NextStep } from '../../core/model/verdict.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Kind } from '../../kinds/kind.ts';
import { stepsOf, type Tried } from '../../kinds/removal.ts';
import type { FenceDeps } from '../../store/fenced-store.ts';
import { wasRequested } from './ledger.ts';
import type { LedgerEntry } from './ledger-batch.ts';
import { requestToken } from './request-token.ts';
import { readSealedEntries } from './sealed-entries.ts';

/** A step that an earlier execution requested, and that nobody knows the end of. */
export interface LostStep extends Tried {
  readonly step: string;
  /** What kept it from being seen what it made. */
  readonly failure?: AwsFailure;
}

type Known = Pick<History, 'entries' | 'stepsBy' | 'made'>;

/**
 * What earlier executions requested in one target, and died over before the history had it. What such a
 * step made shows, but its id is in no record: without it nothing could go on from there, nor would what
 * was made ever go. So a later execution takes the same step up, by the same token, and finds it.
 */
export class LostSteps {
  readonly #deps: FenceDeps;
  readonly #target: TargetRef;
  readonly #history: Known;
  readonly #now: Date;
  readonly #except: string | undefined;
  readonly #ledgers = new Map<string, Promise<ReadonlyMap<string, LedgerEntry>>>();

  /** @param of.executionId whose own requests aren't an earlier one's */
  constructor(
    deps: FenceDeps,
    { accountId, region }: TargetRef,
    of: { readonly history: Known; readonly now: Date; readonly executionId?: string },
  ) {
    this.#deps = deps;
    this.#target = { accountId, region };
    this.#history = of.history;
    this.#now = of.now;
    this.#except = of.executionId;
  }

  /**
   * The step before the one that a resource is at, where an earlier execution requested it, and what it
   * made is what the resource is at that step by, or isn't there: that would be found, or made. Anything
   * else that it made is too old by now, and to find it again says nothing of the step. Only that
   * execution's sealed ledger is believed. undefined: there is none, or what it made is on record.
   *
   * @param clients for a look at what was made
   */
  async find(
    kind: Pick<Kind, 'kind' | 'removal'>,
    { resourceId }: Pick<ResourceInTarget, 'resourceId'>,
    given: NextStep | undefined,
    clients: SpokeClients,
  ): Promise<LostStep | undefined> {
    const { name: step, findMade } = stepBefore(kind, given?.name) ?? {};
    if (step === undefined || findMade === undefined) return undefined;
    if (this.#isOnRecord(kind, resourceId, given)) return undefined;
    const counts = (made: string | null) => made === null || given?.goesBy?.includes(made) === true;
    const resource = { kind: kind.kind, resourceId };
    for (const executionId of this.#others()) {
      const entry = (await this.#entriesOf(executionId)).get(keyInTarget(resource));
      if (entry?.step !== step || entry.intentAt === null || !wasRequested(entry)) continue;
      const token = requestToken(executionId, { ...resource, ...this.#target, step });
      const lost = { resourceId, step, token, begunAt: new Date(entry.intentAt) };
      try {
        if (counts(entry.outcome?.made ?? (await findMade(clients, lost)))) return lost;
      } catch (error) {
        return { ...lost, failure: toAwsFailure(error) };
      }
    }
    return undefined;
  }

  /** A finding whose next step is such a one, where there is one. Its removal looks once more. */
  async takenUp(
    kind: Pick<Kind, 'kind' | 'removal'>,
    finding: Finding,
    clients: SpokeClients,
  ): Promise<Finding> {
    const lost = await this.find(kind, finding, finding.nextStep, clients);
    return lost === undefined ? finding : { ...finding, nextStep: stepAgain(lost) };
  }

  /** Whether what it is at goes on from something that the history knows. */
  #isOnRecord(
    kind: Pick<Kind, 'kind' | 'removal'>,
    resourceId: string,
    given: NextStep | undefined,
  ): boolean {
    const { entries, made = {} } = this.#history;
    const [first, ...others] = stepsOf(kind);
    if (first === undefined || given?.goesBy === undefined) return true;
    if (given.goesBy.some((id) => Object.hasOwn(made, id))) return true;
    const done = entries[keyInTarget({ kind: kind.kind, resourceId })]?.steps ?? [];
    return stepToTake(given, [first, ...others], done, this.#now).hold !== 'STEP_NOT_OURS';
  }

  /** Executions that took steps here, the last one first. */
  #others(): string[] {
    return Object.entries(this.#history.stepsBy ?? {})
      .filter(([executionId]) => executionId !== this.#except)
      .toSorted(([, a], [, b]) => Date.parse(b) - Date.parse(a))
      .map(([executionId]) => executionId);
  }

  async #entriesOf(executionId: string): Promise<ReadonlyMap<string, LedgerEntry>> {
    const reading =
      this.#ledgers.get(executionId) ?? readSealedEntries(this.#deps, executionId, this.#target);
    this.#ledgers.set(executionId, reading);
    return reading;
  }
}

export function stepAgain({ step }: Pick<LostStep, 'step'>): NextStep {
  return { name: step, notBefore: null };
}

function stepBefore({ removal }: Pick<Kind, 'removal'>, name: string | undefined) {
  const steps = removal?.steps ?? [];
  const index = steps.findIndex((step) => step.name === name);
  return index > 0 ? steps[index - 1] : undefined;
}

/** Whether any of these is a step that makes something. */
export function makesAny(
  kinds: readonly Pick<Kind, 'kind' | 'removal'>[],
  planned: readonly Pick<PlannedRemoval, 'kind' | 'step'>[],
): boolean {
  return planned.some(({ kind, step }) =>
    kinds.some(
      (one) =>
        one.kind === kind &&
        one.removal?.steps.some(({ name, findMade }) => name === step && findMade !== undefined),
    ),
  );
}
