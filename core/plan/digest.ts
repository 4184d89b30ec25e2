import { createHash } from 'node:crypto';
import type { Plan } from './plan.ts';

/** The sha-256, in hex, of everything in a plan but its digest and seal, whatever the order of its keys. */
export function planDigest(plan: Omit<Plan, 'digest'>): string {
  const { seal: _seal, ...sealed } = plan;
  return digestOf(sealed);
}

/** The sha-256, in hex, of a JSON value, whatever the order of its keys. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The sha-256, in hex, of a text as it is stored: of its UTF-8 bytes. */
export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether the plan is the one that was made. */
export function verifyPlan(plan: Plan): boolean {
  const { digest, ...rest } = plan;
  return planDigest(rest) === digest;
}

/** JSON with every object's keys in ascending order of their code units. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
