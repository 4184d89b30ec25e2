import { z } from 'zod';
import type { SFNClient } from '@aws-sdk/client-sfn';
import {
  describeExecution,
  describeMapRun,
  executionArn,
  type ExecutionState,
  type LatestState,
  latestState,
  type MapCounts,
} from '../../aws/hub/executions.ts';
import type { Store } from '../../store/store.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { Expected } from '../../steps/expected.ts';
import { withoutSeal } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';
import { makeIsAccepted } from '../progress/accepted-gaps.ts';
import { RemovalFailure } from '../../steps/targets/record-failed-target.ts';
import {
  addBatches,
  addOutcomes,
  type BatchCounts,
  NO_BATCHES,
  NO_OUTCOMES,
  type OutcomeCounts,
  readBatchProgress,
  readOutcome,
} from '../progress/stored.ts';
import { SeenObjects, type Tally } from './seen-objects.ts';
import type { Followed } from './taken-up.ts';

/** How far an execution is, as far as one poll learned it. */
export interface Progress {
  readonly state: ExecutionState;
  /** The state it is in; undefined before the first, and after its end. */
  readonly phase: string | undefined;
  /** Every state that it is known to have entered, in order; what an earlier poll told is told again. */
  readonly entered: LatestState['entered'];
  readonly accounts: MapCounts | undefined;
  /** Of the targets read so far; of many, those that ended a moment ago may be missing. */
  readonly outcomes: OutcomeCounts;
  readonly areOutcomesWhole: boolean;
  readonly removalTargets: MapCounts | undefined;
  readonly removals: BatchCounts & { readonly planned: number | undefined };
}

/** Is told what went wrong, as it is read; a removal perhaps more than once. */
export interface Failures {
  readonly gap: (outcome: TargetOutcome) => void;
  readonly removal: (outcome: RemovalOutcome) => void;
  readonly brokenRemovals: (failure: RemovalFailure) => void;
}

const PlanLength = z.looseObject({ removals: z.array(z.unknown()) });
const InputWithAccepted = z.looseObject({
  scope: z.looseObject({ accepted: z.array(z.unknown()).min(1) }),
});

function outcomesTally(
  failures: Failures,
  isAccepted: (gap: TargetOutcome) => boolean,
): Tally<OutcomeCounts> {
  return {
    zero: NO_OUTCOMES,
    add: (a, b) => addOutcomes(a, b),
    read: (body) => {
      const { counts, gap } = readOutcome(body, isAccepted);
      if (gap !== undefined) failures.gap(gap);
      return { value: counts, isSettled: true };
    },
  };
}

function removalsTally(failures: Failures): Tally<BatchCounts> {
  return {
    zero: NO_BATCHES,
    add: (a, b) => addBatches(a, b),
    read: (body) => {
      const { counts, isSettled, failed } = readBatchProgress(body);
      failed.forEach(failures.removal);
      return { value: counts, isSettled };
    },
  };
}

function brokenTally(failures: Failures): Tally<number> {
  return {
    zero: 0,
    add: (a, b) => a + b,
    read: (body) => {
      failures.brokenRemovals(RemovalFailure.parse(JSON.parse(withoutSeal(body))));
      return { value: 1, isSettled: true };
    },
  };
}

/**
 * Follows one execution. A poll makes at most 4 calls to Step Functions (DescribeExecution,
 * GetExecutionHistory, DescribeMapRun of the Map that it is in and of the one it has just left), one
 * listing and 100 reads of the store (while it removes, two), whatever the organization's size. With 5 seconds between two,
 * several may watch: Step Functions refills one DescribeMapRun a second for all of the account.
 */
export class Follower {
  readonly #sfn: SFNClient;
  readonly #store: Store;
  readonly #arn: string;
  readonly #executionId: string;
  readonly #filesOf: string;
  readonly #outcomes: SeenObjects<OutcomeCounts>;
  readonly #removals: SeenObjects<BatchCounts>;
  readonly #broken: SeenObjects<number>;
  readonly #maps: Record<string, MapCounts> = {};
  #latest: LatestState | undefined;
  #planned: number | undefined;
  #hasEnded = false;
  #isAccepted: (gap: TargetOutcome) => boolean = () => false;
  #knowsAccepted = false;

  constructor(
    hub: { readonly sfn: SFNClient; readonly store: Store; readonly stateMachineArn: string },
    { executionId, filesOf }: Followed,
    failures: Failures,
  ) {
    const keys = keysOf(filesOf);
    this.#sfn = hub.sfn;
    this.#store = hub.store;
    this.#arn = executionArn(hub.stateMachineArn, executionId);
    this.#executionId = executionId;
    this.#filesOf = filesOf;
    this.#outcomes = new SeenObjects(
      hub.store,
      keys.outcomesPrefix,
      outcomesTally(failures, (gap) => this.#isAccepted(gap)),
    );
    this.#removals = new SeenObjects(hub.store, keys.ledgerPrefix, removalsTally(failures));
    this.#broken = new SeenObjects(hub.store, keys.removalFailuresPrefix, brokenTally(failures));
  }

  /** @throws {InvalidInput} where there is no such execution; and whatever AWS answers */
  async poll(): Promise<Progress> {
    const state = await describeExecution(this.#sfn, this.#arn);
    if (state === undefined) {
      throw new InvalidInput(
        `EXECUTION_ID: ${quote(this.#executionId)} – accepted: an execution of this hub, of the last 90 days; there is no ${this.#arn}`,
      );
    }
    await this.#learnAccepted(state);
    if (state.status === 'RUNNING') return this.#progress(state, await this.#look());
    // Once more, for what happened since; of one that had ended before, nobody watched anything.
    if (this.#latest !== undefined && !this.#hasEnded) await this.#look();
    this.#hasEnded = true;
    return this.#progress(state, undefined);
  }

  /** Which gaps are known and wanted; asks nothing where the input names none. */
  async #learnAccepted({ input }: ExecutionState): Promise<void> {
    const { data } = InputWithAccepted.safeParse(parseJson(input ?? ''));
    if (this.#knowsAccepted || data === undefined) return;
    const stored = await this.#store.get(keysOf(this.#filesOf).expected);
    if (stored === undefined) return;
    this.#knowsAccepted = true;
    // A hub of another version may write another one: then every gap is told as one.
    const expected = Expected.safeParse(parseJson(stored.body)).data;
    if (expected !== undefined) this.#isAccepted = makeIsAccepted(expected);
  }

  async #look(): Promise<string | undefined> {
    const latest = await latestState(this.#sfn, this.#arn);
    const left = latest?.name === this.#latest?.name ? undefined : this.#latest;
    this.#latest = latest;
    const states = [left, latest].filter((one) => one !== undefined);
    for (const { name, mapRunArn } of states) {
      if (mapRunArn !== undefined) this.#maps[name] = await describeMapRun(this.#sfn, mapRunArn);
    }
    const names = states.map(({ name }) => name);
    if (names.includes('ScanAccounts')) await this.#outcomes.look();
    if (names.includes('RemoveTargets')) {
      this.#planned ??= await this.#readPlanned();
      await this.#removals.look();
      await this.#broken.look();
    }
    return latest?.name;
  }

  #progress(state: ExecutionState, phase: string | undefined): Progress {
    return {
      state,
      phase,
      entered: this.#latest?.entered ?? [],
      accounts: this.#maps['ScanAccounts'],
      outcomes: this.#outcomes.total,
      areOutcomesWhole: this.#outcomes.isWhole,
      removalTargets: this.#maps['RemoveTargets'],
      removals: { ...this.#removals.total, planned: this.#planned },
    };
  }

  async #readPlanned(): Promise<number | undefined> {
    const stored = await this.#store.get(keysOf(this.#filesOf).plan);
    // Only its length is shown: what can't be read must not end the watching.
    return stored && PlanLength.safeParse(parseJson(stored.body)).data?.removals.length;
  }
}
