import { statusOfFailure } from '../../aws/answers/aws-error.ts';
import type { KindLook } from '../../core/outcome/outcome.ts';
import { fairShares } from '../../kinds/listings/fair-shares.ts';
import { MOST_FOREIGN, tooManyNamed } from '../../kinds/listings/gathering.ts';
import type { SeenOfKind } from './look-at-kind.ts';

/**
 * What a target hands on in all is bounded, however many kinds it looks at. Where they name more, those
 * that name most are cut, and incomplete there: nobody may take what they name for all there is.
 *
 * @param room how many references there is room for
 */
export function keepWithinRoom(seen: Map<string, SeenOfKind>, room = MOST_FOREIGN): void {
  const wanted = new Map(
    [...seen].map(([kind, { foreignReferences }]) => [kind, foreignReferences.length]),
  );
  for (const [kind, share] of fairShares(wanted, room)) {
    const one = seen.get(kind);
    if (one === undefined || one.foreignReferences.length <= share) continue;
    const cut = new Set(one.foreignReferences.slice(share).map(({ source }) => source));
    const failures = [...cut].map(tooManyNamed);
    seen.set(kind, {
      ...one,
      foreignReferences: one.foreignReferences.slice(0, share),
      failures: [...one.failures, ...failures],
      look: withoutRead(one.look, cut, failures[0]),
    });
  }
}

function withoutRead(
  { references = {}, ...look }: KindLook,
  cut: ReadonlySet<string>,
  failure: KindLook['failure'],
): KindLook {
  const read = Object.fromEntries(Object.entries(references).filter(([name]) => !cut.has(name)));
  const isFirst = look.status === 'COMPLETE' && failure !== undefined;
  return {
    ...look,
    ...(isFirst && { status: statusOfFailure(failure), failure }),
    references: read,
  };
}
