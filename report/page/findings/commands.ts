import { filled } from '../../format/filled.ts';
import type { KindWords } from '../../../core/words/kind-words.ts';
import { PROTECT_TAG } from '../../../core/tags/protection.ts';
import { inShell } from '../../format/in-shell.ts';
import type { ResourceRef } from '../../../core/model/ids.ts';

/** Brings back one resource. @param all the command that brings back all that was removed */
export function restoreOne(all: string, resourceId: string): string {
  return `${all} --resource ${inShell(resourceId)}`;
}

/** Tags a resource such that orgsweep keeps it; null where its kind has no command for it. */
export function protectCommand(
  of: Pick<ResourceRef, 'region' | 'resourceId'>,
  own: KindWords | undefined,
): string | null {
  if (own?.commands === undefined) return null;
  return filled(own.commands.tag, {
    ...{ at: `--region ${inShell(of.region)}`, id: inShell(of.resourceId) },
    ...{ key: PROTECT_TAG, value: 'yes' },
  });
}
