import { operatorCredentials } from '../../../aws/sessions/operator-session.ts';
import { callerIdentity } from '../../../aws/sessions/spoke-session.ts';
import type { Served } from '../../support/organizations/served-organization.ts';
import { serve } from '../../support/organizations/served-organization.ts';
import { HUB } from '../../support/organizations/tiny-organization.ts';

const ROLE = `arn:aws:iam::${HUB}:role/hub/orgsweep-operator`;
const PERSON = {
  accountId: HUB,
  partition: 'aws',
  arn: `arn:aws:sts::${HUB}:assumed-role/AdminAccess/maria.gómez@example.com`,
};

let served: Served;
beforeAll(async () => {
  served = await serve({}, { hubRoleNames: ['orgsweep-operator'] });
});
afterAll(async () => served.close());

let later = 0;
const now = () => new Date(served.clock.now().getTime() + later);
const assumed = () => served.simulation.calls.total['sts:AssumeRole'] ?? 0;

it('assumes the operator role under a name that tells who did, once for all clients, and again before it ends', async () => {
  const provide = await operatorCredentials(served.sts(), PERSON, ROLE, now);
  expect(assumed()).toBe(1);
  if (typeof provide !== 'function') throw new Error('no provider');
  const first = await provide();
  expect(assumed()).toBe(1);
  expect(first).toMatchObject({ sessionToken: expect.any(String), expiration: expect.any(Date) });
  expect(await provide()).toEqual(first);
  later = 51 * 60_000;
  const second = await provide();
  expect(assumed()).toBe(2);
  expect(second.accessKeyId).not.toBe(first.accessKeyId);
  const { arn } = await callerIdentity(served.sts(second as never));
  expect(arn).toBe(
    `arn:aws:sts::${HUB}:assumed-role/orgsweep-operator/orgsweep-maria.g-mez@example.com`,
  );
});

it('leaves a session that has the role already as it is', async () => {
  const before = assumed();
  const arn = `arn:aws:sts::${HUB}:assumed-role/orgsweep-operator/maria`;
  expect(await operatorCredentials(served.sts(), { ...PERSON, arn }, ROLE, now)).toBeUndefined();
  expect(assumed()).toBe(before);
});

it.each([
  `arn:aws:sts::999999999999:assumed-role/orgsweep-operator/maria`,
  `arn:aws:sts::${HUB}:assumed-role/orgsweep-operator2/maria`,
])('does not take %s for the role', async (arn) => {
  expect(await operatorCredentials(served.sts(), { ...PERSON, arn }, ROLE, now)).toBeDefined();
});

it('throws RoleUnavailable where the caller may not', async () => {
  const role = `arn:aws:iam::${HUB}:role/another-operator`;
  await expect(operatorCredentials(served.sts(), PERSON, role, now)).rejects.toMatchObject({
    name: 'RoleUnavailable',
  });
});
