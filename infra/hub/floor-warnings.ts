import { floors, type Floors } from '../../core/floors/floors.ts';
import { SKIPPABLE_SOURCES } from '../../kinds/registry.ts';
import { z } from 'zod';
import type { OrgsweepConfig } from '../config/config.ts';

/** What is left open, by the floor that would close it. */
const OPEN: readonly (readonly [keyof Floors, (set: Floors) => boolean, string])[] = [
  ['approval', ({ approval }) => approval === 'none', 'without anybody approving it'],
  ['requireUndo', ({ requireUndo }) => !requireUndo, 'without a way back'],
  ['graceDays', ({ graceDays }) => graceDays === 0, 'at first sight, without any grace'],
  ['minAgeDays', ({ minAgeDays }) => minAgeDays === 0, 'however young it is'],
  ['keepLastCopy', ({ keepLastCopy }) => !keepLastCopy, 'with the last copy of each volume'],
  ['maxRemovals', ({ maxRemovals }) => maxRemovals === undefined, 'as much at once as they like'],
];

const DEFAULTS = JSON.stringify(floors(z.enum(SKIPPABLE_SOURCES)).parse({}));

/** What a deployment should know about its floors before it is one, by the name of the warning. */
export function floorWarnings({ deletion, recycleBin }: OrgsweepConfig): Record<string, string> {
  const { floors: set, enabled } = deletion;
  if (!enabled) {
    if (JSON.stringify(set) === DEFAULTS) return {};
    return {
      'orgsweep:floorsWithoutDeletion':
        'deletion.floors: set – nothing can be deleted, as deletion.enabled is not true; they hold for reports only',
    };
  }
  const open = OPEN.filter(([, isOpen]) => isOpen(set));
  return {
    ...(open.length > 0 && {
      'orgsweep:floors': `deletion.floors: who may start a run can have it delete what is unused ${open
        .map(([key, , words]) => `${words} (${key})`)
        .join(', ')} – set these floors to rule that out`,
    }),
    ...(set.requireUndo &&
      recycleBin.regions.length === 0 && {
        'orgsweep:floorsWithoutRule':
          "deletion.floors.requireUndo: true – recycleBin.regions is empty, so nothing is deleted but what the accounts' own Recycle Bin rules retain",
      }),
  };
}
