import type { Guard } from '../../guard.ts';

const WATCHING_TESTS = ['watching'];

/** What the deployment adds: who starts, who writes what, and who notices that nobody looks. */
export const HUB: readonly Guard[] = [
  {
    name: 'one-governance-run',
    promise: 3,
    keeps: 'two governance runs go on at once',
    in: 'startGovernanceRun',
    find: "const running = await findNewest(deps.machine, 'RUNNING');",
    replace: 'const running = undefined as ListedExecution | undefined;',
    tests: ['start-governance-run'],
  },
  {
    name: 'governance-run-by-name',
    promise: 3,
    keeps: 'a delivery that comes twice starts two executions',
    in: 'governanceName',
    find: '${scheduledAt.toISOString().slice(0, 10)}',
    replace: '${scheduledAt.toISOString().slice(0, 10)}-${performance.now()}',
    tests: ['start-governance-run'],
  },
  {
    name: 'governance-deletes-where-enabled',
    promise: 3,
    keeps: 'a governance run that deletes is deployed where deletion is not enabled',
    in: 'readConfig',
    find: "input.mode === 'delete' && !config.deletion.enabled",
    replace: 'input.mode === undefined',
    tests: ['config'],
  },
  {
    name: 'one-writer-of-plans',
    promise: 3,
    keeps: 'another function than Plan may write a plan',
    in: 'STORE_ACCESS',
    find: 'writes: [OUTCOMES, FINDINGS, FOREIGN_REFERENCES]',
    replace: 'writes: [OUTCOMES, FINDINGS, FOREIGN_REFERENCES, PLAN]',
    tests: ['store-access'],
  },
  {
    name: 'store-outlives-stack',
    promise: 4,
    keeps: 'the ledgers go with the stack, and the way back with them',
    in: 'HubStore.#make',
    find: 'removalPolicy: RemovalPolicy.RETAIN',
    replace: 'removalPolicy: RemovalPolicy.DESTROY',
    tests: ['hub'],
  },
  {
    name: 'silent-endings',
    promise: 6,
    keeps: 'an execution that was stopped or ran out of time is never heard of',
    in: 'SilentEndings',
    find: "{ status: ['TIMED_OUT', 'ABORTED'] },",
    replace: '',
    tests: WATCHING_TESTS,
  },
  {
    name: 'silence-is-an-alarm',
    promise: 2,
    keeps: 'nobody notices that nothing looks any more',
    in: 'alarmsOn',
    find: 'missingIsBad: true,',
    replace: '',
    tests: WATCHING_TESTS,
  },
];
