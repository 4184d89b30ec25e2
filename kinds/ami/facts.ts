import { z } from 'zod';
import { AccountId, Timestamp } from '../../core/model/ids.ts';
import { ReferenceName } from './sources/names.ts';

export const KIND = 'ami';

/** Who names the AMI, by where that was seen: instance ids, launch template versions, … */
const UsedBy = z.partialRecord(ReferenceName, z.array(z.string()));
export type UsedBy = z.infer<typeof UsedBy>;

/** All that is needed to decide about one AMI. */
export const Ami = z.strictObject({
  imageId: z.string().min(1),
  ownerId: AccountId,
  name: z.string(),
  createdAt: Timestamp.nullable(),
  tags: z.record(z.string(), z.string()),
  usedBy: UsedBy,
  /** References that couldn't be listed to their end; nothing of them is in these facts. */
  incompleteReferences: z.array(ReferenceName),
  /** References that the policy switched off. */
  notLookedAt: z.array(ReferenceName),
});
export type Ami = z.infer<typeof Ami>;
