import { AsyncLocalStorage } from 'node:async_hooks';
import type { Store } from '../../../store/store.ts';
import { DEPLOYED, type DeployedFunction, type DeployedName } from '../../../functions/deployed.ts';
import { execute } from '../../../local/environment/execute.ts';
import { decideApproval, type DecisionToMake } from '../../../steps/approve/decide-approval.ts';
import type { Deps } from '../../../steps/deps.ts';
import { APPROVER_ACCESS, OPERATOR_ACCESS } from '../../../infra/hub/store-access.ts';
import { byHand, openSimulatedSweep } from '../../support/simulated-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';
import { flat, synthHub } from '../../support/hub/synth-hub.ts';

const SMALL = steadyScenario({ accounts: 4, regions: 1, snapshotsPerTarget: 30, seed: 7 });

const names = (Object.keys(DEPLOYED) as DeployedName[]).filter((name) => name !== 'ForwardToChat');

/** What functions did in the store, as `function action key`. */
const touched = new Set<string>();
const working = new AsyncLocalStorage<string>();

function noting(store: Store): Store {
  const note = (action: string, key: string) =>
    void touched.add(`${working.getStore() ?? 'nobody'} ${action} ${key}`);
  return {
    ...store,
    get: async (key) => (note('s3:GetObject', key), store.get(key)),
    lines: (key) => (note('s3:GetObject', key), store.lines(key)),
    put: async (key, ...rest) => (note('s3:PutObject', key), store.put(key, ...rest)),
    writeLines: async (key, lines) => (note('s3:PutObject', key), store.writeLines(key, lines)),
    list: (prefix) => (note('s3:ListBucket', prefix), store.list(prefix)),
  };
}

const byPlaceholder = new Map(
  Object.entries(DEPLOYED).map(([name, { placeholder }]: [string, DeployedFunction]) => [
    placeholder as string,
    name,
  ]),
);

async function approve(
  deps: Pick<Deps, 'store' | 'clock' | 'sealOf'>,
  event: unknown,
): Promise<void> {
  const { executionId, planDigest } = event as DecisionToMake;
  const callbacks = { succeed: async () => true, fail: async () => true };
  await decideApproval(
    { ...deps, callbacks },
    { caller: 'ada', verified: true },
    { executionId, planDigest, decision: 'APPROVED' },
  );
}

/** A first delete, with an account that nobody may enter and one whose listing fails, and what follows it. */
async function runAndNote(): Promise<void> {
  const sweep = await openSimulatedSweep(SMALL, { store: noting, ...byHand() });
  try {
    const { store, clock, sealOf } = sweep.environment.deps;
    const wrap: typeof sweep.environment.wrap = (name, call) => async (event) => {
      const output = await working.run(byPlaceholder.get(name) ?? name, async () => call(event));
      if (name === 'RequestApprovalFunctionArn') {
        await working.run('DecideApproval', async () => approve({ store, clock, sealOf }, event));
      }
      return output;
    };
    const environment = { ...sweep.environment, wrap };
    const run = async (executionId: string, input: Record<string, unknown>) =>
      execute(environment, { executionId, input, topic: undefined });
    const { hubAccountId, accounts } = sweep.organization;
    const [closed = '', denied = ''] = accounts
      .map(({ id }) => id)
      .filter((id) => id !== hubAccountId);
    const policy = { graceDays: 0, requireUndo: false };
    sweep.simulation.setFaults([
      { operation: 'DescribeRegions', accountId: closed, answer: 'deny' },
      { operation: 'DescribeSnapshots', accountId: denied, answer: 'deny' },
    ]);
    await run('first', { mode: 'delete', policy, approval: 'required' });
    sweep.simulation.setFaults([]);
    await run('applied', { mode: 'delete', policy, plan: 'first' });
    await run('again', { scope: { retryOf: 'first' } });
  } finally {
    await sweep.close();
  }
}

/** What the template lets a function do in the store, by action. */
function allowedIn(template: ReturnType<typeof synthHub>, name: DeployedName) {
  const role = template.template.findResources('AWS::IAM::Role', {
    Properties: { Description: `orgsweep: ${name}` },
  });
  const roleId = Object.keys(role)[0] ?? '';
  return template
    .ofType('AWS::IAM::Policy')
    .filter(({ Properties }) => flat(Properties['Roles']) === `<${roleId}>`)
    .flatMap(({ Properties }) => statementsOf(Properties['PolicyDocument']))
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => ({
          action,
          // Whatever comes before the first slash is the bucket.
          key: flat(resource).replace(/^[^/]*\/?/, ''),
        })),
      ),
    )
    .filter(({ action }) => action.startsWith('s3:'));
}

function statementsOf(document: unknown) {
  return (document as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement;
}

function matches(pattern: string, key: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(key);
}

describe('the store', () => {
  const hub = synthHub();
  beforeAll(runAndNote, 120_000);

  it('was used by every function, but for the one that only starts executions', () => {
    const users = new Set([...touched].map((line) => line.split(' ')[0]));
    const unused = names.filter((name) => !users.has(name));
    expect(unused).toEqual(['StartGovernanceRun']);
  });

  it.each(names)('lets %s do all that it does there', (name) => {
    const allowed = allowedIn(hub, name);
    const denied = [...touched]
      .map((line) => line.split(' '))
      .filter(([who]) => who === name)
      .filter(
        ([, action, key = '']) =>
          !allowed.some(
            (may) => may.action === action && (action === 's3:ListBucket' || matches(may.key, key)),
          ),
      );
    expect(denied).toEqual([]);
  });

  it.each([
    ['plans', 'plan.json', ['Plan']],
    ['what is expected', 'work/expected.json', ['Prepare']],
    ['ledgers', 'work/ledger/222222222222/eu-west-1/000001.json', ['RemovePlanned']],
    ['the decision of a person', 'approval.json', ['DecideApproval', 'Summarize']],
    ['who waits for a person', 'work/approval-request.json', ['RequestApproval']],
    ['findings', 'work/findings/222222222222/eu-west-1.jsonl', ['DiscoverTarget']],
  ])('lets %s be written by nobody else', (_, file, writers) => {
    const key = `executions/20261123T060000-report-a1b2c3/${file}`;
    const mayWrite = names.filter((name) =>
      allowedIn(hub, name).some((may) => may.action === 's3:PutObject' && matches(may.key, key)),
    );
    expect(mayWrite).toEqual(writers);
  });

  it('lets no person end a grace: only Plan and RemovePlanned write the history', () => {
    const key = 'history/stale-since/222222222222/eu-west-1.json';
    const mayWrite = names.filter((name) =>
      allowedIn(hub, name).some((may) => may.action === 's3:PutObject' && matches(may.key, key)),
    );
    expect(mayWrite).toEqual(['Plan', 'RemovePlanned']);
    const people = [OPERATOR_ACCESS, APPROVER_ACCESS].flatMap(({ writes }) => writes);
    expect(people.filter((pattern) => matches(pattern, key))).toEqual([]);
  });

  it('lets Prepare read the prices, and no function write them', () => {
    const who = (action: string) =>
      names.filter((name) =>
        allowedIn(hub, name).some(
          (may) => may.action === action && matches(may.key, 'prices.json'),
        ),
      );
    expect({ read: who('s3:GetObject'), write: who('s3:PutObject') }).toEqual({
      read: ['Prepare'],
      write: [],
    });
  });

  it('lets nobody delete', () => {
    const actions = names.flatMap((name) => allowedIn(hub, name).map(({ action }) => action));
    expect([...new Set(actions)].toSorted()).toEqual([
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
  });
});
