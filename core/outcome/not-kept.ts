import { z } from 'zod';
import type { RecycleBinLook } from './outcome.ts';

/** Why the rules of a target don't keep a resource, as far as the rules alone tell. */
export const NotKept = z.enum([
  'NOT_LOOKED_AT',
  'NOT_READ',
  'NO_RULE',
  'NOT_AVAILABLE',
  'NOT_MATCHING',
]);
export type NotKept = z.infer<typeof NotKept>;

/** Why none of these rules keeps a resource that `keepingRule` finds none for. */
export function whyNotKept(look: RecycleBinLook | undefined): NotKept {
  if (look === undefined) return 'NOT_LOOKED_AT';
  if ('failure' in look) return 'NOT_READ';
  if (look.rules.length === 0) return 'NO_RULE';
  return look.rules.some(({ status }) => status === 'available') ? 'NOT_MATCHING' : 'NOT_AVAILABLE';
}
