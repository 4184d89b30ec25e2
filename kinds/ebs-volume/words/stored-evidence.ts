import { z } from 'zod';
import { Observations } from '../../../core/model/verdict.ts';
import { STORED_TAGS } from '../../tags/tag-phrases.ts';
import { Lack } from '../copies.ts';
import { AnswerOfMetrics } from '../facts.ts';

const Strings = z.array(z.string());

const Attachment = z.object({
  instanceId: z.string().nullish(),
  associatedResource: z.string().nullish(),
  state: z.string().optional(),
});

const Copy = z.object({
  snapshotId: z.string(),
  startedAt: z.string().nullable(),
  isFinal: z.literal(true).optional(),
  lack: Lack.optional(),
});

/**
 * A volume's evidence as a finding may hold it, of this version or an older one: a field that is
 * missing, or that nobody can read, is undefined, and nothing is said of it.
 */
export const StoredEvidence = z.object({
  state: z.string().optional().catch(undefined),
  attachments: z.array(Attachment).catch([]),
  metrics: AnswerOfMetrics.optional().catch(undefined),
  observed: Observations.catch({}),
  usedBy: z.record(z.string(), Strings).catch({}),
  rootReplacements: z.array(z.object({ instanceId: z.string() })).catch([]),
  type: z.string().optional().catch(undefined),
  iops: z.number().optional().catch(undefined),
  throughputMiBps: z.number().optional().catch(undefined),
  managedBy: z.string().optional().catch(undefined),
  encrypted: z.boolean().optional().catch(undefined),
  snapshotId: z.string().optional().catch(undefined),
  sourceVolumeId: z.string().optional().catch(undefined),
  availabilityZone: z.string().nullish().catch(undefined),
  outpostArn: z.string().optional().catch(undefined),
  copies: z.array(Copy).optional().catch(undefined),
  copiesNotTold: z.number().optional().catch(undefined),
  unanswered: Strings.catch([]),
  incompleteReferences: Strings.catch([]),
  ...STORED_TAGS,
});
export type StoredEvidence = z.infer<typeof StoredEvidence>;
