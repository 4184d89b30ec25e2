import { policyDocument } from './policy-document.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** What IAM takes. Lengths are in characters, without blanks outside of texts. */
export const IAM_LIMITS = {
  /** All inline policies of a role together. */
  inlineLength: 10_240,
  /** One managed policy. */
  managedLength: 6_144,
  /** Half of the managed policies that a role may have: an organization attaches its own, too. */
  attached: 5,
} as const;

export function lengthOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

/** As few managed policies as hold these statements in their order. */
export function managedPolicies(statements: readonly PolicyStatement[]): PolicyDocument[] {
  const parts: PolicyStatement[][] = [];
  for (const statement of statements) {
    const last = parts.at(-1);
    const withIt = [...(last ?? []), statement];
    const fits = lengthOf(policyDocument(withIt)) <= IAM_LIMITS.managedLength;
    if (last !== undefined && fits) last.push(statement);
    else parts.push([statement]);
  }
  return parts.map(policyDocument);
}
