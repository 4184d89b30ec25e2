import type { SimRetentionRule } from '../model/recycle-bin.ts';
import { hash32, hashKey } from './hash.ts';
import type { EstatePlace } from './snapshots/lineages.ts';

/** A rule that many targets have, each under an identifier of its own, as a StackSet makes it. */
export interface RetentionRuleSpec extends Omit<SimRetentionRule, 'identifier'> {
  /** The targets that have it, as `<account id>/<Region>`; omitted: all. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** The rule that comes with orgsweep: what carries its marker stays for 14 days. */
export const MARKER_RULE: RetentionRuleSpec = {
  description: 'orgsweep',
  status: 'available',
  retentionDays: 14,
  resourceTags: [{ key: 'orgsweep:marked', value: 'true' }],
};

/** The rules of one target. */
export function makeRetentionRules(
  specs: readonly RetentionRuleSpec[],
  { seed, accountId, region }: Pick<EstatePlace, 'seed' | 'accountId' | 'region'>,
): readonly SimRetentionRule[] {
  const target = `${accountId}/${region}`;
  return specs.flatMap(({ only, except = [], ...rule }, index) => {
    if (except.includes(target) || !(only?.includes(target) ?? true)) return [];
    const key = hashKey(seed, 'retention-rule', target, index);
    const identifier = Array.from({ length: 11 }, (_, place) => digit(hash32(key, place))).join('');
    return [{ identifier, ...rule }];
  });
}

function digit(value: number): string {
  return (value % 36).toString(36);
}
