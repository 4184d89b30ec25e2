import { KINDS } from '../../kinds/registry.ts';
import { STSClient } from '@aws-sdk/client-sts';
import { makeCallerProof } from '../../aws/sessions/caller-proof.ts';
import { systemClock } from '../../clock/clock.ts';
import { claimOf, decide } from '../../functions/decide-approval.ts';
import { type Simulation, startSimulation } from '../../simulation/server.ts';
import { findApproval } from '../../steps/approve/approval-record.ts';
import type { DecisionToMake } from '../../steps/approve/decide-approval.ts';
import { keysOf } from '../../store/keys.ts';
import { requestApproval } from '../../steps/approve/request-approval.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { bodyOf } from '../../store/stored-json.ts';
import { everySeal } from '../support/stores/every-seal.ts';
import { makeMemoryStore } from '../support/stores/memory-store.ts';
import { TINY } from '../support/removal-sweep.ts';
import { planToApprove } from '../support/summaries/summaries.ts';

const plan = planToApprove();
const { executionId, digest: planDigest } = plan;
const yes: DecisionToMake = { executionId, planDigest, decision: 'APPROVED' };

const machineOf = (name: string) => `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;
const MACHINE = machineOf('orgsweep');

let simulation: Simulation;
let hubAccountId: string;
beforeAll(async () => {
  const organization = TINY.build(new Date());
  hubAccountId = organization.hubAccountId;
  simulation = await startSimulation({ organization, clock: systemClock, seed: 1, faults: [] });
});
afterAll(async () => simulation.close());

const stsOf = (secret?: string) =>
  new STSClient({
    region: 'eu-west-1',
    endpoint: simulation.endpoint,
    credentials: {
      accessKeyId: simulation.credentials.accessKeyId,
      secretAccessKey: secret ?? simulation.credentials.secretAccessKey,
    },
  });

/** The deployed function, and an execution that waits for it. */
async function place(accountIds = [hubAccountId], stateMachineArn = MACHINE) {
  const store = makeMemoryStore();
  const told: string[] = [];
  const callbacks = {
    succeed: async (token: string) => told.push(`yes ${token}`) > 0,
    fail: async (token: string) => told.push(`no ${token}`) > 0,
  };
  const fenced = fencedStore(store, await everySeal(executionId), executionId);
  await fenced.put(keysOf(executionId).plan, bodyOf(plan));
  await requestApproval(
    {
      ...{ store, clock: systemClock, kinds: KINDS, approvalOptions: '' },
      notify: async () => undefined,
    },
    { executionId, planDigest, taskToken: 'token', timeoutSeconds: 60 },
  );
  const call = decide({
    store,
    clock: systemClock,
    sealOf: everySeal,
    callbacks,
    sts: stsOf(),
    accountIds,
    stateMachineArn,
  });
  const standing = async () => findApproval(fenced, executionId);
  return { call, told, standing };
}

const proofFor = async (asked: DecisionToMake, secret?: string, machine = MACHINE) =>
  makeCallerProof(stsOf(secret), claimOf(asked, machine));

it('takes a decision from whoever signed it, and lets the machine go on', async () => {
  const { call, told, standing } = await place();
  const arn = `arn:aws:iam::${hubAccountId}:user/orgsweep`;
  const answer = await call({ ...yes, proof: await proofFor(yes) });
  expect(answer).toMatchObject({ holds: true, decision: 'APPROVED', by: arn });
  expect(await standing()).toMatchObject({ by: { caller: arn, verified: true }, planDigest });
  expect(told).toEqual(['yes token']);
  expect(JSON.stringify(answer)).not.toContain('token');
});

it.each([
  ['the other decision', { ...yes, decision: 'REJECTED' as const }],
  ['another execution', { ...yes, executionId: 'weekly-2' }],
  ['another plan', { ...yes, planDigest: 'f'.repeat(64) }],
])('takes no signature over %s', async (_, signed) => {
  const { call, told, standing } = await place();
  await expect(call({ ...yes, proof: await proofFor(signed) })).rejects.toMatchObject({
    name: 'ProofRefused',
    message: expect.stringContaining('SignatureDoesNotMatch'),
  });
  expect({ told, standing: await standing() }).toEqual({ told: [], standing: undefined });
});

it('takes no signature for another hub, whose plan and execution are called the same', async () => {
  const signed = await proofFor(yes, undefined, machineOf('other'));
  const other = await place([hubAccountId], machineOf('other'));
  const own = await place();
  await expect(own.call({ ...yes, proof: signed })).rejects.toMatchObject({
    name: 'ProofRefused',
    message: expect.stringContaining(`x-orgsweep-state-machine: ${MACHINE}`),
  });
  expect({ told: own.told, standing: await own.standing() }).toEqual({ told: [] });
  expect(await other.call({ ...yes, proof: signed })).toMatchObject({ holds: true });
});

it('takes no signature that names no hub at all', async () => {
  const { call, standing } = await place();
  const { 'x-orgsweep-state-machine': _, ...claim } = claimOf(yes, MACHINE);
  const proof = await makeCallerProof(stsOf(), claim);
  await expect(call({ ...yes, proof })).rejects.toMatchObject({
    name: 'ProofRefused',
    message: expect.stringContaining('x-orgsweep-state-machine'),
  });
  expect(await standing()).toBeUndefined();
});

it('takes no signature that somebody made up', async () => {
  const { call, standing } = await place();
  const forged = await proofFor(yes, 'guessed');
  await expect(call({ ...yes, proof: forged })).rejects.toMatchObject({ name: 'ProofRefused' });
  expect(await standing()).toBeUndefined();
});

it("takes a decision from its own hub's account alone", async () => {
  const { call, standing } = await place(['999999999999']);
  await expect(call({ ...yes, proof: await proofFor(yes) })).rejects.toMatchObject({
    name: 'ProofRefused',
    message: expect.stringContaining(`"${hubAccountId}" – accepted: 999999999999`),
  });
  expect(await standing()).toBeUndefined();
});

it.each([
  [{ ...yes, proof: {} }, 'decision.proof.authorization: missing'],
  [{ ...yes, decision: 'EXPIRED' }, 'decision.decision: "EXPIRED" – accepted: "APPROVED"'],
  [{ ...yes, by: 'ada' }, 'decision.by: unknown key'],
])('refuses in words what is no decision: %#', async (event, words) => {
  const { call } = await place();
  const given = { proof: await proofFor(yes), ...event };
  await expect(call(given)).rejects.toMatchObject({
    name: 'InvalidInput',
    message: expect.stringContaining(words),
  });
});
