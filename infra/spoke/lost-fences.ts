import { type Fencing, fencingOf, type Granted } from '../../kinds/grant.ts';
import type { Condition } from '../policies/policy-document.ts';

/** An action that the deletion role may take, of what, and on which condition. */
interface Allowed {
  readonly grant: unknown;
  readonly kind: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: string;
}

/**
 * One role is for all kinds and steps, and what any of its statements allows is allowed: a fence holds
 * only where no other statement allows the same action of the same without it.
 *
 * @param conditionOf what IAM asks for by that fence; undefined: nothing
 * @throws where a fence would be lost
 */
export function refuseLostFences(
  kinds: readonly Granted[],
  conditionOf: (fencing: Fencing) => Condition | undefined,
): void {
  const all = kinds.flatMap((kind) => allowedBy(kind, conditionOf));
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) {
      const { action, kind } = one;
      const isLost = action === other.action && one.condition !== other.condition;
      if (!isLost || !mayBeTheSame(one.resource, other.resource)) continue;
      throw new Error(
        one.grant === other.grant
          ? `${kind}: ${action} may be made of what it makes, which has no fence`
          : `${action} is fenced in differently by ${kind} and ${other.kind}`,
      );
    }
}

function allowedBy(
  of: Granted,
  conditionOf: (fencing: Fencing) => Condition | undefined,
): Allowed[] {
  return of.iam.remove.flatMap((grant) => {
    if (grant.does !== 'REMOVE' && grant.does !== 'MAKE') return [];
    const condition = JSON.stringify(conditionOf(fencingOf(of, grant)) ?? null);
    const { kind } = of;
    return grant.actions.flatMap((action) => {
      const fenced = { grant, kind, action, condition };
      if (grant.does === 'REMOVE') return [{ ...fenced, resource: grant.resource }];
      const made = { ...fenced, resource: grant.resource, condition: 'null' };
      return [{ ...fenced, resource: grant.from }, made];
    });
  });
}

/** Service, Region and account have no colon. */
const ARN = /^([^:]*):([^:]*):([^:]*):(.*)$/;

function mayBeTheSame(one: string, other: string): boolean {
  const [ofOne, ofOther] = [ARN.exec(one)?.slice(1), ARN.exec(other)?.slice(1)];
  if (ofOne === undefined || ofOther === undefined) return overlaps(one, other);
  return ofOne.every((part, index) => overlaps(part, ofOther[index] ?? ''));
}

/** Whether something matches both; `*` is anything. */
function overlaps(one: string, other: string): boolean {
  if (one === '' && other === '') return true;
  if (one.startsWith('*'))
    return overlaps(one.slice(1), other) || (other !== '' && overlaps(one, other.slice(1)));
  if (other.startsWith('*')) return overlaps(other, one);
  return one !== '' && one[0] === other[0] && overlaps(one.slice(1), other.slice(1));
}
