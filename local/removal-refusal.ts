import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { isLoopback } from '../adapters/loopback.ts';

/**
 * Why nothing can be removed at the endpoint this client goes to, in words; null when it can.
 * Until locks, sharing and the Recycle Bin are checked, removal is for loopback endpoints only.
 */
export async function removalRefusalOf(ec2: EC2Client): Promise<string | null> {
  const host = await hostOf(ec2);
  if (isLoopback(host)) return null;
  return `until snapshot locks, sharing and the Recycle Bin are checked, orgsweep removes only at a loopback endpoint, and EC2 is at ${host} here`;
}

/** The host that requests would go to, found out by making one and not sending it. */
async function hostOf(ec2: EC2Client): Promise<string> {
  const command = new DescribeRegionsCommand({});
  let host = '';
  command.middlewareStack.add(
    () => async (args) => {
      host = (args.request as { hostname: string }).hostname;
      return { output: { $metadata: {} }, response: undefined };
    },
    { step: 'build', name: 'orgsweepFindHost' },
  );
  await ec2.send(command);
  return host;
}
