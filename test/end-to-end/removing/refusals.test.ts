import { planDigest } from '../../../core/plan/digest.ts';
import { Plan } from '../../../core/plan/plan.ts';
import type { SimFault } from '../../../simulation/model/fault.ts';
import { ServiceError } from '../../../simulation/services/call/service.ts';
import { sealed, withoutSeal } from '../../../store/fenced-store.ts';
import { keysOf } from '../../../store/keys.ts';
import { bodyOf } from '../../../store/stored-json.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import { type NotedRequest, noteRequests } from '../../support/aws/noted-requests.ts';
import {
  type Ended,
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  tally,
  TINY,
} from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

const TWO_ACCOUNTS = steadyScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 20, seed: 5 });
const SPOKE = '310000000002';

let sweep: RemovalSweep;
const noted: NotedRequest[] = [];
async function open(options: RemovalSweepOptions = {}): Promise<void> {
  noted.length = 0;
  sweep = await openRemovalSweep({
    ...options,
    deps: (given) => noteRequests(options.deps?.(given) ?? given, noted),
  });
}
afterEach(async () => sweep.close());

const sent = (operation: string) => noted.filter((request) => request.operation === operation);
const idOf = ({ input }: NotedRequest) => String(input['SnapshotId']);
function outcomeOf({ removals }: Ended, id: string | undefined) {
  return removals.find(({ resourceId }) => resourceId === id);
}

/** Lets another user act once, before this call is answered. */
function actBefore(operation: string, act: () => Promise<void> | void, call = 1): void {
  let calls = 0;
  sweep.simulation.onBeforeCall = async (made) => {
    if (made.operation === operation && (calls += 1) === call) await act();
  };
}

async function plannedIds(): Promise<string[]> {
  const plan = JSON.parse((await sweep.store.get(keysOf('mine').plan))?.body ?? '{}') as {
    removals: { resourceId: string }[];
  };
  return plan.removals.map(({ resourceId }) => resourceId);
}

describe('what AWS refuses to delete is protected, with its code, and the others go', () => {
  it.each<[string, (id: string) => void, string, string]>([
    [
      'an AMI that uses it',
      (id) =>
        sweep.estates[0]?.putImage({
          imageId: 'ami-0abc',
          ownerId: sweep.estates[0].accountId,
          name: 'made meanwhile',
          state: 'disabled',
          snapshotIds: [id],
        }),
      'USED_BY_AMI',
      'InvalidSnapshot.InUse',
    ],
    [
      'AWS Backup',
      (id) => sweep.estates[0]?.tagSnapshot(id, { 'aws:backup:source-resource': 'x' }),
      'MANAGED_BY_AWS_BACKUP',
      'InvalidParameterValue',
    ],
  ])('%s', async (_what, act, reason, code) => {
    await open();
    // After the second look: only AWS itself can still keep it.
    actBefore('CreateTags', async () => act((await plannedIds())[3] ?? ''));
    const ended = await sweep.run('mine');
    const [, , , id] = await plannedIds();
    expect(tally(ended.removals)).toEqual({ REMOVED: 7, [`PROTECTED ${reason}`]: 1 });
    expect(outcomeOf(ended, id)?.failure).toMatchObject({ code, operation: 'ec2:DeleteSnapshot' });
    expect(outcomeOf(ended, id)?.failure?.requestId).toBeDefined();
    expect(ended.summary?.status).toBe('COMPLETE');
    expect(sent('DeleteSnapshot')).toHaveLength(8);
  });

  it('a snapshot lock', async () => {
    const scenario = withEstates(TINY, (estate) => ({
      snapshot: (id) => {
        const found = estate.snapshot(id);
        return found && { ...found, lockState: 'governance' };
      },
    }));
    await open({ scenario });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'PROTECTED LOCKED': 8 });
    expect(sent('DeleteSnapshot')).toHaveLength(8);
  });
});

it('a code that nobody knows is terminal: FAILED, requested exactly once', async () => {
  const scenario = withEstates(TINY, () => ({
    deleteSnapshot: () => {
      throw new ServiceError('InvalidSnapshot.NewTrouble', 'something new');
    },
  }));
  await open({ scenario });
  const { removals, summary } = await sweep.run('mine');
  expect(tally(removals)).toEqual({ FAILED: 8 });
  expect(removals[0]?.failure).toMatchObject({ code: 'InvalidSnapshot.NewTrouble' });
  expect(new Set(sent('DeleteSnapshot').map(idOf)).size).toBe(8);
  expect(sent('DeleteSnapshot')).toHaveLength(8);
  expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
});

describe('a denied deletion', () => {
  it.each<[string, SimFault, string, string]>([
    [
      'role that is missing',
      // The first AssumeRole is that of the discovery.
      { operation: 'AssumeRole', answer: 'deny', accountId: SPOKE, calls: { from: 2, to: 9 } },
      'NOT_ATTEMPTED TARGET_FAILED',
      'AccessDenied',
    ],
    [
      'CreateTags',
      { operation: 'CreateTags', answer: 'deny', accountId: SPOKE },
      'DENIED',
      'UnauthorizedOperation',
    ],
    [
      'DeleteSnapshot',
      { operation: 'DeleteSnapshot', answer: 'deny', accountId: SPOKE },
      'DENIED',
      'UnauthorizedOperation',
    ],
  ])('%s concerns that account alone, and is kept', async (_what, fault, outcome, code) => {
    await open({ scenario: TWO_ACCOUNTS, faults: [fault] });
    const { removals, summary } = await sweep.run('mine');
    const [own, others] = [true, false].map((isSpoke) =>
      removals.filter(({ accountId }) => (accountId === SPOKE) === isSpoke),
    );
    expect(new Set(Object.keys(tally(own ?? [])))).toEqual(new Set([outcome]));
    for (const { failure } of own ?? []) expect(failure?.code).toBe(code);
    expect(new Set(Object.keys(tally(others ?? [])))).toEqual(new Set(['REMOVED']));
    expect(summary?.status).toBe('REMOVALS_INCOMPLETE');
  });

  it('right after marking is tried again, as IAM may not see the marker yet', async () => {
    await open({
      faults: [{ operation: 'DeleteSnapshot', answer: 'deny', calls: { from: 1, to: 30 } }],
    });
    expect(tally((await sweep.run('mine')).removals)).toEqual({ REMOVED: 8 });
  });

  it('is DENIED after a minute, and the others then at once, without thousands of requests', async () => {
    const scenario = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 120, seed: 5 });
    await open({ scenario, faults: [{ operation: 'DeleteSnapshot', answer: 'deny' }] });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ DENIED: removals.length });
    expect(removals.length).toBeGreaterThan(30);
    const [marked] = sent('CreateTags');
    const firstDenied = Math.min(...removals.map(({ at }) => Date.parse(at)));
    expect(firstDenied - (marked?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(firstDenied - (marked?.at ?? 0)).toBeLessThan(75_000);
    const lastDenied = Math.max(...removals.map(({ at }) => Date.parse(at)));
    expect(lastDenied - firstDenied).toBeLessThan(60_000);
  });
});

describe('trouble that passes', () => {
  it.each(['throttle', 'error', 'reset', 'html', 'portal'] as const)(
    'with DeleteSnapshot (%s): everything is removed, nothing is requested twice without a look',
    async (answer) => {
      await open({ faults: [{ operation: 'DeleteSnapshot', answer, calls: { from: 1, to: 5 } }] });
      const { removals, summary } = await sweep.run('mine');
      expect(tally(removals)).toEqual({ REMOVED: 8 });
      expect(summary?.status).toBe('COMPLETE');
      expect(sent('DeleteSnapshot')).toHaveLength(13);
      expectLookBeforeEveryDelete();
    },
  );

  it('with CreateTags holds the batch up as a whole: one by one would be more to throttle', async () => {
    await open({
      faults: [{ operation: 'CreateTags', answer: 'throttle', calls: { from: 1, to: 2 } }],
    });
    expect(tally((await sweep.run('mine')).removals)).toEqual({ REMOVED: 8 });
    expect(sent('CreateTags').length).toBeLessThan(8);
  });

  it('with the second look keeps the batch waiting, not the whole target from its end', async () => {
    // The first two listings are the discovery's, of all and of public ones; the SDK tries three times.
    await open({
      faults: [{ operation: 'DescribeSnapshots', answer: 'error', calls: { from: 3, to: 8 } }],
    });
    expect(tally((await sweep.run('mine')).removals)).toEqual({ REMOVED: 8 });
  });

  it('with the look for the marker neither ends the target nor removes unseen', async () => {
    await open();
    actBefore('CreateTags', () =>
      sweep.simulation.setFaults([
        { operation: 'DescribeSnapshots', answer: 'deny', calls: { from: 1, to: 1 } },
      ]),
    );
    expect(tally((await sweep.run('mine')).removals)).toEqual({ REMOVED: 8 });
  });

  it('that does not pass ends as FAILED, with the code, after six tries', async () => {
    await open({ faults: [{ operation: 'DeleteSnapshot', answer: 'error' }] });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'FAILED RETRIES_EXHAUSTED': 8 });
    expect(removals[0]?.failure).toMatchObject({ code: 'InternalError' });
    expect(sent('DeleteSnapshot')).toHaveLength(6 * 8);
    expectLookBeforeEveryDelete();
  });

  it('that ends in looks which fail is FAILED, not untried: it was requested once', async () => {
    await open({
      faults: [{ operation: 'DeleteSnapshot', answer: 'error', calls: { from: 1, to: 8 } }],
    });
    actBefore(
      'DeleteSnapshot',
      () =>
        sweep.simulation.setFaults([
          { operation: 'DeleteSnapshot', answer: 'error' },
          { operation: 'DescribeVolumes', answer: 'deny' },
        ]),
      8,
    );
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'FAILED REFERENCES_INCOMPLETE': 8 });
    expect(sent('DeleteSnapshot')).toHaveLength(8);
  });

  it('with an answer that is lost: the removal was carried out, and is not requested again', async () => {
    await open({
      faults: [{ operation: 'DeleteSnapshot', answer: 'truncate', calls: { from: 1, to: 3 } }],
    });
    const ended = await sweep.run('mine');
    expect(tally(ended.removals)).toEqual({ 'REMOVED ANSWER_LOST': 3, REMOVED: 5 });
    expect(sent('DeleteSnapshot')).toHaveLength(8);
    const lost = outcomeOf(ended, sent('DeleteSnapshot').map(idOf)[0]);
    expect(lost).toMatchObject({
      outcome: 'REMOVED',
      failure: { operation: 'ec2:DeleteSnapshot' },
    });
    expect(ended.summary?.status).toBe('COMPLETE');
  });

  it('with every answer lost to the last: what is gone is never called FAILED', async () => {
    await open({ faults: [{ operation: 'DeleteSnapshot', answer: 'truncate' }] });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'REMOVED ANSWER_LOST': 8 });
    expect(sweep.gone()).toHaveLength(8);
  });

  it('six times, the last of them carried out: another look finds it gone', async () => {
    await open({
      // Only the last try of all eight is carried out, its answer lost as well.
      faults: [
        { operation: 'DeleteSnapshot', answer: 'error', calls: { from: 1, to: 40 } },
        { operation: 'DeleteSnapshot', answer: 'truncate' },
      ],
    });
    const { removals } = await sweep.run('mine');
    expect(sweep.gone()).toHaveLength(8);
    expect(tally(removals)).toEqual({ 'REMOVED ANSWER_LOST': 8 });
  });

  it('for longer than all invocations together: each has an end', async () => {
    await open({
      deps: (deps) => ({ ...deps, settings: { ...deps.settings, removalBudgetSeconds: 1 } }),
    });
    actBefore('DescribeImages', () =>
      sweep.simulation.setFaults([{ operation: 'DescribeVolumes', answer: 'html' }]),
    );
    expect(tally((await sweep.run('mine')).removals)).toEqual({
      'NOT_ATTEMPTED REFERENCES_INCOMPLETE': 8,
    });
  });

  /** Between two requests for one snapshot, a describe has asked for it. */
  function expectLookBeforeEveryDelete(): void {
    const looked = new Set<string>();
    for (const request of noted) {
      if (isSecondLook(request)) for (const id of filteredIds(request)) looked.add(id);
      if (request.operation !== 'DeleteSnapshot') continue;
      expect(looked).toContain(idOf(request));
      looked.delete(idOf(request));
    }
  }
});

describe('time', () => {
  it('the removals of a target are spread over several invocations where one is too short', async () => {
    await open({
      deps: (deps) => ({ ...deps, settings: { ...deps.settings, removalBudgetSeconds: 2 } }),
      scenario: steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 120, seed: 5 }),
    });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ REMOVED: removals.length });
    expect(new Set(sent('DeleteSnapshot').map(idOf)).size).toBe(sent('DeleteSnapshot').length);
  });

  it.each([0, 100, 300, 1500, 3500])(
    'an AWS that takes %d ms to answer: no removal is requested 15 s after its check',
    async (milliseconds) => {
      await open();
      let removing = false;
      sweep.simulation.onBeforeCall = ({ operation }) => {
        removing ||= operation === 'DescribeImages';
        if (removing) sweep.clock.advance(milliseconds);
      };
      const { removals } = await sweep.run('mine');
      let checkedAt = -Infinity;
      for (const request of noted) {
        if (isSecondLook(request)) checkedAt = request.at;
        if (request.operation !== 'DeleteSnapshot') continue;
        expect(request.at - checkedAt).toBeLessThanOrEqual(12_000);
      }
      const outcomes = tally(removals);
      // As if one call waited for the other: even a second look at one snapshot takes too long then.
      expect(outcomes).toEqual(
        milliseconds < 1500 ? { REMOVED: 8 } : { 'NOT_ATTEMPTED CHECK_TOO_OLD': 8 },
      );
      // Nor is anything marked on a look that is too old.
      if (milliseconds === 3500) expect(sent('CreateTags')).toEqual([]);
    },
  );
});

describe('nothing is removed on half a look', () => {
  it('a marker that never shows: NOT_ATTEMPTED, no DeleteSnapshot is sent', async () => {
    await open({ scenario: withEstates(TINY, () => ({ tagSnapshot: () => undefined })) });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED MARKER_NOT_SEEN': 8 });
    expect(sent('DeleteSnapshot')).toEqual([]);
    expect(sweep.gone()).toEqual([]);
  });

  it.each(['DescribeVolumes', 'DescribeImages'])(
    'a second look whose %s fails: NOT_ATTEMPTED, with the error, nothing marked',
    async (operation) => {
      await open({ faults: [{ operation, answer: 'deny', calls: { from: 2, to: 999 } }] });
      const { removals } = await sweep.run('mine');
      expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED REFERENCES_INCOMPLETE': 8 });
      expect(removals[0]?.failure).toMatchObject({
        code: 'UnauthorizedOperation',
        operation: `ec2:${operation}`,
      });
      expect([...sent('CreateTags'), ...sent('DeleteSnapshot')]).toEqual([]);
    },
  );

  it('a second look that is denied: the whole target is NOT_ATTEMPTED, with the error', async () => {
    await open({
      faults: [{ operation: 'DescribeSnapshots', answer: 'deny', calls: { from: 3, to: 999 } }],
    });
    const { removals } = await sweep.run('mine');
    expect(tally(removals)).toEqual({ 'NOT_ATTEMPTED TARGET_FAILED': 8 });
    expect(removals[0]?.failure).toMatchObject({
      code: 'UnauthorizedOperation',
      operation: 'ec2:DescribeSnapshots',
    });
    expect([...sent('CreateTags'), ...sent('DeleteSnapshot')]).toEqual([]);
  });

  it('one that is gone when the batch is marked does not spoil the rest', async () => {
    await open();
    actBefore('CreateTags', async () => {
      sweep.estates[0]?.deleteSnapshot((await plannedIds())[2] ?? '');
    });
    const ended = await sweep.run('mine');
    expect(tally(ended.removals)).toEqual({ REMOVED: 7, ALREADY_GONE: 1 });
    expect(outcomeOf(ended, (await plannedIds())[2])?.outcome).toBe('ALREADY_GONE');
  });
});

describe('a plan that is changed between Plan and the removals', () => {
  type Json = Record<string, unknown> & { removals: unknown[] };
  it.each<[string, (plan: Json) => Json]>([
    [
      'with one more removal',
      (plan) => ({ ...plan, removals: [...plan.removals, plan.removals[0]] }),
    ],
    ['with no removals', (plan) => ({ ...plan, removals: [] })],
    [
      'with a policy that protects nothing',
      (plan) => ({ ...plan, policy: { ...(plan['policy'] as object), protectTags: [] } }),
    ],
    ['to have nothing to do', (plan) => ({ ...plan, status: 'EMPTY', removals: [] })],
    [
      'into one of another digest',
      (plan) => redigested({ ...plan, removals: plan.removals.slice(1) }),
    ],
  ])('%s: nothing is removed, and the execution is not complete', async (_how, change) => {
    await open();
    const { writeLines } = sweep.store;
    sweep.store.writeLines = async (key, lines) => {
      await writeLines(key, lines);
      if (key !== keysOf('mine').removalTargets) return;
      const planKey = keysOf('mine').plan;
      const plan = JSON.parse(withoutSeal((await sweep.store.get(planKey))?.body ?? '')) as Json;
      // By somebody who has the seal, too: the digest in the machine's state has to be enough.
      const seal = (await sweep.sealOf('mine'))!;
      await sweep.store.put(planKey, sealed(seal, planKey, bodyOf(change(plan))));
    };
    const { summary, error, published } = await sweep.run('mine');
    expect([...sent('CreateTags'), ...sent('DeleteSnapshot')]).toEqual([]);
    expect([summary?.status, error]).toEqual(['FAILED', 'ExecutionFailed']);
    expect(summary?.failure?.error).toBe('PlanTampered');
    expect(published?.Subject).toContain('PlanTampered');
  });
});

/** A plan that fits its digest, but not the one that Plan handed on. */
function redigested(plan: object): { removals: unknown[] } & Record<string, unknown> {
  const { digest: _digest, ...rest } = Plan.parse(plan);
  return { ...rest, digest: planDigest(rest) };
}

/** The first read of a check: snapshots by id, without the marker. */
function isSecondLook({ operation, input }: NotedRequest): boolean {
  const filters = (input['Filters'] ?? []) as { Name: string }[];
  return (
    operation === 'DescribeSnapshots' && filters.map(({ Name }) => Name).join() === 'snapshot-id'
  );
}

function filteredIds({ input }: NotedRequest): readonly string[] {
  const [filter] = input['Filters'] as { Values: string[] }[];
  return filter?.Values ?? [];
}
