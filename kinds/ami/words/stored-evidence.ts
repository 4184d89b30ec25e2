import { z } from 'zod';
import { OtherAccountUse } from '../../../core/model/verdict.ts';
import { STORED_TAGS } from '../../tags/tag-phrases.ts';

const Text = z.string().optional().catch(undefined);
const Strings = z.array(z.string());

/**
 * An AMI's evidence as a finding may hold it, of this version or an older one: a field that is missing,
 * or that nobody can read, is undefined, and nothing is said of it.
 */
export const StoredEvidence = z.object({
  name: Text,
  state: Text,
  lastLaunchedAt: z.string().nullish().catch(undefined),
  usedBy: z.record(z.string(), Strings).catch({}),
  usedByOtherAccounts: z.array(OtherAccountUse).catch([]),
  family: z.object({ id: z.string(), keep: z.int(), newer: z.int() }).optional().catch(undefined),
  familySize: z.int().optional().catch(undefined),
  newerOfFamily: Strings.catch([]),
  isPublic: z.boolean().optional().catch(undefined),
  sharedWith: Strings.nullish().catch(undefined),
  publicSsmParameter: Text,
  deregistrationProtection: Text,
  productCodes: Strings.catch([]),
  sourceImageId: Text,
  sourceImageRegion: Text,
  sourceInstanceId: Text,
  watermarks: z
    .array(z.object({ key: z.string(), sourceImageId: z.string().nullish().catch(undefined) }))
    .catch([]),
  deprecatedAt: Text,
  rootDeviceType: Text,
  virtualizationType: Text,
  architecture: Text,
  platform: Text,
  snapshots: Strings.catch([]),
  areSnapshotsListed: z.boolean().optional().catch(undefined),
  allowedAmis: z.string().nullish().catch(undefined),
  unanswered: Strings.catch([]),
  notOffered: Strings.catch([]),
  incompleteReferences: Strings.catch([]),
  ...STORED_TAGS,
});
export type StoredEvidence = z.infer<typeof StoredEvidence>;
