import { DescribeAddressesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { brokenListing, idOf } from '../../aws/answers/pages.ts';
import type { Address } from './facts.ts';

const OPERATION = 'ec2:DescribeAddresses';

/**
 * The account's Elastic IP addresses in one Region. DescribeAddresses has no pages.
 *
 * @throws {BrokenListing} for an answer without its list: that is not "none"
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html
 */
export async function listAddresses(ec2: EC2Client): Promise<Address[]> {
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({}));
  if (Addresses === undefined) throw brokenListing(OPERATION, 'the answer came without its list');
  return Addresses.map(({ AllocationId, PublicIp, AssociationId, Tags = [] }) => ({
    allocationId: idOf(AllocationId, OPERATION),
    publicIp: PublicIp ?? '',
    associationId: AssociationId ?? null,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  }));
}
