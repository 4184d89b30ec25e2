import { DEPLOYED, type DeployedName } from '../../../functions/deployed.ts';
import { REQUESTS_AT_ONCE } from '../../../store/read-ahead.ts';
import { counted } from './counted.ts';
import type { Priced } from './prices.ts';

/** Assumed, not measured in AWS; all that the tables rest on besides counts and prices. */
export const ASSUMED = {
  regionsPerAccount: 17,
  listRegionsSeconds: 1,
  /** Some 24 calls that AWS answers in 100 ms each, and what is done with the answers. */
  discoverTargetSeconds: 3,
  fixedSeconds: 10,
  accountsListedPerSecond: 160,
  storeAnswerSeconds: 0.03,
  logKbPerInvocation: 2,
  logKbPerTransition: 2,
};
/** Objects that are read for a target that had something unused before, `REQUESTS_AT_ONCE` at a time. */
export const READ_PER_TARGET = { Plan: 5, Summarize: 2 };
/** Listings of a key a target, at 1,000 keys a page. */
export const KEYS_LISTED_PER_TARGET = 5;

/** What is paid for by the report. */
export type RunCost = Extract<
  Priced,
  'transitions' | 'invocations' | 'gbSeconds' | 'puts' | 'gets' | 'logGb' | 'traces' | 'macs'
>;
export type Quantities = Readonly<Record<RunCost | 'targets', number>>;

export function targetsOf(accounts: number): number {
  return accounts * ASSUMED.regionsPerAccount;
}

/** Of one report. */
export function quantitiesOf(accounts: number): Quantities {
  const targets = targetsOf(accounts);
  const transitions = counted('transitions', accounts, targets) + accounts;
  const invocations = counted('invocations', accounts, targets);
  const { logKbPerInvocation, logKbPerTransition } = ASSUMED;
  return {
    targets,
    transitions,
    invocations,
    gbSeconds: gbSecondsOf(accounts, targets),
    puts:
      counted('puts', accounts, targets) +
      counted('lists', accounts, targets) +
      Math.floor((targets * KEYS_LISTED_PER_TARGET) / 1000),
    gets: counted('gets', accounts, targets),
    logGb: (invocations * logKbPerInvocation + transitions * logKbPerTransition) / 1_000_000,
    traces: accounts + 1,
    macs: invocations,
  };
}

function gbSecondsOf(accounts: number, targets: number): number {
  const { fixedSeconds, accountsListedPerSecond } = ASSUMED;
  const seconds = {
    Prepare: fixedSeconds + accounts / accountsListedPerSecond,
    ListRegions: accounts * ASSUMED.listRegionsSeconds,
    DiscoverTarget: targets * ASSUMED.discoverTargetSeconds,
    Plan: fixedSeconds + secondsReading('Plan', targets),
    Summarize: fixedSeconds + secondsReading('Summarize', targets),
  } satisfies Partial<Record<DeployedName, number>>;
  return Object.entries(seconds)
    .map(([name, taken]) => (DEPLOYED[name as DeployedName].memoryMiB / 1024) * taken)
    .reduce((sum, one) => sum + one, 0);
}

export function secondsReading(by: keyof typeof READ_PER_TARGET, targets: number): number {
  return (targets * READ_PER_TARGET[by] * ASSUMED.storeAnswerSeconds) / REQUESTS_AT_ONCE;
}
