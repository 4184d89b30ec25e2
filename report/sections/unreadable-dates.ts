import { KEEP_UNTIL_FORMAT } from '../../core/tags/keep-until.ts';
import { KEEP_UNTIL_TAG } from '../../core/tags/protection.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { formatNoun } from '../format/money.ts';
import { quoted } from '../format/quoted.ts';

const VALUE_LENGTH = 40;
const ID_LENGTH = 60;

/**
 * That keep-until tags protect for good, as nobody can read them, with examples and the right way to
 * write it; undefined: there are none.
 */
export function unreadableDatesInWords({
  unreadableDates: { resources, examples },
}: Pick<Summary, 'unreadableDates'>): string | undefined {
  if (resources === 0) return undefined;
  const named = examples.map(
    ({ accountId, region, resourceId, value }) =>
      `${cut(resourceId, ID_LENGTH)} in ${accountId}, ${region} (${quoted(value, VALUE_LENGTH)})`,
  );
  const shown = resources > named.length ? `such as ${named.join('; ')}` : named.join('; ');
  const tags = `The date in ${KEEP_UNTIL_TAG} of ${formatNoun(resources, 'resource')} cannot be read`;
  return `${tags}, so the tag protects for good. Write ${KEEP_UNTIL_FORMAT}. Found: ${shown}.`;
}
