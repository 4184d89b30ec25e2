import type { SessionAsked, SpokeSessions } from '../../aws/sessions/spoke-session.ts';
import { makeHubClients } from '../../aws/sessions/aws-clients.ts';
import { assumeRole } from '../../aws/sessions/assume-role.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { RemovalSessions } from '../../steps/removal-sessions.ts';
import { fakeAws, stsError } from '../support/aws/fake-aws.ts';
import { madeUpKind, madeUpStep } from '../support/kinds/made-up-kind.ts';

const TARGET = { accountId: '111122223333', region: 'eu-west-1' };
const remove = [{ does: 'REMOVE', actions: ['x:Delete'], resource: 'x:*' }] as const;
const step = madeUpStep({
  fence: { by: 'EXACT_ARNS', says: 'It has no tags.', arnOf: ({ id }) => `x:::${id}` },
});
const kind = {
  ...madeUpKind(new Map(), { iam: { discover: [], remove, restore: [] } }),
  step,
} as unknown as KindInStep;
const batch = Array.from({ length: 9 }, (_, at) => ({ id: `thing-${at}` }));

/** STS answers so to what names more than these. */
function sessionsOf(most: number, code = 'PackedPolicyTooLarge') {
  const named: number[] = [];
  const aws = fakeAws(() => stsError(code, 'Packed size 112%'));
  const { sts } = makeHubClients({ ...aws.options, region: 'eu-west-1' });
  const open = async (...[, , , change]: SessionAsked) => {
    const { length } = change?.arns ?? [];
    named.push(length);
    if (length > most) await assumeRole(sts, { RoleArn: 'r', RoleSessionName: 's' });
    return { length } as never;
  };
  return { named, sessions: new RemovalSessions({ open } as SpokeSessions, TARGET) };
}

it('a batch that is too much for STS in its packed form is cut until it fits', async () => {
  const { named, sessions } = sessionsOf(3);
  expect(await sessions.openFor(kind, batch, (one) => one)).toEqual(batch.slice(0, 3));
  expect(named).toEqual([9, 5, 3]);
  expect(sessions.clientsOf(kind)).toEqual({ length: 3 });
});

it('what even one is too much for ends the work, as does any other refusal', async () => {
  await expect(sessionsOf(0).sessions.openFor(kind, batch, (one) => one)).rejects.toThrow(
    'Packed size 112%',
  );
  const { named, sessions } = sessionsOf(3, 'AccessDenied');
  await expect(sessions.openFor(kind, batch, (one) => one)).rejects.toThrow();
  expect(named).toEqual([9]);
});
