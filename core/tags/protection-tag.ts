import { z } from 'zod';

/** A tag that protects, or did so until a day that is over. */
export const ProtectionTag = z.object({
  key: z.string(),
  value: z.string(),
  /** What it was written for: one of the two tags that are always there, or a rule of `protectTags`. */
  meant: z.string(),
  /** Whether it is written so. Else it differs in capitals, blanks or separators, and protects all the same. */
  exact: z.boolean(),
  /** Of a keep-until: the day, `YYYY-MM-DD`; null: it can't be read, so it protects. */
  until: z.iso.date().nullable().optional(),
  /** Of a keep-until: that day is over, so it no longer protects. */
  over: z.boolean().optional(),
});
export type ProtectionTag = Readonly<z.infer<typeof ProtectionTag>>;
