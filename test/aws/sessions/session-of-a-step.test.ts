import { CreateTagsCommand, DeleteSnapshotCommand } from '@aws-sdk/client-ec2';
import { makeSpokeSessions } from '../../../aws/sessions/spoke-session.ts';
import { type Granted, sessionActions } from '../../../kinds/grant.ts';
import {
  type Credentials,
  refusalOf,
  type Served,
  serve,
} from '../../support/organizations/served-organization.ts';
import { HUB, SPOKE, tinyId, tinySnapshot } from '../../support/organizations/tiny-organization.ts';

/** A kind of EC2's own, whose steps the deletion role may all take. */
const KIND: Granted = {
  kind: 'twice',
  iam: {
    discover: [],
    remove: [
      {
        ...{ does: 'REMOVE', actions: ['ec2:CreateTags'], resource: 'ec2:*::snapshot/*' },
        steps: ['archive'],
      },
      {
        ...{ does: 'REMOVE', actions: ['ec2:DeleteSnapshot'], resource: 'ec2:*::snapshot/*' },
        steps: ['delete', 'delete-by-name'],
      },
    ],
    restore: [],
  },
  managerTagKeys: [],
  removal: {
    steps: [
      { name: 'archive', fence: { by: 'MARKER' } },
      { name: 'delete', fence: { by: 'MARKER' } },
      { name: 'delete-by-name', fence: { by: 'EXACT_ARNS', arnOf: () => '' } },
    ],
  },
};
const [FIRST, SECOND] = [tinyId('snap', 1), tinyId('snap', 2)];
const MARKED = [{ Key: 'orgsweep:marked', Value: 'true' }];

let served: Served;
beforeEach(async () => {
  const tags = { 'orgsweep:marked': 'true' };
  const snapshots = [1, 2].map((number) => tinySnapshot(number, { tags }));
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: { snapshots } } });
});
afterEach(async () => served.close());

/** EC2 with the session's own credentials, past all that orgsweep's clients would keep from leaving. */
async function ec2Of(step: string, arns?: readonly string[]) {
  const sessions = makeSpokeSessions({
    sts: served.sts(),
    hubAccountId: HUB,
    partition: 'aws',
    roleNames: { remove: 'orgsweep-deletion' },
    ownAccount: 'DIRECTLY',
    executionId: 'x',
    actions: sessionActions([KIND]),
    now: () => served.clock.now(),
    clients: { endpoint: served.simulation.endpoint },
  });
  const change = { kind: KIND.kind, step, ...(arns && { arns }) };
  const { ec2 } = await sessions.open(SPOKE, 'eu-west-1', 'remove', change);
  return served.ec2((await ec2.config.credentials()) as Credentials);
}

const deletion = (SnapshotId: string) => new DeleteSnapshotCommand({ SnapshotId });
const tagging = new CreateTagsCommand({ Resources: [SECOND], Tags: MARKED });

test('the session that archives cannot delete, nor the one that deletes archive', async () => {
  const [archiving, deleting] = [await ec2Of('archive'), await ec2Of('delete')];
  await expect(archiving.send(tagging)).resolves.toBeDefined();
  const refusals = [refusalOf(archiving.send(deletion(FIRST))), refusalOf(deleting.send(tagging))];
  for (const refusal of refusals) {
    expect((await refusal).message).toContain('because no session policy allows the');
  }
  await expect(deleting.send(deletion(FIRST))).resolves.toBeDefined();
});

test('the session for exact ARNs deletes what it names, and nothing else', async () => {
  const deleting = await ec2Of('delete-by-name', [`ec2:eu-west-1::snapshot/${FIRST}`]);
  const refusal = await refusalOf(deleting.send(deletion(SECOND)));
  expect(refusal.message).toContain('because no session policy allows the ec2:DeleteSnapshot');
  await expect(deleting.send(deletion(FIRST))).resolves.toBeDefined();
});
