import type { Guard } from '../guard.ts';

const WATCHING_TESTS = ['test/infra/watching.test.ts'];

/** What the deployment adds: who starts, who writes what, and who notices that nobody looks. */
export const HUB: readonly Guard[] = [
  {
    name: 'one-governance-run',
    promise: 3,
    keeps: 'two governance runs go on at once',
    file: 'steps/prepare/start-governance-run.ts',
    find: "  const running = await findNewest(deps.machine, 'RUNNING');",
    replace: '  const running = undefined as ListedExecution | undefined;',
    tests: ['test/steps/prepare/start-governance-run.test.ts'],
  },
  {
    name: 'governance-run-by-name',
    promise: 3,
    keeps: 'a delivery that comes twice starts two executions',
    file: 'core/input/governance.ts',
    find: '${scheduledAt.toISOString().slice(0, 10)}',
    replace: '${scheduledAt.toISOString().slice(0, 10)}-${performance.now()}',
    tests: ['test/steps/prepare/start-governance-run.test.ts'],
  },
  {
    name: 'governance-deletes-where-enabled',
    promise: 3,
    keeps: 'a governance run that deletes is deployed where deletion is not enabled',
    file: 'infra/config/config.ts',
    find: "input.mode === 'delete' && !config.deletion.enabled",
    replace: 'input.mode === undefined',
    tests: ['test/infra/config/config.test.ts'],
  },
  {
    name: 'one-writer-of-plans',
    promise: 3,
    keeps: 'another function than Plan may write a plan',
    file: 'infra/hub/store-access.ts',
    find: 'writes: [OUTCOMES, FINDINGS, FOREIGN_REFERENCES]',
    replace: 'writes: [OUTCOMES, FINDINGS, FOREIGN_REFERENCES, PLAN]',
    tests: ['test/infra/hub/store-access.test.ts'],
  },
  {
    name: 'store-outlives-stack',
    promise: 4,
    keeps: 'the ledgers go with the stack, and the way back with them',
    file: 'infra/constructs/hub-store.ts',
    find: 'removalPolicy: RemovalPolicy.RETAIN',
    replace: 'removalPolicy: RemovalPolicy.DESTROY',
    tests: ['test/infra/hub.test.ts'],
  },
  {
    name: 'silent-endings',
    promise: 6,
    keeps: 'an execution that was stopped or ran out of time is never heard of',
    file: 'infra/constructs/silent-endings.ts',
    find: "{ status: ['TIMED_OUT', 'ABORTED'] },",
    replace: '',
    tests: WATCHING_TESTS,
  },
  {
    name: 'silence-is-an-alarm',
    promise: 2,
    keeps: 'nobody notices that nothing looks any more',
    file: 'infra/constructs/hub-alarms.ts',
    find: '      missingIsBad: true,',
    replace: '',
    tests: WATCHING_TESTS,
  },
];
