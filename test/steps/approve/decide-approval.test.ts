import { KINDS } from '../../../kinds/registry.ts';
import type { ApprovalRecord } from '../../../core/plan/approval.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { Message } from '../../../report/message/text.ts';
import { findApproval, recordApproval } from '../../../steps/approve/approval-record.ts';
import {
  decideApproval,
  type DecisionToMake,
  type TaskCallbacks,
} from '../../../steps/approve/decide-approval.ts';
import { keysOf } from '../../../store/keys.ts';
import { requestApproval } from '../../../steps/approve/request-approval.ts';
import { fencedStore } from '../../../store/fenced-store.ts';
import { bodyOf } from '../../../store/stored-json.ts';
import { aPolicy, aRemoval, KIND, NOW, someLimits } from '../../support/summaries/builders.ts';
import { everySeal } from '../../support/stores/every-seal.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const TOKEN = 'AAAAtoken-that-nobody-else-may-know';
const planOf = (executionId: string, approval: 'none' | 'required' = 'required') =>
  makePlan({
    ...{ executionId, mode: 'delete', approval, now: NOW, namedPlan: null, kinds: [KIND] },
    ...{ policy: aPolicy(), policies: {}, outcomes: [], limits: someLimits() },
    targets: [{ removals: [aRemoval()], held: [] }],
  });
const plan = planOf('e-1');
const ada = { caller: 'arn:aws:sts::111122223333:assumed-role/approver/ada', verified: true };
const bob = { caller: 'arn:aws:sts::111122223333:assumed-role/approver/bob', verified: true };
const yes: DecisionToMake = {
  executionId: 'e-1',
  planDigest: plan.digest,
  decision: 'APPROVED',
};
const no: DecisionToMake = { ...yes, decision: 'REJECTED' };

async function place(options: { heard?: boolean; stored?: unknown } = {}) {
  const plain = makeMemoryStore();
  const store = fencedStore(plain, await everySeal('e-1'), 'e-1');
  const clock = makeManualClock(NOW);
  const sent: unknown[] = [];
  const published: Message[] = [];
  const callbacks: TaskCallbacks = {
    succeed: async (token, output) => {
      sent.push(['succeed', token, output]);
      return options.heard ?? true;
    },
    fail: async (token, error) => {
      sent.push(['fail', token, error]);
      return options.heard ?? true;
    },
  };
  await store.put(keysOf('e-1').plan, bodyOf(options.stored ?? plan));
  const deps = { store: plain, clock, sealOf: everySeal, callbacks };
  const ask = async (
    taskToken = TOKEN,
    notify = async (message: Message) => void published.push(message),
  ) =>
    requestApproval(
      { store: plain, clock, kinds: KINDS, notify, approvalOptions: '' },
      { executionId: 'e-1', planDigest: plan.digest, taskToken, timeoutSeconds: 60 },
    );
  const request = async () =>
    JSON.parse((await store.get(keysOf('e-1').approvalRequest))?.body ?? '{}') as Record<
      string,
      unknown
    >;
  return { ...deps, store, deps, sent, published, ask, request };
}

describe('asking', () => {
  it('keeps the token in the store, and tells nobody', async () => {
    const { ask, published, request } = await place();
    expect(await ask()).toEqual({ published: true });
    expect(await request()).toMatchObject({
      taskToken: TOKEN,
      expiresAt: new Date(NOW.getTime() + 60_000).toISOString(),
    });
    expect(published).toHaveLength(1);
    expect(JSON.stringify(published)).not.toContain(TOKEN);
    expect(published[0]?.body).toContain(plan.digest);
  });

  it('is done once people are told, whatever becomes of the note of it: nobody is asked again', async () => {
    const { deps } = await place();
    const published: Message[] = [];
    let isTold = false;
    const throttled = Object.assign(new Error('SlowDown'), { name: 'Throttled' });
    const broken: typeof deps.store = {
      ...deps.store,
      put: async (...args) => {
        if (isTold) throw throttled;
        return deps.store.put(...args);
      },
    };
    const notify = async (message: Message) => {
      published.push(message);
      isTold = true;
    };
    const asked = requestApproval(
      { store: broken, clock: deps.clock, kinds: KINDS, notify, approvalOptions: '' },
      { executionId: 'e-1', planDigest: plan.digest, taskToken: TOKEN, timeoutSeconds: 60 },
    );
    expect(await asked).toEqual({ published: true });
    expect(published).toHaveLength(1);
  });

  it('asks once, and keeps the newest token: a Task that is tried again has another', async () => {
    const { ask, published, request } = await place();
    await ask();
    expect(await ask('newer')).toEqual({ published: false });
    expect(published).toHaveLength(1);
    expect(await request()).toMatchObject({ taskToken: 'newer' });
  });

  it('asks again where nobody is known to have been told', async () => {
    const { ask, published, request } = await place();
    await expect(
      ask(TOKEN, async () => Promise.reject(new Error('SNS is away'))),
    ).rejects.toThrow();
    expect(await ask('newer')).toEqual({ published: true });
    expect(published).toHaveLength(1);
    expect(await request()).toMatchObject({ taskToken: 'newer' });
  });

  it.each([
    ['another plan', { ...planOf('e-1'), createdAt: '2020-01-01T00:00:00.000Z' }],
    ['a plan that needs nobody', planOf('e-1', 'none')],
    ["another execution's plan", planOf('e-2')],
  ])('does not ask about %s', async (_, stored) => {
    const { ask, published } = await place({ stored });
    await expect(ask()).rejects.toMatchObject({ name: 'PlanTampered' });
    expect(published).toEqual([]);
  });
});

describe('deciding', () => {
  it('writes down who, on what and when, and then lets the machine go on', async () => {
    const { deps, store, ask, sent } = await place();
    await ask();
    const answer = await decideApproval(deps, ada, yes);
    expect(answer).toMatchObject({ holds: true, decision: 'APPROVED', by: ada.caller });
    expect(await findApproval(store, 'e-1')).toEqual({
      ...{ schemaVersion: 1, executionId: 'e-1', planDigest: plan.digest },
      ...{ decision: 'APPROVED', by: ada, at: NOW.toISOString() },
    });
    expect(sent).toEqual([['succeed', TOKEN, expect.objectContaining({ by: ada.caller })]]);
    expect(JSON.stringify([answer, await findApproval(store, 'e-1')])).not.toContain(TOKEN);
  });

  it('ends the wait with an error of its own where the answer is no', async () => {
    const { deps, ask, sent } = await place();
    await ask();
    await decideApproval(deps, ada, no);
    expect(sent).toEqual([['fail', TOKEN, expect.objectContaining({ name: 'ApprovalRejected' })]]);
  });

  it('lets the first decision stand, and says whose it was', async () => {
    const { deps, store, clock, ask, sent } = await place();
    await ask();
    await decideApproval(deps, ada, no);
    clock.advance(60_000);
    expect(await decideApproval(deps, bob, yes)).toMatchObject({
      holds: false,
      decision: 'REJECTED',
      by: ada.caller,
      message: expect.stringContaining(`REJECTED already, by ${ada.caller}`),
    });
    expect(await findApproval(store, 'e-1')).toMatchObject({ decision: 'REJECTED', by: ada });
    expect(sent).toHaveLength(1);
  });

  it('answers the same decision again with the one that stands, and tells the machine again', async () => {
    const { deps, ask, sent, clock } = await place();
    await ask();
    const dies = {
      ...deps,
      callbacks: { ...deps.callbacks, succeed: async () => Promise.reject(new Error('died')) },
    };
    await expect(decideApproval(dies, ada, yes)).rejects.toThrow('died');
    await ask('newer');
    clock.advance(60_000);
    expect(await decideApproval(deps, bob, yes)).toMatchObject({
      ...{ holds: true, by: ada.caller, at: NOW.toISOString() },
    });
    expect(sent).toEqual([['succeed', 'newer', expect.objectContaining({ by: ada.caller })]]);
  });

  it('says where nobody waits any more', async () => {
    const { deps, ask } = await place({ heard: false });
    await ask();
    const { holds, message } = await decideApproval(deps, ada, yes);
    expect({ holds, message }).toEqual({
      holds: true,
      message: expect.stringMatching(
        /, but it does not wait any more: orgsweep watch tells how it goes on/,
      ),
    });
  });

  it('comes too late once the wait has expired', async () => {
    const { deps, store, ask, sent } = await place();
    await ask();
    const expired: ApprovalRecord = {
      ...{ schemaVersion: 1, executionId: 'e-1', planDigest: plan.digest },
      ...{ decision: 'EXPIRED', by: null, at: NOW.toISOString() },
    };
    await recordApproval(store, expired);
    expect(await decideApproval(deps, ada, yes)).toMatchObject({
      ...{ holds: false, decision: 'EXPIRED', by: null },
    });
    expect(sent).toEqual([]);
  });

  it('is of the very plan that waits', async () => {
    const { deps, store, ask, sent } = await place();
    await ask();
    await expect(
      decideApproval(deps, ada, { ...yes, planDigest: 'f'.repeat(64) }),
    ).rejects.toMatchObject({
      name: 'InvalidInput',
      message: `digest: "${'f'.repeat(64)}" – accepted: that of the plan which waits, ${plan.digest}`,
    });
    expect(await findApproval(store, 'e-1')).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('is refused where nobody was asked', async () => {
    const { deps, store } = await place();
    await expect(decideApproval(deps, ada, yes)).rejects.toMatchObject({
      name: 'InvalidInput',
      message:
        'EXECUTION_ID: "e-1" – accepted: an execution that waits for approval; it has not asked yet, or needs no approval',
    });
    expect(await findApproval(store, 'e-1')).toBeUndefined();
  });
});
