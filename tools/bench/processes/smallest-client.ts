// A process of its own: the least that anybody's client could do, to compare with. The SDK's own
// clients as they come, three listings a target, and a count of the snapshots that neither a volume
// nor an AMI has; it writes nothing. Its argument is the accounts.
import {
  EC2Client,
  paginateDescribeImages,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { cpuSeconds } from './cpu-seconds.ts';
import type { AccountToCount, SmallestFigures } from '../messages.ts';

const accounts = JSON.parse(process.argv[2] ?? '') as AccountToCount[];
const sts = new STSClient();
let snapshots = 0;
let unused = 0;

for (const { roleArn, regions } of accounts) {
  const credentials = roleArn === null ? {} : await credentialsOf(roleArn);
  const clients = regions.map((region) => new EC2Client({ region, ...credentials }));
  await Promise.all(clients.map(countIn));
}
process.send?.(
  {
    cpuSeconds: cpuSeconds(),
    peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
    snapshots,
    unused,
  } satisfies SmallestFigures,
  () => process.disconnect(),
);

async function credentialsOf(roleArn: string) {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'smallest' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    },
  };
}

async function countIn(client: EC2Client): Promise<void> {
  const volumes = new Set<string | undefined>();
  for await (const { Volumes = [] } of paginateDescribeVolumes({ client }, { MaxResults: 500 }))
    for (const { VolumeId } of Volumes) volumes.add(VolumeId);
  const ofImages = new Set<string | undefined>();
  const owned = { Owners: ['self'], MaxResults: 1000 };
  for await (const { Images = [] } of paginateDescribeImages({ client }, owned))
    for (const { BlockDeviceMappings = [] } of Images)
      for (const { Ebs } of BlockDeviceMappings) ofImages.add(Ebs?.SnapshotId);
  const own = { OwnerIds: ['self'], MaxResults: 1000 };
  for await (const { Snapshots = [] } of paginateDescribeSnapshots({ client }, own))
    for (const { SnapshotId, VolumeId } of Snapshots) {
      snapshots += 1;
      if (!volumes.has(VolumeId) && !ofImages.has(SnapshotId)) unused += 1;
    }
}
