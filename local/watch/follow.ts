import type { SFNClient } from '@aws-sdk/client-sfn';
import {
  describeExecution,
  describeMapRun,
  executionArn,
  type ExecutionState,
  type LatestState,
  latestState,
  type MapCounts,
} from '../../adapters/executions.ts';
import type { Store } from '../../adapters/store.ts';
import { quote } from '../../core/bad-input.ts';
import { InvalidInput } from '../../core/errors.ts';
import { isGap, TargetOutcome } from '../../core/outcome.ts';
import { Plan } from '../../core/plan.ts';
import { keysOf } from '../../sweep/keys.ts';
import { LedgerBatch } from '../../sweep/ledger-batch.ts';
import { SeenObjects, type Tally } from './seen-objects.ts';

/** What the targets read so far came to; of many, those that ended a moment ago may be missing. */
export interface OutcomeCounts {
  readonly targets: number;
  readonly incomplete: number;
  readonly resources: number;
  readonly stale: number;
}

/** How far an execution is, as far as one poll learned it. */
export interface Progress {
  readonly state: ExecutionState;
  /** The state it is in; undefined before the first, and after its end. */
  readonly phase: string | undefined;
  readonly accounts: MapCounts | undefined;
  readonly outcomes: OutcomeCounts;
  readonly removalTargets: MapCounts | undefined;
  readonly removals: { readonly settled: number; readonly planned: number };
}

const OUTCOMES: Tally<OutcomeCounts> = {
  zero: { targets: 0, incomplete: 0, resources: 0, stale: 0 },
  add: (a, b) => ({
    targets: a.targets + b.targets,
    incomplete: a.incomplete + b.incomplete,
    resources: a.resources + b.resources,
    stale: a.stale + b.stale,
  }),
  read: (body) => {
    const outcome = TargetOutcome.parse(JSON.parse(body));
    const kinds = Object.values(outcome.kinds);
    const value = {
      targets: 1,
      incomplete: isGap(outcome) ? 1 : 0,
      resources: kinds.reduce((sum, { resources }) => sum + resources, 0),
      stale: kinds.reduce((sum, { verdicts }) => sum + verdicts.STALE, 0),
    };
    return { value, isSettled: true };
  },
};

const REMOVALS: Tally<number> = {
  zero: 0,
  add: (a, b) => a + b,
  read: (body) => {
    const { entries } = LedgerBatch.parse(JSON.parse(body));
    const value = entries.filter(({ outcome }) => outcome !== null).length;
    return { value, isSettled: value === entries.length };
  },
};

/**
 * Follows one execution. A poll makes at most 4 calls to Step Functions (DescribeExecution,
 * GetExecutionHistory, DescribeMapRun of the Map that it is in and of the one it has just left), one
 * listing and 100 reads of the store, whatever the organization's size. With 5 seconds between two,
 * several may watch: Step Functions refills one DescribeMapRun a second for all of the account.
 */
export class Follower {
  readonly #sfn: SFNClient;
  readonly #store: Store;
  readonly #arn: string;
  readonly #executionId: string;
  readonly #outcomes: SeenObjects<OutcomeCounts>;
  readonly #removals: SeenObjects<number>;
  readonly #maps: Record<string, MapCounts> = {};
  #latest: LatestState | undefined;
  #planned: number | undefined;

  constructor(
    hub: { readonly sfn: SFNClient; readonly store: Store; readonly stateMachineArn: string },
    executionId: string,
  ) {
    const keys = keysOf(executionId);
    this.#sfn = hub.sfn;
    this.#store = hub.store;
    this.#arn = executionArn(hub.stateMachineArn, executionId);
    this.#executionId = executionId;
    this.#outcomes = new SeenObjects(hub.store, keys.outcomesPrefix, OUTCOMES);
    this.#removals = new SeenObjects(hub.store, keys.ledgerPrefix, REMOVALS);
  }

  /** @throws {InvalidInput} where there is no such execution; and whatever AWS answers */
  async poll(): Promise<Progress> {
    const state = await describeExecution(this.#sfn, this.#arn);
    if (state === undefined) {
      throw new InvalidInput(
        `EXECUTION_ID: ${quote(this.#executionId)} – accepted: an execution of this hub, of the last 90 days; there is no ${this.#arn}`,
      );
    }
    return this.#progress(state, state.status === 'RUNNING' ? await this.#look() : undefined);
  }

  async #look(): Promise<string | undefined> {
    const latest = await latestState(this.#sfn, this.#arn);
    const left = latest?.name === this.#latest?.name ? undefined : this.#latest;
    this.#latest = latest;
    for (const { name, mapRunArn } of [left, latest].filter((one) => one !== undefined)) {
      if (mapRunArn !== undefined) this.#maps[name] = await describeMapRun(this.#sfn, mapRunArn);
    }
    if (latest?.name === 'ScanAccounts') await this.#outcomes.look();
    if (latest?.name === 'RemoveTargets') {
      this.#planned ??= await this.#readPlanned();
      await this.#removals.look();
    }
    return latest?.name;
  }

  #progress(state: ExecutionState, phase: string | undefined): Progress {
    return {
      state,
      phase,
      accounts: this.#maps['ScanAccounts'],
      outcomes: this.#outcomes.total,
      removalTargets: this.#maps['RemoveTargets'],
      removals: { settled: this.#removals.total, planned: this.#planned ?? 0 },
    };
  }

  async #readPlanned(): Promise<number | undefined> {
    const stored = await this.#store.get(keysOf(this.#executionId).plan);
    return stored && Plan.parse(JSON.parse(stored.body)).removals.length;
  }
}
