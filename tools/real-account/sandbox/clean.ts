import {
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DeregisterImageCommand,
  paginateDescribeImages,
  UnlockSnapshotCommand,
} from '@aws-sdk/client-ec2';
import { DeleteBucketCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import { ListRulesCommand } from '../../../aws/sessions/rbin-client.ts';
import { answeredInWords } from '../../../core/outcome/answered.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { filterOn } from '../../../kinds/listings/filter.ts';
import { listVolumes } from '../../../kinds/listings/volumes.ts';
import { OURS } from './made.ts';
import { deleteRule } from './rbin-writes.ts';
import type { Sandbox, Writing } from './sandbox.ts';
import { bucketNameIn, PROBE_KEYS } from './bucket.ts';

/** Of the rule; rules are found by it, as a tag would need one more permission. */
export const RULE_DESCRIPTION = 'made by npm run real-account';

const OWN_TAG = [filterOn(`tag:${OURS.Key}`, [OURS.Value])];
const Rules = z.object({
  Rules: z.array(z.object({ Identifier: z.string(), Description: z.string().nullish() })),
});

type Cleaning = Pick<Sandbox, 'reading' | 'accountId' | 'region'>;

/**
 * Removes all that the script ever made in this account and Region: what has its tag, its
 * description or its name, and nothing else. The rule goes first, so that nothing that follows gets
 * into the Recycle Bin.
 *
 * @returns what is still there, or couldn't be looked for, and why; empty: all is gone
 */
export async function clean(
  { reading, accountId, region }: Cleaning,
  { clients, s3 }: Pick<Writing, 'clients' | 's3'>,
): Promise<string[]> {
  const left: string[] = [];
  const trying = async (what: string, act: () => Promise<unknown>, gone?: RegExp) => {
    try {
      await act();
    } catch (error) {
      const failure = toAwsFailure(error);
      if (gone?.test(failure.code) !== true) left.push(`${what}: ${answeredInWords(failure)}`);
    }
  };

  await trying('Recycle Bin rules', async () => {
    const { body } = await reading.rbin.send(
      new ListRulesCommand({ ResourceType: 'EBS_SNAPSHOT', MaxResults: 1000 }),
    );
    for (const { Identifier, Description } of Rules.parse(body).Rules) {
      if (Description !== RULE_DESCRIPTION) continue;
      await trying(`rule ${Identifier}`, async () => deleteRule(clients, Identifier));
    }
  });
  await trying('AMIs', async () => {
    const pages = paginateDescribeImages(
      { client: reading.ec2 },
      { Owners: ['self'], IncludeDisabled: true, MaxResults: 1000 },
    );
    for await (const image of itemsOfPages('ec2:DescribeImages', pages, (page) => page.Images)) {
      if (image.Tags?.some(({ Key }) => Key === OURS.Key) !== true) continue;
      const ImageId = idOf(image.ImageId, 'ec2:DescribeImages');
      const act = async () => clients.ec2.send(new DeregisterImageCommand({ ImageId }));
      await trying(`AMI ${ImageId}`, act, /\.(NotFound|Unavailable)$/);
    }
  });
  await trying('snapshots', async () => {
    for await (const { snapshotId } of listSnapshots(reading.ec2, accountId, OWN_TAG)) {
      const SnapshotId = snapshotId;
      // EC2 refuses it for one that isn't locked, and then there is nothing to undo.
      await clients.ec2.send(new UnlockSnapshotCommand({ SnapshotId })).catch(() => undefined);
      const act = async () => clients.ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
      await trying(`snapshot ${SnapshotId}`, act, /\.NotFound$/);
    }
  });
  await trying('volumes', async () => {
    for await (const { VolumeId } of listVolumes(reading.ec2, OWN_TAG)) {
      const act = async () => clients.ec2.send(new DeleteVolumeCommand({ VolumeId }));
      await trying(`volume ${VolumeId}`, act, /\.NotFound$/);
    }
  });
  const Bucket = bucketNameIn(accountId, region);
  const owned = { Bucket, ExpectedBucketOwner: accountId };
  await trying(
    `bucket ${Bucket}`,
    async () => {
      for (const Key of PROBE_KEYS) await s3.send(new DeleteObjectCommand({ ...owned, Key }));
      await s3.send(new DeleteBucketCommand(owned));
    },
    /^NoSuchBucket$/,
  );
  return left;
}
