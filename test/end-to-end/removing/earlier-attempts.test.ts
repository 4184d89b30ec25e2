import { planDigest } from '../../../core/plan/digest.ts';
import { Plan } from '../../../core/plan/plan.ts';
import type { Deps } from '../../../steps/deps.ts';
import { discoverTarget } from '../../../steps/discover/discover-target.ts';
import { historyKeys, keysOf } from '../../../store/keys.ts';
import { recordFailedTarget } from '../../../steps/targets/record-failed-target.ts';
import { bodyOf } from '../../../store/stored-json.ts';
import { sealed } from '../../../store/fenced-store.ts';
import { everySeal } from '../../support/stores/every-seal.ts';
import { askedOf } from '../../support/aws/asked-of.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

const opened: RemovalSweep[] = [];
afterAll(async () => void (await Promise.all(opened.map(async (one) => one.close()))));

async function open(options: Parameters<typeof openRemovalSweep>[0] = {}) {
  let deps: Deps | undefined;
  const sweep = await openRemovalSweep({
    ...options,
    deps: (given) => (deps = options.deps?.(given) ?? given),
  });
  opened.push(sweep);
  if (deps === undefined) throw new Error('no deps');
  const [accountId = '', region = ''] = sweep.ids[0]?.split('/') ?? [];
  return { sweep, deps, target: { accountId, region, kinds: ['ebs-snapshot'] } };
}

describe('an execution id that was used before', () => {
  it('starts nothing: no outcome and no plan of the earlier execution is taken for its own', async () => {
    const { sweep } = await open();
    const report = await sweep.run('same', { mode: 'report' });
    const again = await sweep.run('same');
    expect(again.error).toBe('ExecutionFailed');
    expect(again.published?.Message).toContain('"same"');
    expect(again.summary).toEqual(report.summary);
    expect(sweep.gone()).toEqual([]);
  });
});

describe('a copy of DiscoverTarget that ran on', () => {
  it('after its target was recorded as failed cannot make it complete', async () => {
    const { sweep, deps, target } = await open();
    const executionId = 'report';
    await sweep.run(executionId, { mode: 'report' });
    const error = { Error: 'States.Timeout', Cause: '' };
    const asked = await askedOf(sweep.store, executionId);
    await recordFailedTarget(deps, { ...asked, target, error });
    await expect(discoverTarget(deps, { ...asked, target })).rejects.toThrow(/as FAILED/);
    const stored = await sweep.store.get(keysOf(executionId).outcome(target));
    expect(JSON.parse(stored?.body ?? '')).toMatchObject({ status: 'FAILED', kinds: {} });
  });

  it('beside a retry of it, both complete, changes nothing', async () => {
    const { sweep, deps, target } = await open();
    await sweep.run('report', { mode: 'report' });
    const asked = await askedOf(sweep.store, 'report');
    const twice = [1, 2].map(async () => discoverTarget(deps, { ...asked, target }));
    expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([
      'COMPLETE',
      'COMPLETE',
    ]);
  });
});

describe('two executions that look at one target at the same time', () => {
  it('both enter the history: what one saw in use begins its grace again', async () => {
    let history = '';
    let meanwhile: string | null = null;
    const { sweep, target } = await open({
      store: (store) => ({
        ...store,
        put: async (key, body, condition) => {
          if (key === history && meanwhile !== null) {
            const other = meanwhile;
            meanwhile = null;
            await store.put(key, other);
          }
          return store.put(key, body, condition);
        },
      }),
    });
    const key = historyKeys.staleSince(target);
    const entries = async () =>
      (
        JSON.parse((await sweep.store.get(key))?.body ?? '') as {
          entries: Record<string, { staleSince: string }>;
        }
      ).entries;
    await sweep.run('first', { mode: 'report' });
    const before = await entries();
    const [dropped = '', ...kept] = Object.keys(before);
    const { [dropped]: _dropped, ...others } = before;
    await sweep.clock.sleep(60_000);
    history = key;
    meanwhile = JSON.stringify({ schemaVersion: 1, entries: others });
    await sweep.run('second', { mode: 'report' });
    const after = await entries();
    expect(after[dropped]?.staleSince).not.toBe(before[dropped]?.staleSince);
    for (const id of kept) expect(after[id]?.staleSince).toBe(before[id]?.staleSince);
  });
});

describe('a listing that repeats or forgets', () => {
  it('an account that comes twice is one account', async () => {
    const { sweep } = await open({
      deps: ({ hub, ...deps }) => ({
        ...deps,
        hub: {
          ...hub,
          listAccounts: async function* () {
            yield* hub.listAccounts();
            yield* hub.listAccounts();
          },
        },
      }),
    });
    const { summary } = await sweep.run('report', { mode: 'report' });
    expect(summary?.coverage).toMatchObject({ complete: 1, inScope: 1 });
    const items = (await sweep.store.get(keysOf('report').accounts))?.body.trim().split('\n') ?? [];
    expect(items).toEqual([...new Set(items)]);
  });

  it('a Region in scope that an account does not list at all is a gap', async () => {
    const { sweep, target } = await open({
      deps: ({ hub, ...deps }) => ({
        ...deps,
        hub: {
          ...hub,
          listRegions: async (askIn) => [
            ...(await hub.listRegions(askIn)),
            { name: 'xx-north-1', enabled: true, needsOptIn: false },
          ],
        },
      }),
    });
    const scope = { accounts: [target.accountId], regions: [target.region, 'xx-north-1'] };
    const { summary } = await sweep.run('report', { mode: 'report', scope });
    expect(summary?.status).toBe('PARTIAL');
    const gap = { accountId: target.accountId, region: 'xx-north-1' };
    expect(summary?.coverage.gaps).toEqual([expect.objectContaining(gap)]);
    expect(summary?.coverage).toMatchObject({ complete: 1, inScope: 2 });
  });
});

describe('an earlier plan that is applied', () => {
  it('keeps the protect tags of the execution that made it', async () => {
    const { sweep } = await open();
    const report = await sweep.run('report', {
      mode: 'report',
      policy: { protectTags: ['Retain'] },
    });
    const victim = report.plan?.removals[0]?.resourceId ?? '';
    for (const estate of sweep.estates) estate.tagSnapshot(victim, { Retain: '' });
    const { plan } = await sweep.run('apply', { plan: 'report', policy: { protectTags: [] } });
    expect(plan?.policy.protectTags).toContain('Retain');
    expect(plan?.removals.map(({ resourceId }) => resourceId)).not.toContain(victim);
    expect(sweep.gone()).not.toContain(victim);
    expect(sweep.gone().length).toBeGreaterThan(0);
  });
});

it('deletion that is not enabled where orgsweep runs is refused, whatever the input says', async () => {
  const { sweep } = await open({
    deps: (deps) => ({ ...deps, settings: { ...deps.settings, deletionEnabled: false } }),
  });
  const { published, plan } = await sweep.run('mine');
  expect(published?.Message).toContain('deletion is not enabled');
  expect([plan, sweep.gone()]).toEqual([null, []]);
});

it('a plan that another invocation wrote meanwhile holds, and nothing else is removed', async () => {
  const { sweep } = await open({
    deps: (deps) => ({ ...deps, sealOf: everySeal }),
    store: (store) => ({
      ...store,
      put: async (key, body, condition) => {
        if (key === keysOf('mine').plan) {
          const { digest: _digest, ...made } = Plan.parse(JSON.parse(body));
          const other = { ...made, removals: made.removals.slice(0, 2) };
          const text = bodyOf({ ...other, digest: planDigest(other) });
          await store.put(key, sealed(await everySeal('mine'), key, text));
        }
        return store.put(key, body, condition);
      },
    }),
  });
  const { plan, summary } = await sweep.run('mine');
  expect(plan?.removals).toHaveLength(2);
  expect(sweep.gone()).toEqual(plan?.removals.map(({ resourceId }) => resourceId).toSorted());
  expect(summary?.status).toBe('COMPLETE');
});

it('a reference source that is throttled for a while is looked at again, with its whole target', async () => {
  // The SDK tries three times.
  const calls = { from: 1, to: 3 };
  const { sweep } = await open({
    faults: [{ operation: 'DescribeVolumes', answer: 'throttle', calls }],
  });
  const { summary } = await sweep.run('report', { mode: 'report' });
  expect(summary?.status).toBe('COMPLETE');
  expect(summary?.counts.verdicts.STALE).toBeGreaterThan(0);
});

it('a reference source that is denied makes its target incomplete, and nothing there is stale', async () => {
  const { sweep } = await open({ faults: [{ operation: 'DescribeVolumes', answer: 'deny' }] });
  const { summary } = await sweep.run('report', { mode: 'report' });
  expect(summary?.status).toBe('PARTIAL');
  expect(summary?.coverage.gaps).toMatchObject([{ status: 'ACCESS_DENIED' }]);
  expect(summary?.counts.verdicts.STALE).toBe(0);
});
