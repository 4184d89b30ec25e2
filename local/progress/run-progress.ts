import type { Store } from '../../store/store.ts';
import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { Question } from '../../core/plan/question.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { Expected } from '../../steps/expected.ts';
import { withoutSeal } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { RemovalFailure } from '../../steps/targets/record-failed-target.ts';
import type { Progress } from '../engine/engine.ts';
import { makeIsAccepted } from './accepted-gaps.ts';
import type { Facts } from './facts.ts';
import { brokenRemovalsText, failedRemovalText, gapKind, gapText } from './failure-text.ts';
import { phaseOfState } from './phases.ts';
import type { ProgressView } from './progress-view.ts';
import {
  addBatches,
  addOutcomes,
  type BatchCounts,
  NO_BATCHES,
  NO_OUTCOMES,
  type OutcomeCounts,
  readBatchProgress,
  readOutcome,
} from './stored.ts';
import { resourceKey } from '../../core/model/ids.ts';

/** Shows a run in this process: from what its machine tells, and what its functions write. */
export class RunProgress {
  readonly #view: ProgressView;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #outcomes = new Map<string, OutcomeCounts>();
  readonly #batches = new Map<string, BatchCounts>();
  readonly #failedRemovals = new Set<string>();
  #isAccepted: (gap: TargetOutcome) => boolean = () => false;
  #total = NO_OUTCOMES;
  #accounts: { done: number; all: number } | undefined;
  #accountsListed = 0;
  #targets = 0;
  #plan: Facts['plan'];
  #waitsUntil: string | undefined;
  #removals = NO_BATCHES;
  readonly #brokenOff = { scans: 0, removals: 0 };

  constructor(view: ProgressView, executionId: string) {
    this.#view = view;
    this.#keys = keysOf(executionId);
  }

  /** The store, telling what is written into it. */
  watching(store: Store): Store {
    return {
      ...store,
      put: async (key, body, condition) => {
        const version = await store.put(key, body, condition);
        try {
          this.#read(key, body);
        } catch {
          // It is written; who watches must not end what is watched.
        }
        return version;
      },
    };
  }

  readonly onProgress = (event: Progress): void => {
    if (event.type === 'StateEntered') {
      const phase = phaseOfState(event.state);
      if (phase !== undefined) this.#view.enter(phase);
    }
    if (event.type === 'MapStarted') this.#mapStarted(event);
    if (event.type === 'ItemEnded') this.#itemEnded(event);
    if (event.type === 'TaskEnded') this.#taskEnded(event);
    this.#view.update(this.#facts());
  };

  #mapStarted({ map, items }: Progress & { type: 'MapStarted' }): void {
    if (map === 'ScanAccounts') this.#accounts = { done: 0, all: items };
  }

  #itemEnded({ map, index, status }: Progress & { type: 'ItemEnded' }): void {
    if (map === 'ScanAccounts' && this.#accounts !== undefined) this.#accounts.done += 1;
    if (status === 'SUCCEEDED') return;
    if (map === 'ScanAccounts') this.#brokenOff.scans += 1;
    else this.#brokenOff.removals += 1;
    this.#view.fail(`${map} ${index}: the child execution failed`);
  }

  #taskEnded({ state, output }: Progress & { type: 'TaskEnded' }): void {
    switch (state) {
      case 'Prepare': {
        const { accountCount } = output as FunctionOutput<'PrepareFunctionArn'>;
        this.#accounts = { done: 0, all: accountCount };
        return;
      }
      case 'ListRegions':
        this.#targets += (output as FunctionOutput<'ListRegionsFunctionArn'>).targets.length;
        this.#accountsListed += 1;
        return;
      case 'RecordFailedAccount':
        // One target, whose outcome is written already.
        this.#targets += 1;
        this.#accountsListed += 1;
        return;
      case 'Plan': {
        const { removals, held } = output as FunctionOutput<'PlanFunctionArn'>;
        this.#plan = { removals, held };
        return;
      }
    }
  }

  #read(key: string, body: string): void {
    const { expected, question, outcomesPrefix, ledgerPrefix, removalFailuresPrefix } = this.#keys;
    if (key.startsWith(outcomesPrefix)) this.#readOutcome(key, body);
    else if (key.startsWith(ledgerPrefix)) this.#readBatch(key, body);
    else if (key.startsWith(removalFailuresPrefix)) this.#readBroken(body);
    else if (key === question) this.#waitsUntil = Question.parse(JSON.parse(body)).expiresAt;
    else if (key === expected) this.#isAccepted = makeIsAccepted(Expected.parse(JSON.parse(body)));
    else return;
    this.#view.update(this.#facts());
  }

  /** An outcome may be written anew, by another try. */
  #readOutcome(key: string, body: string): void {
    const { counts, gap } = readOutcome(body, this.#isAccepted);
    const earlier = this.#outcomes.get(key) ?? NO_OUTCOMES;
    this.#total = addOutcomes(addOutcomes(this.#total, earlier, -1), counts);
    this.#outcomes.set(key, counts);
    // After Ctrl-C that is what becomes of all the others: no news.
    if (gap === undefined || gap.failure?.code === 'Interrupted') return;
    if (earlier.incomplete === 0) this.#view.fail(gapText(gap), gapKind(gap));
  }

  #readBatch(key: string, body: string): void {
    const { counts, failed } = readBatchProgress(body);
    const earlier = this.#batches.get(key) ?? NO_BATCHES;
    this.#removals = addBatches(addBatches(this.#removals, earlier, -1), counts);
    this.#batches.set(key, counts);
    for (const removal of failed) this.#failRemoval(removal);
  }

  #failRemoval(removal: RemovalOutcome): void {
    const name = resourceKey(removal);
    if (this.#failedRemovals.has(name)) return;
    this.#failedRemovals.add(name);
    this.#view.fail(failedRemovalText(removal));
  }

  #readBroken(body: string): void {
    const broken = RemovalFailure.parse(JSON.parse(withoutSeal(body)));
    if (broken.failure.code === 'Interrupted') return;
    this.#brokenOff.removals += 1;
    this.#view.fail(brokenRemovalsText(broken));
  }

  #facts(): Facts {
    const { targets, incomplete, stale } = this.#total;
    return {
      accounts: this.#accounts && { ...this.#accounts },
      targets: {
        done: targets,
        all: this.#targets,
        expected: this.#expectedTargets(),
        areAllRead: true,
      },
      stale,
      incomplete: incomplete + this.#brokenOff.scans,
      plan: this.#plan,
      waitsUntil: this.#waitsUntil,
      removals: this.#plan && { done: this.#removals.settled, all: this.#plan.removals },
      removed: this.#removals.removed,
      stepped: this.#removals.stepped,
      unremoved: this.#failedRemovals.size + this.#brokenOff.removals,
    };
  }

  /** The accounts that aren't listed yet are taken for the average of those that are. */
  #expectedTargets(): number | undefined {
    if (this.#accountsListed === 0 || this.#accounts === undefined) return undefined;
    return Math.ceil((this.#targets * this.#accounts.all) / this.#accountsListed);
  }
}
