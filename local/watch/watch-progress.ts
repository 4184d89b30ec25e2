import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import type { Facts } from '../progress/facts.ts';
import {
  brokenRemovalsText,
  failedRemovalText,
  gapKind,
  gapText,
} from '../progress/failure-text.ts';
import { phaseOfState } from '../progress/phases.ts';
import type { ProgressView } from '../progress/progress-view.ts';
import type { Failures, Progress } from './follow.ts';
import { resourceKey } from '../../core/model/ids.ts';

/** Shows an execution of a hub: from what each poll of it learned. */
export class WatchProgress implements Failures {
  readonly #view: ProgressView;
  readonly #failedRemovals = new Set<string>();
  #brokenRemovals = 0;
  #waitsUntil: string | undefined;
  /** Of the state entered last, so that it is told once. */
  #enteredAt = -Infinity;

  constructor(view: ProgressView) {
    this.#view = view;
  }

  readonly gap: Failures['gap'] = (outcome) => this.#view.fail(gapText(outcome), gapKind(outcome));

  readonly removal = (outcome: RemovalOutcome): void => {
    const name = resourceKey(outcome);
    if (this.#failedRemovals.has(name)) return;
    this.#failedRemovals.add(name);
    this.#view.fail(failedRemovalText(outcome));
  };

  readonly brokenRemovals: Failures['brokenRemovals'] = (failure) => {
    this.#brokenRemovals += 1;
    this.#view.fail(brokenRemovalsText(failure));
  };

  /** @param until when nobody can decide any more; undefined: not known */
  waits(until: string | undefined): void {
    this.#waitsUntil = until;
  }

  show(progress: Progress): void {
    this.#view.update(this.#factsOf(progress));
    for (const { name, at } of progress.entered) {
      const phase = phaseOfState(name);
      if (phase === undefined || at.getTime() <= this.#enteredAt) continue;
      this.#enteredAt = at.getTime();
      this.#view.enter(phase, at.getTime());
    }
  }

  #factsOf({ accounts, outcomes, areOutcomesWhole, removals }: Progress): Facts {
    return {
      accounts: accounts && { done: accounts.done, all: accounts.all },
      targets: {
        done: outcomes.targets,
        all: undefined,
        expected: undefined,
        areAllRead: areOutcomesWhole,
      },
      stale: outcomes.stale,
      incomplete: outcomes.incomplete + (accounts?.failed ?? 0),
      plan: undefined,
      waitsUntil: this.#waitsUntil,
      removals:
        removals.planned === undefined
          ? undefined
          : { done: removals.settled, all: removals.planned },
      removed: removals.removed,
      stepped: removals.stepped,
      unremoved: this.#failedRemovals.size + this.#brokenRemovals,
    };
  }
}
