import { z } from 'zod';
import { kindsNamed } from '../../kinds/among.ts';
import { isRemovable, type RemovableKind } from '../../kinds/kind.ts';
import { KINDS } from '../../kinds/registry.ts';

const REMOVABLE = KINDS.filter(isRemovable);

/** Names of kinds that have a removal. */
export const DeletionKinds = z
  .array(z.enum(REMOVABLE.map(({ kind }) => kind)))
  .min(1, 'accepted: one or more kinds')
  .default(['ebs-snapshot']);

export function removableKinds(names: readonly string[]): readonly RemovableKind[] {
  return kindsNamed(REMOVABLE, names);
}
