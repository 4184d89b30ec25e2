import type { Instance } from '@aws-sdk/client-ec2';
import { decides, type FieldsOf, type ListingFields } from '../../listing-fields.ts';

const INSTANCE = {
  ...decides('USED_BY_INSTANCE: which one, and its AMI', 'InstanceId', 'ImageId'),
  ...decides('whether it is there still', 'State'),
} satisfies Partial<FieldsOf<Instance>>;

/** What is made of each field of what may name an AMI. */
export const SOURCE_LISTINGS: readonly ListingFields[] = [
  { operation: 'ec2:DescribeInstances', fields: INSTANCE },
];
