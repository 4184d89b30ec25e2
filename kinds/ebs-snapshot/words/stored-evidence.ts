import { z } from 'zod';
import { Billing } from '../../../core/model/billing.ts';
import { Lineage, OtherAccountUse, ResourceSet } from '../../../core/model/verdict.ts';
import { STORED_TAGS } from '../../tags/tag-phrases.ts';

const Strings = z.array(z.string());

const Attachment = z.object({
  instanceId: z.string().nullish(),
  associatedResource: z.string().nullish(),
  instanceState: z.string().nullish(),
});
export type Attachment = z.infer<typeof Attachment>;

/**
 * A snapshot's evidence as a finding may hold it, of this version or an older one: a field that is
 * missing, or that nobody can read, is undefined, and nothing is said of it. null is what was seen.
 */
export const StoredEvidence = z.object({
  volumeId: z.string().nullish().catch(undefined),
  volumeState: z.string().nullish().catch(undefined),
  attachments: z.array(Attachment).catch([]),
  usedBy: z.record(z.string(), Strings).catch({}),
  sharedWith: Strings.nullish().catch(undefined),
  productCodes: Strings.nullish().catch(undefined),
  lookedCloser: z.boolean().optional().catch(undefined),
  outpostArn: z.string().nullish().catch(undefined),
  state: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  storageTier: z.string().optional().catch(undefined),
  encrypted: z.boolean().optional().catch(undefined),
  transferType: z.string().nullish().catch(undefined),
  fullSizeGiB: z.number().nullish().catch(undefined),
  incompleteReferences: Strings.catch([]),
  originAmi: z.object({ amiId: z.string(), by: z.string() }).optional().catch(undefined),
  lineage: Lineage.optional().catch(undefined),
  set: ResourceSet.optional().catch(undefined),
  billing: Billing.optional().catch(undefined),
  ...STORED_TAGS,
  usedByOtherAccounts: z.array(OtherAccountUse).catch([]),
});
export type StoredEvidence = z.infer<typeof StoredEvidence>;
