import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { countCalls } from '../../../functions/runtime/call-count.ts';

it('counts the calls of one invocation, by clients it opened and by those it found', async () => {
  const hub: Record<string, number> = { 'sts:AssumeRole': 3 };
  const spoke: Record<string, number> = {};
  const calls = countCalls();
  calls.keep(hub);
  const sessions = calls.watch({ open: async () => ({ calls: spoke }) as unknown as SpokeClients });

  calls.begin();
  await sessions.open('111122223333', 'eu-west-1', 'discover');
  hub['sts:AssumeRole'] = 4;
  spoke['ec2:DescribeVolumes'] = 2;
  expect(calls.total()).toBe(3);

  calls.begin();
  spoke['ec2:DescribeVolumes'] = 9;
  expect(calls.total()).toBe(0);
});
