import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { RestoreResult } from '../../core/removal/restore.ts';
import { oneLine } from '../format/layout.ts';
import { formatCount } from '../format/money.ts';
import type { TargetRef } from '../../core/model/target.ts';

const WORDS: Readonly<Record<RestoreResult, string>> = {
  RESTORED: 'is restored, tagged orgsweep:protect',
  ALREADY_RESTORED: 'was there already, and is tagged orgsweep:protect',
  RESTORABLE: 'would be restored',
  NOT_PROTECTED: 'is restored, but could not be tagged orgsweep:protect: do that yourself',
  EXPIRED: 'its time in the Recycle Bin is over',
  NOT_IN_RECYCLE_BIN: 'is not in the Recycle Bin',
  NO_WAY_BACK: 'nothing brings it back',
  SUPERSEDED: 'a later run went on with it: restore that one first',
  NOT_REMOVED: 'was not deleted by this run',
  DENIED: 'the restore role is missing, or not allowed to',
  FAILED: 'failed; start the same restore again',
};

/** One line of the report. `place`: null where the execution knows nothing of the resource. */
export interface RestoreLineToShow {
  readonly resourceId: string;
  readonly place: TargetRef | null;
  readonly result: RestoreResult;
  readonly failure?: AwsFailure;
  /** Its id now, where that is another one. */
  readonly newId?: string;
  /** As a sentence. */
  readonly whatIsNew?: string;
  readonly supersededBy?: string;
  /** What was made of it before it was removed, and stays. */
  readonly copyLeft?: string;
}

/** One line for each resource, and one that counts them. */
export function renderRestores(
  executionId: string,
  restores: readonly RestoreLineToShow[],
  unreadable: readonly string[] = [],
): string {
  if (restores.length === 0 && unreadable.length === 0)
    return `${executionId} deleted nothing that could be restored.\n`;
  const lines = restores.map(({ resourceId, place, result, failure, newId, ...more }) => {
    const where = place === null ? '' : `  ${place.accountId}  ${place.region}`;
    const why = failure === undefined ? '' : `: ${failure.code}: ${failure.message}`;
    return `${result.padEnd(18)}  ${oneLine(resourceId)}${where}  ${oneLine(`${resultInWords(result, newId)}${why}${newsInWords(more)}`)}`;
  });
  const counts = Object.entries(countResults(restores)).map(
    ([result, count]) => `${formatCount(count)} ${result}`,
  );
  const bad = unreadable.map((why) => oneLine(why));
  return `${[...lines, ...bad, '', counts.join(', ') || 'nothing was restored'].join('\n')}\n`;
}

/** Who looks for what was made again finds nothing under its old id. */
function resultInWords(result: RestoreResult, newId: string | undefined): string {
  const words = WORDS[result];
  if (newId === undefined) return words;
  const madeAgain = words
    .replace('is there again', `was made again as ${newId}`)
    .replace('was there already', `was made again as ${newId} before`);
  return madeAgain === words ? `${words}; its id is ${newId} now` : madeAgain;
}

function newsInWords({
  whatIsNew,
  supersededBy,
  copyLeft,
}: Pick<RestoreLineToShow, 'whatIsNew' | 'supersededBy' | 'copyLeft'>): string {
  return [
    whatIsNew === undefined ? '' : `. ${whatIsNew}`,
    supersededBy === undefined ? '' : ` (${supersededBy})`,
    copyLeft === undefined
      ? ''
      : `. Its copy ${copyLeft} stays, and is billed: delete it if you do not need it`,
  ].join('');
}

export function countResults(
  restores: readonly { readonly result: RestoreResult }[],
): Partial<Record<RestoreResult, number>> {
  const counts: Partial<Record<RestoreResult, number>> = {};
  for (const { result } of restores) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}
