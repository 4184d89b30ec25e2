import type { Policy } from '../../core/input/input.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { isProtectedByTag } from '../../core/tags/protection.ts';
import { readTags } from '../tags/read-tags.ts';
import { KIND, type Address } from './facts.ts';

/** KEEP with every reason that applies; STALE only of what was seen completely. */
export function assess({ associationId, tags }: Address, policy: Policy, now: Date): Verdict {
  const keep = [
    ...(associationId === null ? [] : ['IN_USE']),
    ...new Set(readTags(KIND, tags).needs.map(({ reason }) => reason)),
    ...(isProtectedByTag(tags, policy.protectTags, now) ? ['PROTECTED_BY_TAG'] : []),
  ];
  if (keep.length > 0) return { verdict: 'KEEP', reasons: keep };
  return { verdict: 'STALE', reasons: ['ADDRESS_UNASSOCIATED'] };
}
