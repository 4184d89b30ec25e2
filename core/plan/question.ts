import { z } from 'zod';
import { ExecutionId, Timestamp } from '../model/ids.ts';
import { Shown } from './shown.ts';

/**
 * `question.json`: what people are asked, for whoever shows it. Nothing is decided by it: what is
 * deleted is in the plan with this digest, and in no other file.
 */
export const Question = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  planDigest: z.string(),
  askedAt: Timestamp,
  /** No answer by then means no. */
  expiresAt: Timestamp,
  /** What was made for people to look at; null: nothing, and `notShown` says why. */
  shown: Shown.nullable(),
  notShown: z.string().nullable(),
});
export type Question = z.infer<typeof Question>;
