import { z } from 'zod';

/** The places that could name an AMI, in the order they are told of. */
export const ReferenceName = z.enum(['instances']);
export type ReferenceName = z.infer<typeof ReferenceName>;

/** Why an AMI is kept that something names from there. */
export const REASON_BY_REFERENCE: Readonly<Record<ReferenceName, string>> = {
  instances: 'USED_BY_INSTANCE',
};
