import { paginateListImagesInRecycleBin } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import type { Asked, Referrer, Source } from './source.ts';

/**
 * Deregistered AMIs that can still be restored, but not without their snapshots, which EC2 doesn't
 * protect. It doesn't say either which those are: only the description that CreateImage gives its
 * snapshots names the AMI.
 * https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin-factors.html
 */
export const amisInRecycleBin: Source = {
  name: 'amis-in-recycle-bin',
  skippable: true,
  readFor: 'all',
  isRecycleBin: true,
  crossesAccounts: false,
  cost: '1 call per 1,000 AMIs in the bin',
  awsRefuses: "no: the AMI can't be restored any more",
  iam: ['ec2:ListImagesInRecycleBin'],
  list: listAmisInBin,
};

const AMI_ID = /\bami-[0-9a-f]+\b/g;

async function* listAmisInBin({ look, snapshots }: Asked): AsyncGenerator<Referrer> {
  const pages = paginateListImagesInRecycleBin({ client: look.clients.ec2 }, { MaxResults: 1000 });
  const operation = 'ec2:ListImagesInRecycleBin';
  const inBin = new Map<string, string[]>();
  for await (const image of itemsOfPages(operation, pages, (page) => page.Images)) {
    inBin.set(idOf(image.ImageId, operation), []);
  }
  if (inBin.size === 0) return;
  for (const { snapshotId, description } of snapshots.values()) {
    for (const amiId of new Set(description.match(AMI_ID))) inBin.get(amiId)?.push(snapshotId);
  }
  for (const [by, snapshotIds] of inBin) yield { by, snapshotIds };
}
