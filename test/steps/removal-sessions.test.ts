import type { SessionAsked, SpokeSessions } from '../../aws/sessions/spoke-session.ts';
import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
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
  const opened = await sessions.openFor(kind, batch, (one) => one);
  expect(opened).toEqual({ first: batch.slice(0, 3), never: [] });
  expect(named).toEqual([9, 5, 3]);
  expect(sessions.clientsOf(kind)).toEqual({ length: 3 });
});

it.each(['PackedPolicyTooLarge', 'MalformedPolicyDocument'])(
  'what STS refuses by itself (%s) is told as such, and keeps no other',
  async (code) => {
    const { named, sessions } = sessionsOf(0, code);
    expect(await sessions.openFor(kind, batch, (one) => one)).toMatchObject({
      ...{ first: [], never: batch.slice(0, 1) },
      failure: { code: expect.stringContaining(code) as string },
    });
    expect(named).toEqual([9, 5, 3, 2, 1]);
  },
);

it('any other refusal ends the work', async () => {
  const { named, sessions } = sessionsOf(3, 'AccessDenied');
  await expect(sessions.openFor(kind, batch, (one) => one)).rejects.toThrow();
  expect(named).toEqual([9]);
});
