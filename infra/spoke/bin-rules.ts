import type { BinResourceType } from '../../core/outcome/recycle-bin.ts';
import type { RemovableKind } from '../../kinds/kind.ts';
import { binOf } from '../../kinds/removal.ts';

/** A Recycle Bin rule as it is rolled out. */
export interface BinRule {
  /** Its id in the template: a change of it would replace the rule. */
  readonly logicalId: string;
  readonly resourceType: BinResourceType;
  readonly retentionDays: number;
}

const LOGICAL_IDS: Readonly<Record<BinResourceType, string>> = {
  EBS_SNAPSHOT: 'Rule',
  EC2_IMAGE: 'ImageRule',
  EBS_VOLUME: 'VolumeRule',
};

/**
 * The rules that keep what is removed of these kinds, one for each type of resource.
 *
 * @param retentionDays as configured; a type that AWS keeps for fewer days gets as many as it may
 */
export function binRulesOf(
  kinds: readonly Pick<RemovableKind, 'removal'>[],
  retentionDays: number,
): BinRule[] {
  const types = new Map(
    kinds.flatMap((kind) => {
      const keeps = binOf(kind)?.keeps;
      return keeps === undefined ? [] : [[keeps.resourceType, keeps.mostDays] as const];
    }),
  );
  return [...types].map(([resourceType, mostDays]) => ({
    ...{ logicalId: LOGICAL_IDS[resourceType], resourceType },
    retentionDays: Math.min(retentionDays, mostDays),
  }));
}
