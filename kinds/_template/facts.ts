import { z } from 'zod';

export const KIND = 'template';

/** All that is needed to decide about one Elastic IP address. */
export const Address = z.strictObject({
  allocationId: z.string().min(1),
  publicIp: z.string(),
  /** null: nothing has it. */
  associationId: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
});
export type Address = z.infer<typeof Address>;
