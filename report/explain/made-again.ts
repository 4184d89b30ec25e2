import { DAY_MS } from '../../core/model/age.ts';
import type { UndoWay } from '../../core/outcome/undo.ts';
import type { RestoreLine } from '../../core/removal/restore.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import type { Trace } from './explanation.ts';

/** What an earlier step made, from which what was removed can be made again as another one. */
export interface WayByCopy {
  /** "its final copy snap-1" */
  readonly copy: string;
  /** Until when that is kept; null: nobody knows. */
  readonly until: string | null;
}

/** undefined: there is no such way back. */
export function wayByCopy(
  { planned, removal }: Pick<Trace, 'planned' | 'removal'>,
  own: KindWords | undefined,
): WayByCopy | undefined {
  const { made, at } = planned?.follows ?? {};
  if (made === undefined || at === undefined || removal?.outcome !== 'REMOVED') return undefined;
  // Of what is in the bin nothing else is said; else this is its way back, or was lost.
  const ways: UndoWay[] = removal.undo === undefined ? waysOf(planned?.step, own) : [removal.undo];
  if (!ways.includes('MADE')) return undefined;
  const until =
    own?.made === undefined
      ? null
      : new Date(Date.parse(at) + own.made.keptDays * DAY_MS).toISOString();
  return { copy: `its ${own?.made?.one ?? 'copy'} ${made}`, until };
}

function waysOf(step: string | undefined, own: KindWords | undefined): UndoWay[] {
  const best = own?.undo?.[step ?? ''];
  return [...(best === undefined ? [] : [best]), ...(own?.undoElse?.[step ?? ''] ?? [])];
}

/** How it was brought back after this execution had removed it; null: it wasn't. */
export function broughtBack({ restores }: Pick<Trace, 'restores'>): RestoreLine | null {
  const back = ['RESTORED', 'ALREADY_RESTORED', 'NOT_PROTECTED'];
  return restores.findLast(({ outcome }) => back.includes(outcome ?? '')) ?? null;
}
